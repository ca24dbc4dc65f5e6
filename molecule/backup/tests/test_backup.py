# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups between two servers: what comes back, what nobody can take away, and what is told when something is wrong.

The tests run in the order in which they stand: the first one makes the backups of which the others speak.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import scenario_drift
import testinfra
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
DATA = "/srv/terpusat/simpus/shared/data"
REPOSITORY = "/var/lib/terpusat-repository/srv1.repo"
# restic as the client itself would call it, or somebody who took the client over.
RESTIC = """
import json, os, subprocess, sys
client = json.load(open("/etc/terpusat/backup/client.json"))
place = next(place for place in client["places"] if place["name"] == sys.argv[1])
user = os.environ.get("AS", place["user"])
address = place["url"].replace("https://", f"https://{place['user']}:{place['http_password']}@")
sys.exit(subprocess.run(["restic", "--cacert", place["ca"], "-r", f"rest:{address}/{user}/", *sys.argv[2:]],
                        env={**os.environ, "RESTIC_PASSWORD": place["password"]}).returncode)
"""
HTTP = """
import base64, json, ssl, sys, urllib.error, urllib.request
client = json.load(open("/etc/terpusat/backup/client.json"))
place = client["places"][0]
login = base64.b64encode(f"{place['user']}:{place['http_password']}".encode()).decode()
for method, path in (line.split() for line in sys.stdin):
    request = urllib.request.Request(f"{place['url']}{path}", b"x" if method == "POST" else None,
                                     {"Authorization": f"Basic {login}"}, method=method)
    try:
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=place["ca"])) as answer:
            print(answer.status)
    except urllib.error.HTTPError as error:
        print(error.code)
"""


@pytest.fixture
def host(host: Host) -> Iterator[Host]:
    with host.sudo():
        yield host


@pytest.fixture
def other(host: Host) -> Iterator[Host]:
    """The server that keeps srv1's backups."""
    found = testinfra.get_host("ansible://srv2", ansible_inventory=host.backend.ansible_inventory)
    with found.sudo():
        yield found


def output(host: Host, command: str, *arguments: str) -> str:
    done = host.run(command, *arguments)
    assert done.rc == 0, f"{command}: {done.stdout}{done.stderr}"
    return str(done.stdout)


def start(host: Host, unit: str) -> str:
    """Start a oneshot unit and wait for it: systemd's word for how it ended."""
    host.run(f"systemctl start {unit}")
    return output(host, f"systemctl show --property=Result --value {unit}").strip()


def journal(host: Host, unit: str) -> str:
    return output(
        host, f"journalctl --output=cat _SYSTEMD_INVOCATION_ID=$(systemctl show -p InvocationID --value {unit})"
    )


def state(host: Host, name: str) -> dict[str, Any]:
    return dict(json.loads(output(host, f"cat /var/lib/terpusat/backup/{name}.json")))


def metrics(host: Host) -> dict[str, float]:
    text = output(host, "cat /var/lib/prometheus/node-exporter/terpusat_backup.prom")
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name.removeprefix("terpusat_backup_"): float(value) for name, value in rows}


def restic(host: Host, place: str, arguments: str, user: str = "") -> Any:
    return host.run(f"{f'AS={user} ' if user else ''}python3 -c %s {place} {arguments}", RESTIC)


def test_both_servers_back_up_to_two_places(host: Host, other: Host) -> None:
    make = "for i in $(seq 20); do head -c $((i * 20011)) /dev/urandom > {0}/berkas-$i; done"
    output(host, make.format(DATA) + f" && echo RAHASIA-PASIEN > {DATA}/catatan && ln -sfn catatan {DATA}/tautan")
    output(host, f"chown -hR app-simpus:app-simpus {DATA}")
    rows = "INSERT INTO kunjungan (poli) SELECT 'kia ' || n FROM generate_series(1, 500) n"
    output(host, "runuser -u postgres -- psql -q -d simpus -c %s", rows)
    for server, places in ((host, {"srv2", "luar"}), (other, {"srv1", "luar"})):
        assert start(server, "terpusat-backup.service") == "success", journal(server, "terpusat-backup.service")
        status = state(server, "status")
        assert set(status) == places
        assert all(entry["failed"] == 0 and time.time() - entry["last_success"] < 600 for entry in status.values())
        found = metrics(server)
        assert {found[f'failed{{place="{place}"}}'] for place in places} == {0}
        timer = output(server, "systemctl show -p Persistent,UnitFileState,ActiveState terpusat-backup.timer")
        assert set(timer.split()) == {"Persistent=yes", "UnitFileState=enabled", "ActiveState=active"}


def test_rows_that_do_not_come_back_are_told(host: Host) -> None:
    """The dump was made of 500 rows, and somebody expects one more."""
    told = "/var/backups/terpusat/database/postgresql/simpus.json"
    output(host, f"sed -i.asli 's/: 500/: 501/' {told} && terpusat-backup run")
    done = host.run("terpusat-backup test")
    assert done.rc == 1
    assert "tabel public.kunjungan di postgresql/simpus: 500 baris, seharusnya 501" in done.stderr
    output(host, f"mv {told}.asli {told} && terpusat-backup run")
    trial = "SELECT count(*) FROM pg_database WHERE datname LIKE 'terpusat_uji%'"
    assert output(host, "runuser -u postgres -- psql -q -A -t -c %s", trial).strip() == "0"


def test_nothing_of_it_can_be_read_where_it_lies(other: Host) -> None:
    assert output(other, "find /var/lib/terpusat-repository /var/lib/luar -type f | wc -l") not in ("0\n", "1\n")
    assert other.run("grep -rlE 'RAHASIA-PASIEN|berkas-1' /var/lib/terpusat-repository /var/lib/luar").rc == 1


def test_no_secret_is_readable_by_others(host: Host, other: Host) -> None:
    for server in (host, other):
        modes = output(server, "stat --format '%n %U:%G %a' /etc/terpusat/backup/*").split("\n")
        assert [line.removeprefix("/etc/terpusat/backup/") for line in modes if line] == [
            "client.json root:root 600",
            "htpasswd root:terpusat-backup 640",
            "repository.json root:root 600",
        ]
    daemon = "setpriv --reuid=terpusat-backup --regid=terpusat-backup --init-groups"
    assert other.run(f"{daemon} cat /etc/terpusat/backup/repository.json").failed, "the listener knows no password"


def test_restic_alone_gives_every_byte_back(host: Host) -> None:
    """Without our program: whoever has the vault needs nothing but restic."""
    for place in ("srv2", "luar"):
        done = restic(host, place, "restore latest --tag data --target /tmp/kembali")
        assert done.rc == 0, done.stderr
        back = f"/tmp/kembali{DATA}"
        output(host, f"diff -r {DATA} {back} && test -L {back}/tautan && test ! -e {back}/../sessions")
        output(host, "rm -r /tmp/kembali")


def test_a_client_can_neither_delete_nor_overwrite(host: Host, other: Host) -> None:
    snapshots = restic(host, "srv2", "snapshots --json").stdout
    for place in ("srv2", "luar"):
        done = restic(host, place, "forget --prune --keep-last 1 --group-by host")
        assert done.rc != 0
        assert "403" in done.stderr
    listing = f"cd {REPOSITORY} && find . -type f -not -path './locks/*' -exec sha256sum {{}} + | sort"
    before = output(other, listing)
    snapshot = json.loads(snapshots)[0]["id"]
    pack = output(other, f"find {REPOSITORY}/data -type f -printf '%f\n' | head -1").strip()
    asked = [
        ("DELETE", f"/srv1.repo/snapshots/{snapshot}"),
        ("DELETE", f"/srv1.repo/data/{pack}"),
        ("DELETE", "/srv1.repo/config"),
        ("POST", f"/srv1.repo/snapshots/{snapshot}"),
        ("POST", f"/srv1.repo/data/{pack}"),
        ("POST", "/srv1.repo/config"),
        ("GET", "/srv2.repo/config"),
        ("GET", "/srv1.repo/../luar/config"),
    ]
    text = "".join(f"{method} {path}\n" for method, path in asked)
    codes = output(host, "printf %s | python3 -c %s", text, HTTP).split()
    assert len(codes) == len(asked)
    assert {code for code, (method, _) in zip(codes, asked, strict=True) if method != "GET"} == {"403"}
    assert {code for code, (method, _) in zip(codes, asked, strict=True) if method == "GET"} <= {"401", "403", "404"}
    assert output(other, listing) == before
    assert restic(host, "srv2", "snapshots --json").stdout == snapshots


def test_the_restore_test_compares_and_records_its_date(host: Host, other: Host) -> None:
    for server in (host, other):
        assert start(server, "terpusat-restore-test.service") == "success", journal(
            server, "terpusat-restore-test.service"
        )
        for entry in state(server, "restore-test").values():
            assert entry["ok"] == 1
            assert entry["problems"] == []
            assert entry["files"] > (20 if server is host else 0)
            assert abs(entry["last_success"] - time.time()) < 600
            assert entry["date"][:4].isdigit()
            found = [(database["name"], database["rows"]) for database in entry["databases"]]
            assert found == ([("simpus", "500 baris di 1 tabel cocok")] if server is host else [])
        assert server.run("ls /var/lib/terpusat/backup/scratch").failed, "the scratch is gone"
    assert metrics(host)['restore_test_success{place="srv2"}'] == 1


def test_a_place_that_is_away_is_told_and_caught_up(host: Host, other: Host) -> None:
    output(other, "systemctl stop terpusat-repository")
    output(host, f"echo baru > {DATA}/baru")
    assert start(host, "terpusat-backup.service") == "exit-code"
    assert "srv2 (https://10.10.0.12:8000) tidak dapat dihubungi" in journal(host, "terpusat-backup.service")
    found = metrics(host)
    assert (found['failed{place="srv2"}'], found['failed{place="luar"}']) == (1, 0)
    output(other, "systemctl start terpusat-repository")
    assert start(host, "terpusat-backup.service") == "success", journal(host, "terpusat-backup.service")
    assert metrics(host)['failed{place="srv2"}'] == 0
    assert f"{DATA}/baru" in restic(host, "srv2", "ls latest --tag data").stdout


def test_another_password_is_refused_and_told(host: Host) -> None:
    """Somebody changed the secret in the vault."""
    output(
        host,
        'cd /etc/terpusat/backup && cp -p client.json asli && sed -i \'s/"password": "./"password": "_/\' client.json',
    )
    try:
        assert start(host, "terpusat-backup.service") == "exit-code"
        assert "kata sandi repositori ditolak" in journal(host, "terpusat-backup.service")
    finally:
        output(host, "cd /etc/terpusat/backup && mv asli client.json")


def test_a_repository_that_vanished_is_not_made_anew_in_silence(host: Host, other: Host) -> None:
    output(other, f"mv {REPOSITORY} /root/asli")
    try:
        assert start(host, "terpusat-backup.service") == "exit-code"
        assert "repositori server ini tidak ada lagi, padahal pernah ada" in journal(host, "terpusat-backup.service")
        assert other.run(f"ls {REPOSITORY}/config").failed
        output(host, "terpusat-backup run --new srv2")
        assert other.run(f"ls {REPOSITORY}/config").succeeded
    finally:
        output(other, f"rm -rf {REPOSITORY}; mv /root/asli {REPOSITORY}")
    output(host, "terpusat-backup run")


def test_damage_in_the_repository_is_found_by_test_and_check(host: Host, other: Host) -> None:
    """One byte of the largest pack turns over; the check reads a tenth, so it is made to read all."""
    flip = (
        "import os,sys; path=sys.argv[1]; os.chmod(path, 0o640); f=open(path,'r+b'); f.seek(os.path.getsize(path)//2); "
        "b=f.read(1); f.seek(-1,1); f.write(bytes([b[0]^255]))"
    )
    pack = output(other, f"find {REPOSITORY}/data -type f -printf '%s %p\n' | sort -rn | head -1").split()[1]
    output(other, "python3 -c %s %s", flip, pack)
    try:
        assert start(host, "terpusat-restore-test.service") == "exit-code"
        entries = state(host, "restore-test")
        assert (entries["srv2"]["ok"], entries["luar"]["ok"]) == (0, 1)
        assert entries["srv2"]["problems"]
        assert entries["srv2"]["last_success"] < time.time(), "the date of the last good one stays"
        assert "Uji pemulihan dari srv2" in journal(host, "terpusat-restore-test.service")
        assert metrics(host)['restore_test_success{place="srv2"}'] == 0
        output(host, 'sed -i \'s/"10%"/"100%"/\' /usr/local/lib/terpusat/terpusat_backup/keep.py')
        assert start(host, "terpusat-backup-check.service") == "exit-code"
        assert (metrics(host)['check_success{place="srv2"}'], metrics(host)['check_success{place="luar"}']) == (0, 1)
    finally:
        output(other, "python3 -c %s %s", flip, pack)
        output(host, 'sed -i \'s/"100%"/"10%"/\' /usr/local/lib/terpusat/terpusat_backup/keep.py')
    assert start(host, "terpusat-backup-check.service") == "success", journal(host, "terpusat-backup-check.service")
    assert start(host, "terpusat-restore-test.service") == "success", journal(host, "terpusat-restore-test.service")


def kept_of(times: list[datetime]) -> set[datetime]:
    """daily 3, weekly 2, monthly 2: the newest of each of the newest so many."""
    found: set[datetime] = set()
    rules: tuple[tuple[int, Callable[[datetime], Any]], ...] = (
        (3, datetime.date),
        (2, lambda moment: moment.isocalendar()[:2]),
        (2, lambda moment: (moment.year, moment.month)),
    )
    for most, period in rules:
        newest: dict[Any, datetime] = {}
        for moment in sorted(times, reverse=True):
            newest.setdefault(period(moment), moment)
        found |= set(list(newest.values())[:most])
    return found


def test_retention_keeps_what_the_register_says(host: Host, other: Host) -> None:
    """Forged dates throw nothing away."""
    for day in (1, 2, 3, 5, 8, 20, 40, 70):
        date = f"{datetime.now(UTC) - timedelta(days=day):%Y-%m-%d %H:%M:%S}"
        done = restic(host, "srv2", f"backup --quiet --host srv1 --tag data --time '{date}' {DATA}/catatan")
        assert done.rc == 0, done.stderr

    def snapshots() -> dict[datetime, str]:
        entries = json.loads(restic(host, "srv2", "snapshots --json --tag data").stdout)
        return {datetime.fromisoformat(entry["time"]): entry["id"] for entry in entries}

    before = snapshots()
    assert start(other, "terpusat-retention.service") == "exit-code"
    assert "bertanggal lain dari saat datangnya" in journal(other, "terpusat-retention.service")
    assert snapshots() == before
    touches = (f"touch -d {moment.isoformat()} {REPOSITORY}/snapshots/{name}" for moment, name in before.items())
    output(other, " && ".join(touches))
    assert start(other, "terpusat-retention.service") == "success", journal(other, "terpusat-retention.service")
    assert set(snapshots()) == kept_of(list(before))
    assert len(snapshots()) < len(before)
    assert start(host, "terpusat-backup.service") == "success", "who thins out leaves a repository that takes more"
    assert start(host, "terpusat-restore-test.service") == "success", journal(host, "terpusat-restore-test.service")


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change() == []
