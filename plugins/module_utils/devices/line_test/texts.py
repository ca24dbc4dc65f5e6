# SPDX-License-Identifier: GPL-3.0-or-later
"""What ping, dig, iperf3 and the routers' own pings print, read into figures. Pure; garbage gives None or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...planning.acceptance.statistics import Pings

_REPLY = re.compile(r"^(?:\[(\d+\.\d+)\] )?\d+ bytes from \S+ .*?time=([\d.]+) ms(?!.*DUP!)", re.M)
_SENT = re.compile(r"^(\d+) packets transmitted", re.M)
_QUERY = re.compile(r"^;; Query time: (\d+) (usec|msec)\s*$", re.M)
_STATUS = re.compile(r"status: ([A-Z]+)")
#: an answer about the name, be it that there is none; SERVFAIL and REFUSED are a resolver that does not work
_ANSWERED = frozenset({"NOERROR", "NXDOMAIN"})
_ROUTEROS_SUMMARY = re.compile(r"\bsent=(\d+) received=(\d+)")
# SEQ HOST SIZE TTL TIME STATUS; 6.x prints whole milliseconds (4ms), 7.x also microseconds (4ms617us)
_ROUTEROS_ROW = re.compile(r"^\s*\d+ \S+ +\d+ +\d+ +((?:\d+(?:us|ms|s))+)\s*$", re.M)
_PARTS = re.compile(r"(\d+)(us|ms|s)")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_IOS_RATE = re.compile(r"Success rate is \d+ percent \((\d+)/(\d+)\)")
_IOS_TIMES = re.compile(r"min/avg/max = (\d+)/(\d+)/(\d+) ms")


def linux_pings(target: str, text: str) -> Pings | None:
    """Output of iputils' ping; None when it did not come to its summary."""
    sent = _SENT.search(text)
    if sent is None:
        return None
    times = tuple(float(match[2]) for match in _REPLY.finditer(text))
    return Pings(target, int(sent[1]), times[: int(sent[1])])


def answer_moments(text: str) -> list[float]:
    """When ``ping -D`` got each answer, in seconds since 1970; an unfinished last line does not count."""
    whole, _, _ = text.rpartition("\n")
    return [float(match[1]) for match in _REPLY.finditer(whole + "\n") if match[1]]


def dig_milliseconds(text: str) -> float | None:
    """How long the answer took; None when none came or the resolver gave up (SERVFAIL, REFUSED)."""
    took, status = _QUERY.search(text), _STATUS.search(text)
    if took is None or status is None or status[1] not in _ANSWERED:
        return None
    return int(took[1]) / (1000 if took[2] == "usec" else 1)


def dig_status(text: str) -> str:
    """For messages: what the resolver said."""
    status = _STATUS.search(text)
    return status[1] if status else "tidak menjawab"


def iperf_rate(text: str) -> tuple[float | None, str]:
    """bit/s that the receiver counted, or None and iperf3's own words."""
    try:
        report = json.loads(text)
        if report.get("error"):
            return None, str(report["error"])
        return float(report["end"]["sum_received"]["bits_per_second"]), ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, text.strip().splitlines()[-1][:200] if text.strip() else "tidak ada keluaran"


def routeros_pings(target: str, text: str) -> Pings | None:
    """Output of RouterOS's ``/ping``; its last summary counts, as a long run prints one for every screen.

    None without one, and when it counted other answers than the rows show: then one of the two was misread.
    """
    summaries = _ROUTEROS_SUMMARY.findall(text)
    if not summaries:
        return None
    sent, received = map(int, summaries[-1])
    times = tuple(_routeros_times(text))
    return Pings(target, sent, times) if len(times) == received <= sent else None


def _routeros_times(text: str) -> Iterator[float]:
    for match in _ROUTEROS_ROW.finditer(text):
        yield sum(int(number) * _MILLISECONDS[unit] for number, unit in _PARTS.findall(match[1]))


def ios_ping(text: str) -> tuple[int, int, float | None] | None:
    """(sent, received, mean in milliseconds) of IOS's ``ping``; it tells no single round trip.

    None for what cannot be: more answers than requests, answers without their times.
    """
    rate = _IOS_RATE.search(text)
    if rate is None:
        return None
    times = _IOS_TIMES.search(text)
    sent, received = int(rate[2]), int(rate[1])
    if received > sent or (received > 0) != (times is not None):
        return None
    return sent, received, float(times[2]) if times else None
