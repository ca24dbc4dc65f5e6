# SPDX-License-Identifier: GPL-3.0-or-later
"""Outputs of ping, dig, iperf3, RouterOS and IOS as they really look, and garbage, which never raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test import texts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.appliance_sources import (
    milliseconds,
)

PING = """\
PING 198.51.100.10 (198.51.100.10) from 10.20.0.1 : 56(84) bytes of data.
64 bytes from 198.51.100.10: icmp_seq=1 ttl=61 time=0.451 ms
64 bytes from 198.51.100.10: icmp_seq=2 ttl=61 time=12.0 ms
64 bytes from 198.51.100.10: icmp_seq=2 ttl=61 time=12.9 ms (DUP!)
From 10.20.0.1 icmp_seq=3 Destination Host Unreachable

--- 198.51.100.10 ping statistics ---
4 packets transmitted, 2 received, +1 duplicates, 50% packet loss, time 603ms
rtt min/avg/max/mdev = 0.451/6.225/12.000/5.774 ms
"""
DATED = """\
[1763800000.100000] 64 bytes from 198.51.100.10: icmp_seq=1 ttl=61 time=0.4 ms
[1763800000.300000] no answer yet for icmp_seq=2
[1763800005.500000] 64 bytes from 198.51.100.10: icmp_seq=27 ttl=61 time=0.4 ms
[1763800005.700000] 64 bytes from 198.51.100.10: icmp_seq=28 ttl=61 time=0"""
DIG = """\
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: {}, id: 29317
;; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1

;; Query time: {}
;; SERVER: 10.20.0.1#53(10.20.0.1) (UDP)
"""
ROUTEROS7 = """\
  SEQ HOST                                     SIZE TTL TIME       STATUS
    0 198.51.100.10                              56  61 4ms617us
    1 198.51.100.10                              56  61 617us
    2 198.51.100.10                                                timeout
    3 198.51.100.10                              56  61 1s2ms
    sent=4 received=3 packet-loss=25% min-rtt=617us avg-rtt=335ms max-rtt=1s2ms
"""
ROUTEROS6 = """\
  SEQ HOST                                     SIZE TTL TIME  STATUS
    0 198.51.100.10                              56  61 4ms
    1 198.51.100.10                              56  61 5ms
    sent=2 received=2 packet-loss=0% min-rtt=4ms avg-rtt=4ms max-rtt=5ms
"""
IOS = """\
Sending 50, 100-byte ICMP Echos to 198.51.100.10, timeout is 2 seconds:
!!!!!.!!!!
Success rate is 98 percent (49/50), round-trip min/avg/max = 1/3/12 ms
"""


def test_linux_pings_count_no_duplicate_and_no_error() -> None:
    found = texts.linux_pings("198.51.100.10", PING)
    assert found is not None
    assert (found.sent, found.round_trips, found.loss_percent) == (4, (0.451, 12.0), 50.0)
    assert texts.linux_pings("198.51.100.10", PING.partition("---")[0]) is None


def test_moments_are_those_of_answers_and_a_torn_line_counts_for_nothing() -> None:
    assert texts.answer_moments(DATED) == [1763800000.1, 1763800005.5]


@pytest.mark.parametrize(
    ("status", "took", "expected"),
    [("NXDOMAIN", "12 msec", 12), ("NOERROR", "1234 usec", 1.234), ("SERVFAIL", "12 msec", None),
     ("REFUSED", "0 msec", None)],
)  # fmt: skip
def test_a_resolver_that_gives_up_has_not_answered(status: str, took: str, expected: float | None) -> None:
    assert texts.dig_milliseconds(DIG.format(status, took)) == expected
    assert texts.dig_status(DIG.format(status, took)) == status


def test_silence_of_a_resolver() -> None:
    silence = ";; communications error to 10.20.0.1#53: timed out\n;; no servers could be reached\n"
    assert texts.dig_milliseconds(silence) is None
    assert texts.dig_status(silence) == "tidak menjawab"


def test_iperf3_says_a_rate_or_why_not() -> None:
    good = {"end": {"sum_received": {"bits_per_second": 19.1e6}}}
    assert texts.iperf_rate(json.dumps(good)) == (19.1e6, "")
    busy = {"error": "error - the server is busy running a test. try again later"}
    rate, why = texts.iperf_rate(json.dumps(busy))
    assert rate is None
    assert "busy" in why


def test_routeros_of_both_generations() -> None:
    seven, six = texts.routeros_pings("x", ROUTEROS7), texts.routeros_pings("x", ROUTEROS6)
    assert seven is not None
    assert (seven.sent, seven.loss_percent) == (4, 25.0)
    assert seven.round_trips == pytest.approx((4.617, 0.617, 1002))
    assert six is not None
    assert six.round_trips == (4, 5)


def test_ios_tells_a_mean_only() -> None:
    assert texts.ios_ping(IOS) == (50, 49, 3)
    assert texts.ios_ping("\nSuccess rate is 0 percent (0/5)\n") == (5, 0, None)
    assert texts.ios_ping("% Unrecognized host or address") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("00:00:00.012", 12), ("00:00:01", 1000), ("12ms345us", 12.345), ("1s2ms", 1002), ("1m", 60_000), ("", None),
     ("failure: dns name does not exist", None)],
)  # fmt: skip
def test_durations_of_routeros(text: str, expected: float | None) -> None:
    assert milliseconds(text) == (None if expected is None else pytest.approx(expected))


@given(st.text(max_size=300) | st.sampled_from([PING, DATED, DIG, ROUTEROS7, IOS]).map(lambda text: text[::-1]))
def test_garbage_is_nothing(text: str) -> None:
    texts.linux_pings("x", text)
    texts.answer_moments(text)
    texts.dig_milliseconds(text)
    assert texts.iperf_rate(text)[0] is None
    texts.routeros_pings("x", text)
    texts.ios_ping(text)
    milliseconds(text)


@given(st.integers(0, 400), st.text('[]{}:,"0123456789.e abcdnsumr_'))
def test_a_report_cut_off_is_no_rate(cut: int, tail: str) -> None:
    whole = json.dumps({"start": {}, "end": {"sum_received": {"bits_per_second": 19.1e6, "bytes": 3}}})
    if cut < len(whole) - 3:
        assert texts.iperf_rate(whole[:cut])[0] is None
    texts.iperf_rate(whole[:cut] + tail)
