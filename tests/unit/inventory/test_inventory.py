# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin as operators use it: through ansible-inventory, ansible and ansible-playbook."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

Run = Callable[..., "CompletedProcess[str]"]
Edit = Callable[[Path, str, str], None]
GOLDEN = Path(__file__).parents[2] / "golden" / "lab"
LAB = Path(__file__).parents[3] / "inventories" / "lab" / "register"


def entries(name: str) -> list[dict[str, Any]]:
    """A list of the lab's register, read without the code under test."""
    found: list[dict[str, Any]] = yaml.safe_load((LAB / f"{name}.yml").read_text())[name]
    return found


DEVICES, SERVERS, OPDS = entries("devices"), entries("servers"), entries("opds")
HOSTS = {entry["name"] for entry in (*DEVICES, *SERVERS) if entry["readiness"] == "in_service"}


def tally(items: Iterable[dict[str, Any]], key: str) -> dict[str, int]:
    return dict(Counter(item[key] for item in items))


def at_stage(stage: str) -> set[str]:
    opds = {opd["code"] for opd in OPDS if opd["stage"] == stage}
    owned = {d["name"] for d in DEVICES if d["opd"] in opds} | {s["name"] for s in SERVERS if s["owner"] in opds}
    return owned & HOSTS


def listed(run: Run, *arguments: str | Path) -> dict[str, Any]:
    done = run("ansible-inventory", "--list", *arguments)
    assert done.returncode == 0, done.stderr
    inventory: dict[str, Any] = json.loads(done.stdout)
    return inventory


def members(inventory: dict[str, Any], group: str) -> set[str]:
    found = set(inventory.get(group, {}).get("hosts", []))
    for child in inventory.get(group, {}).get("children", []):
        found |= members(inventory, child)
    return found


@pytest.mark.parametrize("source", ["", "terpusat.yml"])
def test_folder_and_file_give_the_same_hosts(run: Run, government: Path, source: str) -> None:
    inventory = listed(run, "-i", government / source)
    assert set(inventory["_meta"]["hostvars"]) == HOSTS
    assert members(inventory, "network") == HOSTS - {"srv1", "srv2"}
    assert members(inventory, "servers") == {"srv1", "srv2"}
    assert members(inventory, "role_opd_router") == {host for host in HOSTS if host.startswith("rt-")}
    assert members(inventory, "role_app_host") == {"srv1", "srv2"}
    assert members(inventory, "platform_linux") == HOSTS
    assert members(inventory, "opd_dinkes") == {"rt-dinkes", "srv2"}
    assert members(inventory, "location_kominfo_dc") == {"br1", "core1", "srv1", "srv2"}
    assert members(inventory, "location_dinkes_kantor") == {"rt-dinkes"}
    assert members(inventory, "readiness_in_service") == HOSTS
    for stage in {opd["stage"] for opd in OPDS}:
        assert members(inventory, f"stage_{stage}") == at_stage(stage)
    assert members(inventory, "stage_cutover") == {"rt-dinkes", "srv2"}


def test_host_vars_are_the_golden_ones(run: Run, government: Path) -> None:
    # The golden ones have the granted rates of the register, before any plan divides what is too little.
    (government / "bandwidth_plan.yml").unlink()
    hostvars = listed(run, "-i", government)["_meta"]["hostvars"]
    for name in HOSTS:
        text = (GOLDEN / f"{name}.json").read_text().replace("/government", str(government.resolve()))
        golden = json.loads(text)
        assert {key: hostvars[name].get(key) for key in golden} == golden


def test_what_is_not_in_service_is_no_host_but_counted(run: Run, government: Path) -> None:
    inventory = listed(run, "-i", government)
    counted = inventory["_meta"]["hostvars"]["br1"]["terpusat_register"]
    assert counted["not_in_service"] == {"ordered": ["rt-satpolpp"], "racked": ["srv3"]}
    assert counted["counts"]["devices"] == tally(DEVICES, "readiness")
    assert counted["counts"]["servers"] == tally(SERVERS, "readiness")
    assert counted["counts"]["opds"] == tally(OPDS, "stage")


def test_implicit_localhost_knows_the_government(run: Run, government: Path) -> None:
    done = run("ansible", "localhost", "-i", government, "-m", "debug", "-a", "var=terpusat_government.folder")
    assert str(government) in done.stdout, done.stderr


def test_limit_and_groups_select_hosts(run: Run, government: Path) -> None:
    done = run("ansible", "network:!role_core_switch", "-i", government, "--limit", "opd_dinkes", "--list-hosts")
    assert done.stdout.split() == ["hosts", "(1):", "rt-dinkes"], done.stderr


def test_group_vars_host_vars_and_vault_lie_beside_it(run: Run, government: Path, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("rahasia\n")
    secret = government / "group_vars" / "all" / "vault.yml"
    secret.write_text("vault_snmp: s3cr3t\n")
    assert run("ansible-vault", "encrypt", "--vault-password-file", password, secret).returncode == 0
    assert secret.read_text().startswith("$ANSIBLE_VAULT;")
    (government / "group_vars" / "role_opd_router.yml").write_text("snmp: '{{ vault_snmp }}'\n")
    (government / "host_vars").mkdir()
    (government / "host_vars" / "rt-disdik.yml").write_text("ansible_host: 10.99.0.222\nsnmp: lain\n")
    done = run(
        *("ansible", "role_opd_router", "-i", government, "--vault-password-file", password),
        *("-m", "debug", "-a", "msg={{ ansible_host }}={{ snmp }}={{ terpusat_host.name }}"),
    )
    assert "10.99.0.21=s3cr3t=rt-dinkes" in done.stdout, done.stderr
    assert "10.99.0.222=lain=rt-disdik" in done.stdout


def test_groups_of_ones_own(run: Run, government: Path) -> None:
    with (government / "terpusat.yml").open("a") as stream:
        stream.write("keyed_groups: [{key: terpusat_host.kind, prefix: jenis}]\n")
        stream.write("groups: {kesehatan: terpusat_host.opd == 'dinkes'}\n")
        stream.write("compose: {di_mana: terpusat_host.location ~ ' ' ~ terpusat_government.code}\n")
    inventory = listed(run, "-i", government)
    assert members(inventory, "jenis_server") == {"srv1", "srv2"}
    assert members(inventory, "kesehatan") == {"rt-dinkes", "srv2"}
    done = run("ansible", "srv1", "-i", government, "-m", "debug", "-a", "var=di_mana")
    assert "kominfo/dc lab" in done.stdout, done.stderr


def test_folder_option_points_elsewhere(run: Run, government: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "kab.terpusat.yml"
    elsewhere.write_text(f"plugin: diskominfo.terpusat.register\nfolder: {government.relative_to(tmp_path)}\n")
    assert set(listed(run, "-i", elsewhere)["_meta"]["hostvars"]) == HOSTS


def test_all_errors_at_once_and_no_host(run: Run, government: Path, edit: Edit) -> None:
    devices = government / "register" / "devices.yml"
    edit(devices, "role: core_switch", "role: core_swich")
    wrong = devices.read_text().split("core_swich")[0].count("\n") + 1
    edit(
        government / "register" / "bandwidth.yml",
        "granted: 20 Mbps, allocated: 12 Mbps",
        "granted: 20 Mbps, allocated: 12 MBps",
    )
    done = run("ansible-inventory", "-i", government, "--list")
    assert done.returncode != 0
    assert done.stdout.strip() == ""
    assert f"devices.yml:{wrong}:" in done.stderr
    assert 'Maksud Anda "core_switch"?' in done.stderr
    assert "bandwidth.yml:4:" in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert "2 kesalahan" in last, "nothing may stand below the list"
    assert "Failed to parse" not in done.stderr


def test_errors_of_the_lock_file_are_told_too(run: Run, government: Path, edit: Edit) -> None:
    edit(government / "allocations.yml", "br1: 10.255.0.1", "br1: 10.255.0.2")
    done = run("ansible-inventory", "-i", government, "--list")
    assert done.returncode != 0
    assert "sudah dipakai loopbacks.br1" in done.stderr.replace("\n             ", " ")


def test_a_host_without_numbers_fails_only_where_its_intent_is_used(run: Run, government: Path, edit: Edit) -> None:
    edit(
        government / "allocations.yml",
        '  rt-disdik:eth1: {vlan: 102, subnet: 10.254.0.8/30, subnet6: "2001:db8:61:1::102:0/127"}\n',
        "",
    )
    done = run(
        *("ansible", "network", "-i", government, "-c", "local"),
        *("-m", "debug", "-a", "msg={{ terpusat_host.name }}-{{ terpusat_intent.hostname }}"),
    )
    assert done.returncode == 2
    assert {f"{name}-{name}" for name in ("br1", "core1", "rt-dinkes")} <= set(done.stdout.replace('"', " ").split())
    assert "rt-disdik-rt-disdik" not in done.stdout
    assert "rt-disdik belum mendapat nomor di allocations.yml (links.rt-disdik:eth1)" in done.stdout + done.stderr
    assert "jalankan playbooks/plan.yml" in done.stderr


def test_text_of_the_register_is_never_evaluated(run: Run, government: Path, edit: Edit) -> None:
    edit(government / "register" / "devices.yml", "model: Switch Debian 13", "model: 'Switch {{ 6 * 7 }}'")
    done = run("ansible", "core1", "-i", government, "-m", "debug", "-a", "var=terpusat_host.model")
    assert "Switch {{ 6 * 7 }}" in done.stdout, done.stderr


def test_documentation_is_there(run: Run) -> None:
    for kind, name in (("inventory", "register"), ("module", "register_plan")):
        done = run("ansible-doc", "-t", kind, f"diskominfo.terpusat.{name}")
        assert done.returncode == 0, done.stderr
        assert f"diskominfo.terpusat.{name}" in done.stdout
