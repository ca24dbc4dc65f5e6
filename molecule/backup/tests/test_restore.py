# SPDX-License-Identifier: GPL-3.0-or-later
"""srv1 is lost, and restore.yml brings its application up on srv2. Runs after the tests of the backups."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import testinfra
from testinfra.host import Host

testinfra_hosts = ["ansible://srv2"]
SCENARIO = Path(os.environ["MOLECULE_SCENARIO_DIRECTORY"])
ROOT = SCENARIO.parents[1]
DATA = "/srv/terpusat/simpus/shared/data"
MARKER = "/var/lib/terpusat/backup/restored.json"
SUMS = f"cd {DATA} && find . -type f -exec sha256sum {{}} + | sort"


@pytest.fixture
def host(host: Host) -> Iterator[Host]:
    with host.sudo():
        yield host


def playbook(name: str, folder: Path, *arguments: str) -> str:
    """Run a playbook with what the inventory plugin would give, and what it said on success or failure."""
    sources = str(SCENARIO / "government")
    (folder / "host_vars").mkdir(exist_ok=True)
    for server in ("srv1", "srv2"):
        golden = (SCENARIO / "hosts" / f"{server}.json").read_text().replace("/government", sources)
        wanted = {key: value for key, value in json.loads(golden).items() if key.startswith("terpusat_")}
        (folder / "host_vars" / f"{server}.json").write_text(json.dumps(wanted))
    (folder / "hosts.yml").write_text("{all: {hosts: {srv1: , srv2: }}}")
    secrets = {"backup_key": "a-vault-secret-of-the-scenario"}
    secrets["application_key"] = "another-vault-secret-of-the-scenario"
    given = {"terpusat_secrets": secrets, "backup_outside_ca": "/etc/terpusat/tls/ca.crt"}
    command = ["ansible-playbook", "-i", os.environ["MOLECULE_INVENTORY_FILE"], "-i", str(folder / "hosts.yml")]
    command += [str(ROOT / "playbooks" / f"{name}.yml"), "-e", json.dumps(given), *arguments]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_STDOUT_CALLBACK": "default"}
    environment |= {"ANSIBLE_NOCOLOR": "1", "ANSIBLE_FORCE_COLOR": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "a-vault-secret" not in done.stdout
    return " ".join((done.stdout + done.stderr).replace("\\n", " ").split())


def restore(folder: Path, *arguments: str) -> str:
    return playbook("restore", folder, "-e", "terpusat_restore_from=srv1", "-e", "terpusat_restore_to=srv2", *arguments)


def test_what_has_a_backup_is_shown_and_recorded(tmp_path: Path) -> None:
    """All places of srv1 and one of srv2; the other one's test has become old."""
    inventory = os.environ["MOLECULE_INVENTORY_FILE"]
    srv2 = testinfra.get_host("ansible://srv2", ansible_inventory=inventory)
    path = "/var/lib/terpusat/backup/restore-test.json"
    age = (
        "import json,sys; p=sys.argv[1]; d=json.load(open(p)); d['srv1']['last_success']-=20*86400; "
        "json.dump(d,open(p,'w'))"
    )
    with srv2.sudo():
        srv2.check_output("python3 -c %s %s", age, path)
    said = playbook("backup", tmp_path, "-e", f"terpusat_backup_destination={tmp_path}")
    assert "BUKAN CADANGAN: uji pulih terakhir 20 hari lalu" in said, said
    recorded = json.loads((tmp_path / "cadangan.json").read_text())
    found = {(row["application"], row["server"], row["place"]): row["counts"] for row in recorded["rows"]}
    assert found == {
        ("simpus", "srv1", "srv2"): True,
        ("simpus", "srv1", "luar"): True,
        ("portal", "srv2", "srv1"): False,
        ("portal", "srv2", "luar"): True,
    }
    assert recorded["without"] == []


@pytest.fixture(scope="module")
def lost() -> str:
    """Take srv1 away as a fire would; its checksums of before. The connection of the tests is all that stays of it."""
    inventory = os.environ["MOLECULE_INVENTORY_FILE"]
    found = testinfra.get_host("ansible://srv1", ansible_inventory=inventory)
    with found.sudo():
        sums = found.check_output(SUMS)
        assert found.run("systemctl start terpusat-backup.service").succeeded
        found.check_output("systemctl stop nginx terpusat-repository && ip link set eth1 down")
        found.check_output(
            "systemd-run --on-active=1 sh -c 'systemctl stop ssh.socket ssh.service; ip link set eth0 down'"
        )
    return str(sums)


def test_the_application_is_up_elsewhere_with_all_its_data(host: Host, lost: str, tmp_path: Path) -> None:
    said = restore(tmp_path)
    assert "simpus: dipulihkan" in said, said
    assert "Lama pemulihan srv1 ke srv2:" in said
    assert host.check_output(SUMS) == lost
    assert lost.count("\n") >= 20
    assert host.check_output(f"stat --format %U:%G {DATA}/catatan") == "app-simpus:app-simpus"
    page = "import urllib.request as u; print(u.urlopen(u.Request('http://127.0.0.1', headers={'Host': %s})).read())"
    assert "postgresql/simpus: 500 baris di 1 tabel, cocok" in said
    files = host.check_output(f"ls {DATA} | wc -l").strip()
    assert f"500 kunjungan, {files} berkas" in host.check_output("python3 -c %s", page % "'simpus.lab.go.id'")
    assert "Portal Data" in host.check_output("python3 -c %s", page % "'portal.lab.go.id'")
    assert not host.file("/etc/terpusat/backup/restore.json").exists, "passwords of the lost server do not stay"
    assert not host.file("/srv/terpusat/.restore").exists

    # Work goes on here, and somebody runs it once more.
    host.check_output(f"echo baru > {DATA}/setelah")
    said = restore(tmp_path)
    assert "simpus: sudah dipulihkan sebelumnya" in said, said
    assert "postgresql/simpus: sudah dimuat" in said
    assert host.file(f"{DATA}/setelah").exists

    # Without what it remembers, the newer file alone keeps it from overwriting; a flag says otherwise.
    host.check_output(f"rm {MARKER}")
    said = restore(tmp_path)
    assert f"{DATA}/setelah di server ini lebih baru daripada cadangan" in said, said
    assert host.file(f"{DATA}/setelah").exists
    said = restore(tmp_path, "-e", "terpusat_restore_overwrite=true")
    assert "disimpan di /srv/terpusat/simpus/shared.sebelum-" in said, said
    assert host.check_output(SUMS) == lost
    assert host.run("ls /srv/terpusat/simpus/shared.sebelum-*/data/setelah").succeeded
