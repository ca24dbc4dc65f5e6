# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WireGuard component: what is compared, and what is done about a difference."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.wireguard import (
    FOLDER,
    INDEX_PATH,
    UNIT_PATH,
    WireGuard,
    canonical,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import (
    Answer,
    Answers,
    LiveFile,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints

KEY = "cHQtc2F0cG9scHBydC1zYXRwb2xwcHJ0LXNhdHBvbHA="
OURS = f"""\
# ditulis Terpusat
[Interface]
PrivateKey = {KEY}

[Peer]
PublicKey = Lw36LJvKG4s6KWIOu4U3k18fWONtOfGDyzN1Ms1IG2s=
AllowedIPs = 0.0.0.0/0, ::/0
Endpoint = 203.0.113.2:51103
PersistentKeepalive = 25
"""
#: as `wg showconf` of wireguard-tools 1.0.20210914 prints it
SHOWN = f"""\
[Interface]
ListenPort = 41234
PrivateKey = {KEY}

[Peer]
PublicKey = Lw36LJvKG4s6KWIOu4U3k18fWONtOfGDyzN1Ms1IG2s=
AllowedIPs = ::/0, 0.0.0.0/0
Endpoint = 198.51.100.7:61000
PersistentKeepalive = 25
"""
ACTIVE = {"LoadState": "loaded", "ActiveState": "active", "UnitFileState": "enabled"}
UNIT = "terpusat-wireguard@vpn103.service"
CONF = f"{FOLDER}vpn103.conf"
wireguard = WireGuard()


def files(*names: str, text: str = OURS) -> list[File]:
    return [File(INDEX_PATH, "# daftar\n"), *(File(f"{FOLDER}{name}.conf", text, "0600") for name in names)]


def view(
    wanted: list[File], running: str = "", changed: Iterable[str] = (), live: Iterable[str] = (), unit: str = ""
) -> View:
    """``unit``: text of the unit's file on the device, none when empty."""
    texts = {f"{FOLDER}{name}.conf": OURS for name in live} | ({UNIT_PATH: unit} if unit else {})
    return View(
        wanted,
        Answers({"running": Answer(0, running, "")}),
        {path: LiveFile(path, text, "0600", "root", "root") for path, text in texts.items()},
        {UNIT: ACTIVE} if running else {},
        frozenset(changed),
    )


def test_a_running_tunnel_is_as_intended_whatever_port_it_took_and_wherever_its_peer_is() -> None:
    seen = view(files("vpn103"), f"dev vpn103\n{SHOWN}")
    assert wireguard.intended(seen) == wireguard.running(seen)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PersistentKeepalive = 25", "PersistentKeepalive = 5"),
        ("0.0.0.0/0", "10.0.0.0/8"),
        (KEY, "eHQtc2F0cG9scHBydC1zYXRwb2xwcHJ0LXNhdHBvbHA="),
        ("Lw36", "Xw36"),
        ("[Peer]", "[Peer]\nPresharedKey = aMU1BirjBvyFZwsfyKvpTyg2aUtZJzuFsMzUQUxS1e0="),
        ("PrivateKey", "FwMark = 0x7\nPrivateKey"),
    ],
)
def test_what_somebody_changed_by_hand_is_seen(old: str, new: str) -> None:
    wanted = OURS.replace("[Interface]", "[Interface]\nFwMark = 0x5")
    assert canonical(SHOWN.replace(old, new), wanted) != canonical(wanted, wanted)


def test_a_border_cares_for_its_port() -> None:
    wanted = OURS.replace("[Interface]", "[Interface]\nListenPort = 51103")
    assert canonical(SHOWN, wanted) != canonical(wanted, wanted)


def test_a_new_key_is_loaded_without_an_interruption() -> None:
    script = wireguard.apply(view(files("vpn103"), f"dev vpn103\n{SHOWN}", {CONF}, ["vpn103"]))
    assert script == f"systemctl reload {UNIT}\n"


def test_a_tunnel_that_is_not_there_is_started() -> None:
    assert wireguard.apply(view(files("vpn103"), changed={CONF})) == f"systemctl restart {UNIT}\n"


@pytest.mark.parametrize(
    ("former", "done"),
    [
        # What is for the next start is no reason to cut an office off now.
        ("[Service]\nExecStart=/usr/bin/makes %i\nExecStartPost=/usr/bin/other\n", ""),
        ("[Service]\nExecStart=/usr/bin/made %i\n", f"systemctl restart {UNIT}\n"),
    ],
)
def test_a_changed_unit_makes_a_tunnel_anew_only_when_it_makes_it_otherwise(former: str, done: str) -> None:
    wanted = [*files("vpn103"), File(UNIT_PATH, "[Service]\nExecStart=/usr/bin/makes %i\n")]
    seen = view(wanted, f"dev vpn103\n{SHOWN}", {UNIT_PATH}, ["vpn103"], former)
    assert wireguard.apply(seen) == f"systemctl daemon-reload\n{done}"
    again = "restart" if done else "reload-or-restart"
    assert f"systemctl {again} {UNIT}\n" in wireguard.restore(seen)


def test_nothing_happens_to_a_tunnel_beside_a_changed_one() -> None:
    running = f"dev vpn103\n{SHOWN}dev vpn104\n{SHOWN}"
    script = wireguard.apply(view(files("vpn103", "vpn104"), running, {f"{FOLDER}vpn104.conf"}, ["vpn103", "vpn104"]))
    assert "vpn103" not in script


def test_a_tunnel_that_left_the_register_goes_with_its_start_at_boot() -> None:
    seen = view(files(), f"dev vpn103\n{SHOWN}", {CONF}, ["vpn103"])
    assert wireguard.intended(seen) == {}
    assert list(wireguard.running(seen)) == ["terowongan vpn103"]
    script = wireguard.apply(seen)
    assert f"systemctl stop {UNIT}" in script
    assert f"multi-user.target.wants/{UNIT}" in script
    assert "ip link delete dev vpn103" in script


def test_undoing_brings_back_what_ran_and_nothing_else() -> None:
    back = wireguard.restore(view(files("vpn104"), f"dev vpn103\n{SHOWN}", live=["vpn103"]))
    assert f"systemctl reload-or-restart {UNIT}\n" in back
    assert "systemctl stop terpusat-wireguard@vpn104.service" in back


def test_tools_are_asked_for_only_where_there_is_a_tunnel() -> None:
    assert wireguard.used_tools(files()) == {}
    assert wireguard.check(files()) == ""
    assert "wg" in wireguard.used_tools(files("vpn103"))
    assert "wireguard-go" in wireguard.check(files("vpn103"))


def test_other_interfaces_are_refused() -> None:
    assert wireguard.validate(files("eth0")) == [f"{FOLDER}eth0.conf: nama antarmuka harus vpn<nomor>"]


def test_keys_are_shown_as_fingerprints() -> None:
    hide = Fingerprints(b"k" * 32)
    for text in (OURS, canonical(SHOWN, OURS)):
        assert KEY in text
        assert KEY not in hide.mask(text, wireguard.secret)
