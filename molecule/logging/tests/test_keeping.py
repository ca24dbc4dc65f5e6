# SPDX-License-Identifier: GPL-3.0-or-later
"""How long messages are kept, and that they never fill the disk. Sizes are of files with holes, which cost no disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
FOLDER = "/var/log/terpusat"
STRANGER = f"{FOLDER}/tidak-dikenal/192.0.2.1"


def root(host: Host, command: str) -> str:
    with host.sudo():
        done = host.run(command)
    assert done.rc == 0, f"{command}: {done.stderr}"
    return str(done.stdout)


@pytest.fixture(autouse=True)
def no_timer(host: Host) -> Iterator[None]:
    """Only the test runs the unit."""
    root(host, "systemctl stop terpusat-logs.timer")
    yield
    root(host, f"rm -rf {STRANGER} /var/spool/rsyslog/uji; systemctl start terpusat-logs.timer")


def warnings(host: Host) -> str:
    """What one run of the unit told as a warning."""
    cursor = root(host, "journalctl -n0 --show-cursor -q").split("cursor: ")[1].strip()
    root(host, "systemctl start terpusat-logs.service")
    return root(host, f"journalctl -q -p warning -t terpusat-logs --after-cursor='{cursor}' -o cat")


def test_a_file_that_grew_too_large_is_rotated_and_rsyslog_goes_on(host: Host) -> None:
    place = root(host, f"ls -d {FOLDER}/*/$(hostname)").strip()
    root(host, f"truncate -s +150M {place}/messages.log")
    assert warnings(host) == ""
    assert root(host, f"ls {place} | grep -c 'messages.log-[0-9]*-[0-9]*$'").strip() == "1"
    root(
        host,
        f"logger -t uji sesudah-diputar; for i in $(seq 60); do grep -qsF sesudah-diputar {place}/messages.log "
        "&& exit 0; sleep 0.5; done; exit 1",
    )
    root(host, f"rm {place}/messages.log-*")


def test_each_office_keeps_its_own_days(host: Host) -> None:
    """dinkes 400 days, the others 90."""
    old = [f"{FOLDER}/{place}/messages.log-20260101-1.gz" for place in ("dinkes/rt-dinkes", "disdik/rt-disdik")]
    new = f"{FOLDER}/disdik/rt-disdik/messages.log-20260102-1.gz"
    root(
        host,
        f"mkdir -p {FOLDER}/dinkes/rt-dinkes {FOLDER}/disdik/rt-disdik; touch -d '100 days ago' {' '.join(old)}; "
        f"touch -d '80 days ago' {new}",
    )
    assert warnings(host) == ""
    left = root(host, f"ls -d {FOLDER}/*/*/*.gz").split()
    assert left == [old[0], new]
    root(host, f"rm {old[0]} {new}")


def test_a_flood_costs_the_one_who_floods(host: Host) -> None:
    mine = f"{FOLDER}/disdik/rt-disdik/messages.log-20260101-1.gz"
    flood = [f"{STRANGER}/messages.log-2026010{day}-1.gz" for day in (1, 2, 3)]
    root(
        host,
        f"mkdir -p {STRANGER} {FOLDER}/disdik/rt-disdik; truncate -s 300M {mine}; truncate -s 900M {' '.join(flood)}; "
        f"touch -d '50 days ago' {mine}; touch -d '3 days ago' {flood[0]}; touch -d '2 days ago' {flood[1]}",
    )
    assert "dihapus sebelum masa simpannya" in warnings(host)
    assert root(host, f"ls -d {mine} {STRANGER}/*").split() == [mine, flood[2]]
    root(host, f"rm {mine}")


def test_much_in_the_spool_is_told(host: Host) -> None:
    assert warnings(host) == ""
    root(host, "truncate -s 150M /var/spool/rsyslog/uji")
    assert "antrean log terpakai" in warnings(host)
