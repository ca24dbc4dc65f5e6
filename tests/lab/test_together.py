# SPDX-License-Identifier: GPL-3.0-or-later
"""All roles together on two servers: an application that an office uses survives reboot, a dead database, a full disk
and the loss of its server (docs/panduan/22-pemulihan.md says what people do then; the tests do the same).

The lab's register stays as it is: ``together/`` is laid over a copy. The tests build on each other, in this order.
Disk alerts are not waited for here: in containers the disk is the machine's (promtool tests their rules).

Not run yet: written beside the roles, checked only against planner and validation; a first run will find mistakes.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import overlay
import pytest
from government import ALLOCATIONS, CENTRAL, SERVERS
from labkit.running import RunningLab
from own_inventory import ROOT, OwnInventory

pytestmark = pytest.mark.walk

#: keeps the database, the proxy and the watch; the other one runs the application and is lost
KEEPS, LOST = "srv1", "srv2"
CODE, DOMAIN = "absensi", "absensi.lab.go.id"
PLACE = CENTRAL[0].place
DATA = f"/srv/terpusat/{CODE}/shared/data"
RECEIVER = ROOT / "molecule" / "monitoring" / "files" / "receiver.py"
TOLD = "/var/lib/scenario-receiver/telegram.jsonl"
#: seconds: one playbook with all packages to install, an application to answer again, an alert of a rule of 2 minutes
PATIENCE, BACK, ALERT = 1500, 120, 360

# What the READMEs of the roles say stays when the register takes them away, and would stand in the way of other tests.
_LEFT = """
for unit in terpusat-acme.timer terpusat-backup.timer terpusat-backup-check.timer terpusat-restore-test.timer \\
    terpusat-retention.timer terpusat-repository terpusat-dump.timer terpusat-logs.timer named mariadb rsyslog \\
    prometheus prometheus-alertmanager prometheus-blackbox-exporter prometheus-snmp-exporter \\
    prometheus-node-exporter uji-penerima; do
  systemctl disable --now $unit 2>/dev/null
done
rm -f /etc/nginx/conf.d/edge-*.conf
"""


@dataclass
class Together:
    """The government with everything on it, and an employee's PC."""

    lab: RunningLab
    own: OwnInventory
    answered: str = ""

    def play(self, playbook: str, *options: str) -> str:
        done = self.own.play(playbook, *options, timeout=PATIENCE)
        assert done.returncode == 0, f"{playbook}: {done.stdout[-6000:]}{done.stderr[-2000:]}"
        return done.stdout

    def ask(self, *options: str) -> tuple[int, Any]:
        """Status and content of the application, asked by its name from the office; 0 without an answer."""
        command = ["curl", "-s", "--cacert", "/tmp/ca.crt", "-m", "10", "-w", "\n%{http_code} %{remote_ip}"]
        done = self.lab.exec_client(PLACE, [*command, *options, f"https://{DOMAIN}/"])
        body, _, last = done.stdout.rpartition("\n")
        status, _, self.answered = last.partition(" ")
        return (int(status), json.loads(body)) if status == "200" else (int(status or 0), body)

    def attend(self, nip: str) -> int:
        return self.ask("-d", f"nip={nip}")[0]

    def kept(self) -> tuple[list[str], list[str]] | None:
        """Rows and files that the application has, nothing while it does not answer."""
        status, content = self.ask()
        return (content["hadir"], content["lampiran"]) if status == 200 else None

    def comes_back(self, what: str, wanted: tuple[list[str], list[str]], since: float) -> None:
        assert self.lab.wait(lambda: self.kept() == wanted, BACK, 1), f"{what}: {self.ask()}, seharusnya {wanted}"
        print(f"{what}: menjawab lagi dengan semua data setelah {time.monotonic() - since:.1f} detik")

    def told(self, *words: str) -> bool:
        """Whether one message at the people's Telegram has all these words."""
        lines = self.lab.exec(KEEPS, f"cat {TOLD} 2>/dev/null").stdout.splitlines()
        return any(all(word in json.loads(line)["text"] for word in words) for line in lines)

    def is_told(self, *words: str) -> None:
        since = time.monotonic()
        found = self.lab.wait(lambda: self.told(*words), ALERT, 3)
        assert found, f"tidak ada peringatan {words}: {self.lab.exec(KEEPS, f'cat {TOLD}').stdout[-3000:]}"
        print(f"peringatan {words[0]} sampai setelah {time.monotonic() - since:.0f} detik")


def _vault(folder: Path) -> None:
    """Secrets of this run, and the receiver that stands for Telegram, as group_vars of the servers."""
    network = (folder / "group_vars" / "network.yml").read_text()
    snmp = re.search(r"^  snmp_auth:[\s\S]*?(?=^  vpn_psk:)", network, re.MULTILINE)
    assert snmp is not None
    names = ("application_key", "backup_key", "dns_key", "monitoring_password", "telegram_token")
    made = "".join(f"  {name}: {secrets.token_hex(16)}\n" for name in names)
    variables = "monitoring_telegram_api_url: http://127.0.0.1:8081\nmonitoring_scrape_seconds: 10\n"
    path = folder / "group_vars" / "servers.yml"
    path.write_text(
        f"{path.read_text()}\n{variables}monitoring_group_wait_seconds: 5\nterpusat_secrets:\n{made}{snmp[0]}"
    )


@pytest.fixture(scope="module")
def together(lab: RunningLab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """Afterwards the servers run what the lab's register says; packages and files that roles leave behind stay."""
    made = Together(lab, OwnInventory.copy(tmp_path_factory.mktemp("bersama"), lab))
    overlay.lay(Path(__file__).with_name("together"), made.own.folder)
    _vault(made.own.folder)
    try:
        since = time.monotonic()
        made.play("site.yml")
        print(f"site.yml dengan semua peran: {time.monotonic() - since:.0f} detik")
        script = base64.b64encode(RECEIVER.read_bytes()).decode()
        run = "systemd-run --quiet --unit=uji-penerima -p StateDirectory=scenario-receiver"
        started = lab.exec(
            KEEPS, f"echo {script} | base64 -d > /root/penerima.py && {run} python3 /root/penerima.py 127.0.0.1"
        )
        assert started.returncode == 0, started.stderr
        authority = (made.own.folder / "keys" / "ca.crt").read_text()
        lab.exec_client(PLACE, ["sh", "-c", 'printf %s "$1" > /tmp/ca.crt', "sh", authority])
        yield made
    finally:
        for server in (KEEPS, LOST):
            lab.start(server)
            lab.exec(server, _LEFT, timeout=120)
        own = OwnInventory.copy(tmp_path_factory.mktemp("semula"), lab)
        done = own.play("site.yml", timeout=PATIENCE)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_second_run_changes_nothing(together: Together) -> None:
    """And says how many tasks and seconds a server costs (the budget: 60 and 30)."""
    since = time.monotonic()
    shown = together.play("servers.yml")
    seconds = time.monotonic() - since
    recap = r"^(srv\d+)\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=0\s+failed=0\s+skipped=(\d+)"
    found = {name: [int(n) for n in rest] for name, *rest in re.findall(recap, shown, re.MULTILINE)}
    assert found.keys() == {server.name for server in SERVERS}, shown[-2000:]
    assert {name: changed for name, (_, changed, _) in found.items() if changed} == {}, shown[-6000:]
    for name, (ok, _, skipped) in found.items():
        print(f"{name}: {ok + skipped} tugas ({skipped} dilewati), {seconds:.0f} detik untuk semua server")


def test_no_service_of_any_role_has_failed(together: Together) -> None:
    for server in (KEEPS, LOST):
        failed = together.lab.exec(server, "systemctl --failed --no-legend --plain").stdout
        assert failed == "", f"{server}: {failed}"


def test_an_office_uses_it_by_its_name_over_tls(together: Together) -> None:
    assert together.attend("19800101") == 200
    status, content = together.ask()
    assert (status, content["hadir"], content["lampiran"]) == (200, ["19800101"], ["19800101"])
    assert content["https"] == "on"
    assert together.answered == ALLOCATIONS["servers"][KEEPS], "the proxy, found by the office's resolver"
    own = together.lab.exec_client(
        PLACE, "ip -4 -o address show dev eth0 | awk '{print $4}' | cut -d/ -f1"
    ).stdout.strip()
    assert content["dari"] == own, "the application sees who asks, not the proxy"
    strange = together.lab.exec_client(PLACE, f"curl -s -o /dev/null -m 10 https://{DOMAIN}/")
    assert strange.returncode == 60, "nobody else's authority vouches for it"
    direct = f"curl -s -m 5 -H 'Host: {DOMAIN}' http://{ALLOCATIONS['servers'][LOST]}:8080/"
    assert together.lab.exec_client(PLACE, direct).returncode != 0, "the proxy is the only way to it"


def test_it_comes_back_after_a_reboot(together: Together) -> None:
    assert together.attend("19800102") == 200
    before = together.kept()
    assert before is not None
    since = time.monotonic()
    together.lab.reboot(LOST)
    together.comes_back(f"{LOST} dinyalakan ulang", before, since)


def test_it_comes_back_when_its_database_is_killed(together: Together) -> None:
    before = together.kept()
    assert before is not None
    pid = together.lab.exec(KEEPS, "systemctl show -P MainPID mariadb").stdout
    since = time.monotonic()
    assert together.lab.exec(KEEPS, "systemctl kill -s KILL mariadb").returncode == 0
    died = "systemctl show -P MainPID mariadb"
    assert together.lab.wait(lambda: together.lab.exec(KEEPS, died).stdout not in (pid, "0\n"), BACK)
    together.comes_back("basis data dimatikan paksa", before, since)


def test_a_database_that_stays_away_is_told_and_started(together: Together) -> None:
    before = together.kept()
    assert before is not None
    together.lab.exec(KEEPS, "systemctl stop mariadb")
    assert together.ask()[0] == 503
    together.is_told("mariadb.service", KEEPS, "tidak berjalan")
    since = time.monotonic()
    assert together.lab.exec(KEEPS, "systemctl start mariadb").returncode == 0
    together.comes_back("basis data dinyalakan", before, since)


def test_a_full_disk_loses_nothing_and_is_mended_by_making_room(together: Together) -> None:
    """A small file system stands for the disk of the application: the containers share the machine's."""
    before = together.kept()
    assert before is not None
    rows, files = before
    after = ([*rows, "19800103"], sorted([*files, "19800103"]))
    unit = f"terpusat-app-{CODE}"
    small = (
        f"cp -a {DATA} /root/data && mount -t tmpfs -o size=4m tmpfs {DATA} "
        f"&& cp -a /root/data/. {DATA} && systemctl restart {unit}"
    )
    lab = together.lab
    mounted = lab.exec(LOST, small)
    if "permission denied" in mounted.stderr.lower():
        pytest.skip(f"tidak terverifikasi: kontainer ini tidak boleh memasang sistem berkas ({mounted.stderr.strip()})")
    assert mounted.returncode == 0, mounted.stderr
    try:
        together.comes_back("disk kecil", before, time.monotonic())
        lab.exec(LOST, f"dd if=/dev/zero of={DATA}/penuh bs=64k; dd if=/dev/zero of={DATA}/penuh2 bs=512")
        assert together.attend("19800199") == 507
        assert together.kept() == before, "what was there is there, and nothing of what was refused"
        lab.exec(LOST, f"rm {DATA}/penuh {DATA}/penuh2")
        assert together.attend("19800103") == 200
        assert together.kept() == after
    finally:
        back = f"cp -a {DATA}/. /root/data && umount {DATA} && cp -a /root/data/. {DATA} && systemctl restart {unit}"
        returned = lab.exec(LOST, back)
    assert returned.returncode == 0, returned.stderr
    together.comes_back("disk semula", after, time.monotonic())


def test_it_moves_when_its_server_is_lost(together: Together) -> None:
    assert together.attend("19800104") == 200
    before = together.kept()
    assert before is not None
    lab, address = together.lab, ALLOCATIONS["servers"][KEEPS]
    saved = lab.exec(
        LOST, "systemctl start terpusat-backup || { journalctl -u terpusat-backup -n 30; false; }", timeout=300
    )
    assert saved.returncode == 0, saved.stdout
    since = time.monotonic()
    lab.kill(LOST)
    together.is_told(f"Server {LOST}", "tidak menjawab")

    restored = together.play("restore.yml", "-e", f"terpusat_restore_from={LOST}", "-e", f"terpusat_restore_to={KEEPS}")
    took = re.search(rf"Lama pemulihan {LOST} ke {KEEPS}: [\d.]+ detik", restored)
    assert took, restored[-3000:]
    here = lab.exec(KEEPS, f"curl -s -m 10 -H 'Host: {DOMAIN}' http://{address}:8080/")
    assert here.returncode == 0, restored[-3000:]
    content = json.loads(here.stdout)
    assert (content["hadir"], content["lampiran"]) == before

    moved = [{"code": code, "runs_at": {"server": KEEPS}} for code in (CODE, "portal")]
    overlay.change(together.own.register("applications"), moved)
    together.play("site.yml", "--limit", f"!{LOST}")
    print(took[0])
    together.comes_back(f"{LOST} hilang, sejak listriknya putus sampai orang bekerja lagi", before, since)
    assert together.attend("19800105") == 200
