# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a lab, on small labs of their own: whole, gone without a trace, mended after a crash, alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from labkit import apt_cache, containers, image, keys, mirror, namespaces, processes, scenario, wires
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.model import Topology
from labkit.progress import Progress
from labkit.running import RunningLab

pytestmark = pytest.mark.slow

SHARED = Path(__file__).resolve().parents[2] / "molecule" / "shared"
PLATFORMS: list[dict[str, Any]] = [
    {"name": "router", "kind": "appliance", "ports": [{"name": "eth1", "to": "host:eth1"}]},
    {"name": "host", "ports": ["eth1"]},
]
# What the kernel counts by itself, and the limit that a lab raises for its time.
VOLATILE = {"kernel/ns_last_pid", "fs/inotify/max_user_instances"}


@pytest.fixture(scope="module")
def topology() -> Topology:
    return scenario.build(PLATFORMS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, topology: Topology) -> Iterator[RunningLab]:
    """Two machines with one cable, up; every test leaves them up."""
    identity = Identity(tmp_path_factory.mktemp("small"))
    try:
        Lab(identity).up(topology)
        yield RunningLab(identity, topology)
    finally:
        remove(identity)


def remove(identity: Identity) -> None:
    """Take a lab down, and forget the packages that ``down`` keeps for the next ``up``."""
    Lab(identity).down()
    apt_cache.forget(identity)


def traces(identity: Identity) -> list[str]:
    """Everything of a checkout that is still on the machine."""
    prefix = f"terpusat-{identity.checkout}"
    found = [f"container {name}" for name in containers.find(prefix)]
    found += [f"namespace {name}" for name in namespaces.names(prefix)]
    found += [f"process {pid}" for pid in processes.find_starting(prefix)]
    found += [f"mount {line}" for line in Path("/proc/mounts").read_text().splitlines() if prefix in line]
    found += [f"folder {path}" for path in Path("/run/terpusat").glob(f"{identity.checkout}*")]
    return found


def kernel_settings() -> dict[str, str]:
    """What can be set in the parts of ``/proc/sys`` that belong to the whole machine."""
    settings = {}
    for area in ("kernel", "vm", "fs"):
        for file in (Path("/proc/sys") / area).rglob("*"):
            try:
                if not file.stat().st_mode & 0o200:
                    continue  # a counter, not a setting
                settings[str(file.relative_to("/proc/sys"))] = file.read_text()
            except OSError:
                continue
    return settings


def command(identity: Identity, platforms: list[dict[str, Any]], *, verb: str) -> subprocess.Popen[str]:
    """The command that Molecule runs, as a process of its own that can be killed."""
    identity.folder.mkdir(parents=True, exist_ok=True)
    settings = identity.folder / "molecule.yml"
    settings.write_text(json.dumps({"platforms": platforms}))
    environment = {
        **os.environ,
        "PYTHONPATH": str(SHARED),
        "MOLECULE_PROJECT_DIRECTORY": str(identity.root),
        "MOLECULE_SCENARIO_NAME": str(identity.scenario),
        "MOLECULE_INSTANCE_CONFIG": str(identity.folder / "instances.yml"),
        "MOLECULE_FILE": str(settings),
    }
    argv = [sys.executable, "-m", "labkit.scenario_command", verb]
    return subprocess.Popen(argv, env=environment, stderr=subprocess.PIPE, text=True)


def test_down_leaves_nothing(tmp_path: Path, topology: Topology) -> None:
    identity = Identity(tmp_path)
    Lab(identity).up(topology)
    held = subprocess.Popen(
        ["ssh", "-F", str(identity.folder / "ssh_config"), "host", "sleep", "600"], stdin=subprocess.DEVNULL
    )
    assert len(traces(identity)) > 6
    remove(identity)
    assert traces(identity) == []
    assert held.wait(timeout=20) != 0, "a login that held the namespace open must end with the lab"


def test_down_needs_no_file_of_the_lab(tmp_path: Path, topology: Topology) -> None:
    identity = Identity(tmp_path)
    Lab(identity).up(topology)
    for file in sorted(identity.folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    Lab(identity).down()
    assert traces(identity) == []
    remove(identity)


def test_up_again_touches_nothing(small: RunningLab) -> None:
    def started() -> list[str]:
        pids = [item.pid for item in containers.find(f"{small.identity.prefix}-").values()]
        pids += processes.find_starting(f"terpusat-{small.identity.checkout}")
        return sorted(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19] for pid in pids)

    before = started()
    Lab(small.identity).up(small.topology)
    assert started() == before


def test_images_are_built_once(small: RunningLab, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    references = image.ensure({node.image for node in small.topology.nodes}, mirror.read(), Progress())
    assert time.monotonic() - began < 10
    assert "Membuat citra" not in capsys.readouterr().err
    assert all(image.exists(reference) for reference in references.values())


def test_two_checkouts_with_the_same_addresses_do_not_meet(
    tmp_path: Path, topology: Topology, small: RunningLab
) -> None:
    other = Identity(tmp_path / "other")
    try:
        Lab(other).up(topology)
        small.exec("host", "touch /etc/first-checkout")
        second = RunningLab(other, topology)
        assert small.ssh("10.99.0.12", "ls /etc/first-checkout").returncode == 0
        assert second.ssh("10.99.0.12", "ls /etc/first-checkout").returncode != 0
        assert second.ssh("10.99.0.12", "hostname").stdout.strip() == "host"
    finally:
        remove(other)
    small.require_up()
    assert small.ssh("host", "true").returncode == 0
    assert small.exec("host", "apt-get -o Acquire::http::Proxy=http://10.99.0.1:3142 update").returncode == 0


@pytest.mark.parametrize("seconds", [1.0, 2.5, 4.0, 6.0])
def test_a_killed_up_goes_on_when_run_again(tmp_path: Path, topology: Topology, seconds: float) -> None:
    identity = Identity(tmp_path, "crash")
    try:
        process = command(identity, PLATFORMS, verb="create")
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        again = command(identity, PLATFORMS, verb="create")
        _, said = again.communicate(timeout=240)
        assert again.returncode == 0, said
        lab = RunningLab(identity, topology)
        lab.require_up()
        for node in ("router", "host"):
            assert lab.ssh(node, "sudo systemctl is-system-running").stdout.strip() == "running"
    finally:
        remove(identity)
    assert traces(identity) == []


def test_down_after_a_killed_up(tmp_path: Path) -> None:
    identity = Identity(tmp_path, "crash")
    process = command(identity, PLATFORMS, verb="create")
    time.sleep(3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    remove(identity)
    time.sleep(3)
    assert traces(identity) == []


def joined(lab: RunningLab) -> bool:
    for node, address in (("router", "192.0.2.1/24"), ("host", "192.0.2.2/24")):
        lab.exec(node, f"ip address replace {address} dev eth1; ip link set eth1 up")
    return lab.wait(lambda: lab.exec("router", "ping -c 1 -W 1 192.0.2.2").returncode == 0, 10)


def test_up_mends_a_cut_cable_and_a_lost_namespace(small: RunningLab) -> None:
    router = small.identity.name("router")
    subprocess.run(["ip", "-n", router, "link", "del", "eth1"], check=True)
    Lab(small.identity).up(small.topology)
    assert joined(small)
    subprocess.run(["ip", "netns", "del", router], check=True)
    Lab(small.identity).up(small.topology)
    assert joined(small)
    assert small.ssh("router", "hostname").stdout.strip() == "router"


def test_a_machine_made_anew_inherits_nothing(small: RunningLab) -> None:
    assert joined(small)
    small.exec("router", "nft add table ip kept; echo kept > /etc/kept")
    containers.remove([small.identity.name("router")])
    Lab(small.identity).up(small.topology)
    assert small.exec("router", "cat /etc/kept").returncode != 0
    assert small.exec("router", "nft list tables").stdout.strip() == ""
    assert "192.0.2.1" not in small.exec("router", "ip address show eth1").stdout
    assert joined(small)


@pytest.mark.parametrize("switch", ["reboot", "power cut"])
def test_a_node_that_went_off_remembers_files_and_nothing_else(small: RunningLab, switch: str) -> None:
    assert joined(small)
    small.exec(
        "router", "nft add table ip kept; tc qdisc add dev eth1 root handle 1: htb; sysctl -w net.ipv4.ip_forward=1"
    )
    small.exec("router", "echo kept > /etc/kept; sync")
    inside = namespaces.inode(small.identity.name("router"))
    if switch == "reboot":
        small.stop("router")
    else:
        small.kill("router")
    assert "NO-CARRIER" in small.exec("host", "ip link show eth1").stdout
    assert "192.0.2.2" in small.exec("host", "ip address show eth1").stdout, "the neighbour keeps what is its own"
    small.start("router")
    assert namespaces.inode(small.identity.name("router")) != inside
    assert small.exec("router", "cat /etc/kept").stdout.strip() == "kept"
    assert small.exec("router", "nft list tables").stdout.strip() == ""
    assert "htb" not in small.exec("router", "tc qdisc show dev eth1").stdout
    assert "192.0.2.1" not in small.exec("router", "ip address show eth1").stdout
    assert small.exec("router", "sysctl -n net.ipv4.ip_forward").stdout.strip() == "0"
    assert "10.99.0.11" in small.exec("router", "ip address show eth0").stdout
    assert small.ssh("router", "hostname").stdout.strip() == "router"
    assert joined(small)


def test_checksums_are_computed_on_every_cable(small: RunningLab) -> None:
    small.reboot("router")
    for wire in small.topology.wires:
        pair = wires.cable(small.identity, wire)
        for namespace, port in ((pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)):
            shown = namespaces.execute(namespace, ["ethtool", "-k", port]).stdout
            assert "tx-checksumming: off" in shown


def test_the_kernel_of_the_machine_stays_as_it_is(tmp_path: Path, topology: Topology) -> None:
    first, second = kernel_settings(), kernel_settings()
    steady = {key for key in first if first[key] == second.get(key)} - VOLATILE
    identity = Identity(tmp_path)
    try:
        Lab(identity).up(topology)
        after = kernel_settings()
    finally:
        remove(identity)
    assert len(steady) > 50
    assert {key: after.get(key) for key in steady} == {key: first[key] for key in steady}


def test_a_machine_trusts_only_the_key_of_its_lab(small: RunningLab, tmp_path: Path) -> None:
    def login(*options: str, config: Path = small.ssh_config) -> CompletedProcess[str]:
        argv = ["ssh", "-F", str(config), "-o", "BatchMode=yes", *options, "host", "true"]
        return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)

    assert login().returncode == 0
    stranger = tmp_path / "config"
    stranger.write_text(
        small.ssh_config.read_text().replace(str(keys.private_key_path(small.identity)), f"{tmp_path}/key")
    )
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{tmp_path}/key"], check=True)
    refused = login(config=stranger)
    assert refused.returncode == 255
    assert "Permission denied" in refused.stderr
    assert login("-l", "root").returncode == 255
    known = small.identity.folder / "known_hosts"
    right = known.read_text()
    known.write_text(right.replace("10.99.0.12", "10.99.0.99"))
    try:
        assert login().returncode == 255, "an unknown host key must be refused"
    finally:
        known.write_text(right)
