# SPDX-License-Identifier: GPL-3.0-or-later
"""Each office gets its allocation, both ways, within ten percent, and only towards the internet."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from government import APPLICATIONS, INTERNET, OFFICES, Office
from labkit.running import RunningLab

TOLERANCE = 0.10
SECONDS = 5


def within(lab: RunningLab, office: Office, port: int, *, download: bool) -> str:
    """Nothing when the office gets its allocation; else what it got.

    Above the allocation is wrong at once. Below it may also be a machine that was busy: then the best of three counts.
    """
    low, high = office.allocated * (1 - TOLERANCE), office.allocated * (1 + TOLERANCE)
    rates = []
    for _ in range(3):
        rates.append(measured(lab, office, port, download=download))
        if rates[-1] >= low:
            break
    if low <= rates[-1] <= high:
        return ""
    shown = ", ".join(f"{rate / 1e6:.2f}" for rate in rates)
    return f"{office} {'unduh' if download else 'unggah'}: {shown} Mbit/s, alokasi {office.allocated / 1e6:.0f} Mbit/s"


def measured(lab: RunningLab, office: Office, port: int, *, download: bool) -> float:
    """bit/s of one TCP stream between a PC and the internet, as the receiver counts them after the first second."""
    reverse = "--reverse" if download else ""
    command = f"iperf3 --json --client {INTERNET} --port {port} --time {SECONDS} --omit 1 {reverse}"
    done = lab.exec_client(office.place, command, timeout=SECONDS + 25)
    report = json.loads(done.stdout or "{}")
    assert "end" in report, f"iperf3 dari {office} gagal: {report.get('error', done.stderr)}"
    return float(report["end"]["sum_received"]["bits_per_second"])


@pytest.mark.parametrize("direction", ["download", "upload"])
@pytest.mark.parametrize("office", OFFICES, ids=str)
def test_office_gets_its_allocation(lab: RunningLab, office: Office, direction: str) -> None:
    assert within(lab, office, 5201, download=direction == "download") == ""


def test_offices_do_not_take_from_each_other(lab: RunningLab) -> None:
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(within, lab, office, 5201 + n, download=True) for n, office in enumerate(OFFICES)]
        assert [future.result() for future in futures] == [""] * len(OFFICES)


def test_the_road_to_the_data_centre_is_not_shaped(lab: RunningLab) -> None:
    """Uploads to an application run well above the allocation: more bytes in a second than the allocation lets out."""
    application = APPLICATIONS[0]
    office = min(OFFICES, key=lambda item: item.allocated)
    size = office.allocated // 8 * 3  # 3 seconds' worth at the allocation
    send = (
        "curl -s -m 20 -o /dev/null -H 'Expect:' -H 'Content-Type: application/octet-stream' -X POST --data-binary @-"
    )
    figures = "-w '%{size_upload} %{time_total} %{http_code}'"
    command = f"head -c {size} /dev/zero | {send} {figures} http://{application.domain}/"
    done = lab.exec_client(office.place, command, timeout=30)
    sent, seconds, code = done.stdout.split()
    assert int(sent) == size, f"{application.domain} menerima {sent} dari {size} byte (HTTP {code})"
    rate = size * 8 / float(seconds)
    assert rate > 3 * office.allocated, f"{office} ke {application.domain}: {rate / 1e6:.1f} Mbit/s"
