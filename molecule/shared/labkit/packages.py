# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two images hold."""

# What every Debian installation of ours has before the first run of Ansible.
COMMON = (
    "ca-certificates",
    "dbus",
    "iproute2",
    "iputils-ping",
    "kmod",
    "less",
    "netbase",
    "openssh-server",
    "procps",
    "python3",
    "python3-apt",
    "sudo",
    "systemd",
    "systemd-sysv",
    "tzdata",
    "zstd",
)

# A network operating system image: a router or switch in the field has no package mirror while it boots.
APPLIANCE = (
    "bind9-dnsutils",
    "chrony",
    "conntrack",
    "curl",
    "dnsmasq",
    "ethtool",
    "frr",
    "frr-pythontools",
    "iperf3",
    "netcat-openbsd",
    "nftables",
    "openvswitch-switch",
    "systemd-resolved",
    "tcpdump",
    "traceroute",
)

KINDS: dict[str, tuple[str, ...]] = {"appliance": (*COMMON, *APPLIANCE), "server": COMMON}

# They wait until they are configured; the image only brings the programs.
DISABLED = ("dnsmasq", "chrony", "iperf3", "nftables", "systemd-resolved", "systemd-networkd-wait-online")

# No console to log in on, and nobody but the operator runs apt in the lab (the timers would hold its lock).
MASKED = ("console-getty.service", "getty@.service", "apt-daily.timer", "apt-daily-upgrade.timer")
