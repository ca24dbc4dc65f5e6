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
    "rsyslog",
    "snmpd",
    "systemd-resolved",
    "tcpdump",
    "traceroute",
    "wireguard-go",
    "wireguard-tools",
)

KINDS: dict[str, tuple[str, ...]] = {"appliance": (*COMMON, *APPLIANCE), "server": COMMON}

# They wait until they are configured; the image only brings the programs. Nobody but the operator runs apt (the timers
# would hold its lock) until the role base sets the hour of the unattended upgrades.
DISABLED = (
    "apt-daily.timer",
    "apt-daily-upgrade.timer",
    "chrony.service",
    "dnsmasq.service",
    "iperf3.service",
    "nftables.service",
    "snmpd.service",
    "systemd-networkd-wait-online.service",
    "systemd-resolved.service",
)

# No console to log in on.
MASKED = ("console-getty.service", "getty@.service")
