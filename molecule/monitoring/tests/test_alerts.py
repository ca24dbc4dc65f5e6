# SPDX-License-Identifier: GPL-3.0-or-later
"""Something breaks, people are told what and where, once; it is mended, and they are told that, too.

The rules wait two to three minutes before they say anything, so everything is broken at once and waited for together.
"""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://srv2"]
BROKEN = ("ServiceStopped", "OfficeUnreachable", "LinkDown")
#: The rules wait three minutes; then come gathering, and the second server giving the first one time to send.
SECONDS = 120  # patience takes four times as many


def messages(host: Host, channel: str) -> list[dict[str, Any]]:
    lines = root(host, f"cat /var/lib/scenario-receiver/{channel}.jsonl 2>/dev/null").splitlines()
    return [json.loads(line) for line in lines]


def told(host: Host, word: str, alert: str) -> tuple[list[str], list[str]]:
    """The texts in Telegram and by mail that begin to tell (GANGGUAN) or to end (PULIH) an alert."""
    key = f"{word} ({alert})"
    chat = [entry["text"] for entry in messages(host, "telegram") if key in entry["text"]]
    return chat, [entry["text"] for entry in messages(host, "mail") if key in entry["text"]]


def everywhere(host: Host, word: str) -> bool:
    return all(all(told(host, word, alert)) for alert in BROKEN)


def elsewhere(host: Host) -> Host:
    """The other server, beside the one that these tests run on."""
    inventory = host.backend.ansible_runner.inventory_file
    return cast("Host", host.get_host("ansible://srv1", ansible_inventory=inventory))


@pytest.fixture(scope="module")
def broken(host: Host) -> bool:
    """A stopped service on srv1, an office that does not answer, and a cable that is pulled; the last test mends it."""
    root(host, "rm -f /var/lib/scenario-receiver/*.jsonl; ip address del 10.20.0.1/32 dev lo; ip link set far3 down")
    root(elsewhere(host), "systemctl stop scenario-web")
    return eventually(lambda: everywhere(host, "GANGGUAN"), SECONDS)


def test_people_are_told_in_both_ways_what_broke_and_where(host: Host, broken: bool) -> None:
    assert broken, [messages(host, "telegram"), messages(host, "mail")]
    expected = {
        "ServiceStopped": "Layanan scenario-web.service di srv1 tidak berjalan",
        "OfficeUnreachable": "Kantor Dinas Kesehatan, Kantor Dinas Kesehatan (dinkes/kantor) tidak terjangkau",
        "LinkDown": "Port eth3 di core1 mati; di ujung lainnya rt-disdik:eth1",
    }
    for alert, words in expected.items():
        for texts in told(host, "GANGGUAN", alert):
            assert any(words in text for text in texts), texts
            assert all("Yang harus dilakukan: " in text and "Kabupaten Lab" in text for text in texts)


@pytest.mark.usefixtures("broken")
def test_messages_reach_those_of_the_register_with_the_secrets_of_the_vault(host: Host) -> None:
    chat, mail = messages(host, "telegram")[0], messages(host, "mail")[0]
    assert chat["path"] == "/bot123456:token-skenario/sendMessage"
    assert str(chat["chat_id"]) == "-1001234567890"
    assert mail["to"] == ["noc@lab.go.id", "kepala@lab.go.id"]
    assert (mail["user"], mail["password"]) == ("pemantauan", "sandi-surel-skenario")
    assert mail["subject"].startswith("GANGGUAN: ")


@pytest.mark.usefixtures("broken")
def test_two_servers_watch_but_one_tells(host: Host) -> None:
    for alert in ("ServiceStopped", "OfficeUnreachable"):
        assert [len(texts) for texts in told(host, "GANGGUAN", alert)] == [1, 1]


@pytest.mark.usefixtures("broken")
def test_what_follows_from_another_alert_is_not_told(host: Host) -> None:
    """The application does not answer because its service was stopped."""
    answer = json.loads(root(host, "/usr/local/lib/scenario/ask 9093 '/api/v2/alerts'"))
    states = {alert["labels"]["alertname"]: alert["status"]["state"] for alert in answer}
    assert states.get("ApplicationDown", "suppressed") == "suppressed"
    assert told(host, "GANGGUAN", "ApplicationDown") == ([], [])


@pytest.mark.usefixtures("broken")
def test_when_it_is_mended_people_are_told_that_too(host: Host) -> None:
    root(host, "ip address replace 10.20.0.1/32 dev lo; ip link set far3 up")
    root(elsewhere(host), "systemctl start scenario-web")
    assert eventually(lambda: everywhere(host, "PULIH"), SECONDS), [told(host, "PULIH", alert) for alert in BROKEN]
