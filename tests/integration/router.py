# SPDX-License-Identifier: GPL-3.0-or-later
"""The router under test: commands on its console, transactions in this process, and real plays to be killed."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from labkit.running import RunningLab

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction

#: a guard that shall fire: long enough that a slow machine has applied the change and been looked at before
GUARD_SECONDS = 60
#: a guard that shall not: no machine is so slow that a good change is not confirmed in this time
NEVER = 600

# Asked by other means than the code under test uses, so that an error in its reading cannot hide one in its restoring.
_STATE = r"""
for f in /etc/nftables.conf /etc/frr/frr.conf /etc/frr/daemons /etc/dnsmasq.d/terpusat.conf \
    /etc/terpusat/* /etc/systemd/network/60-* /etc/systemd/networkd.conf.d/60-* /etc/sysctl.d/90-terpusat.conf \
    /etc/systemd/system/terpusat-shaping.service; do
    [ -e "$f" ] && stat -c '%n %a %U %G %Y' "$f" && sha256sum <"$f"
done
nft list ruleset | sed 's/packets [0-9]* bytes [0-9]*//'
ip -o -4 address show | awk '{print $2, $3, $4}' | sort
ip -4 route | sort
ip -o link | sed -n -E 's/^[0-9]+: ([^:@]*).*<(.*,)?UP.*/\1 up/p' | sort
tc class show dev eth2 | sort
tc filter show dev eth2 | grep -E 'flowid|match'
ovs-vsctl --columns=name,tag,trunks list port | sort
vtysh -c 'show running-config'
sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter
systemctl is-enabled frr dnsmasq nftables systemd-networkd openvswitch-switch terpusat-shaping
systemctl is-active frr dnsmasq nftables systemd-networkd openvswitch-switch
"""


class Router:
    """A router that a test may break; ``base`` is the bundle it starts from."""

    def __init__(self, root: pathlib.Path, lab: RunningLab, name: str) -> None:
        self.root = root
        self.lab = lab
        self.name = name
        self.address = str(lab.topology.node(name).management.ip)  # type: ignore[union-attr]
        self.base = (pathlib.Path(__file__).parent / "base.bundle").read_text()

    def console(self, command: str, *, check: bool = True, timeout: float = 60) -> str:
        """Run a command as root, not through the network."""
        result = self.lab.exec(self.name, command, timeout)
        assert not check or result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
        return result.stdout

    def state(self) -> str:
        """Files and running state that the bundle is about, as the machine's own tools tell."""
        return self.console(_STATE, check=False)

    def login(self, **changes: object) -> Login:
        """How the router is logged in to."""
        settings: dict[str, object] = {
            "host": self.address,
            "ssh_config_file": str(self.lab.ssh_config),
            "timeout": 10.0,
        }
        return Login(**{**settings, **changes})  # type: ignore[arg-type]

    def transact(
        self,
        bundle: str,
        *,
        check_mode: bool = False,
        probes: Sequence[Probe] = (),
        guard_seconds: int = NEVER,
        login: Login | None = None,
    ) -> Report:
        """One transaction in this process."""
        platform = platforms.load("linux")
        where = login or self.login()
        return Transaction(
            platform,
            lambda: Session.open(where, platform.device_type, interactive=platform.interactive),
            target=Target(where.host, user=where.user, port=where.port),
            guard_seconds=guard_seconds,
            probes=probes,
            check_mode=check_mode,
        ).run(bundle)

    def expect(self, outcome: str, bundle: str, **settings: Any) -> Report:
        """A transaction that must end so."""
        report = self.transact(bundle, **settings)
        assert report.outcome == outcome, f"{report.outcome}: {report.message}"
        return report

    def start_play(self, folder: pathlib.Path, bundle: str, probe: str, guard_seconds: int) -> subprocess.Popen[str]:
        """A controller of its own, in a process group of its own: ansible-playbook with one device_config task."""
        (folder / "bundle").write_text(bundle)
        hosts = {"all": {"hosts": {self.name: {"ansible_host": self.address}}}}
        (folder / "hosts.yml").write_text(json.dumps(hosts))
        task = {
            "config": "{{ lookup('ansible.builtin.file', bundle) }}",
            "guard_seconds": guard_seconds,
            "probes": [{"name": "uji", "command": probe, "timeout": 300}],
        }
        play = {
            "hosts": "all",
            "gather_facts": False,
            "vars": {"terpusat_ssh_config_file": str(self.lab.ssh_config), "bundle": str(folder / "bundle")},
            "tasks": [{"name": "Apply", "diskominfo.terpusat.device_config": task}],
        }
        (folder / "play.yml").write_text(json.dumps([play]))
        command = [str(pathlib.Path(sys.executable).with_name("ansible-playbook")), "-i", "hosts.yml", "play.yml"]
        return subprocess.Popen(
            command,
            cwd=folder,
            env={
                **os.environ,
                "ANSIBLE_CONFIG": str(self.root / "ansible.cfg"),
                "XDG_STATE_HOME": str(folder / "state"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait(self, command: str, seconds: float) -> None:
        """Wait until a command on the console succeeds."""
        assert self.lab.wait(lambda: self.lab.exec(self.name, command).returncode == 0, seconds, 0.2), (
            f"not within {seconds} s: {command}"
        )
