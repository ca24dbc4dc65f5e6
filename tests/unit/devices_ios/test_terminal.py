# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompt of a fresh session, and what is said to a terminal before it is used."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from emulated import WANTED, switch

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, SessionLostError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import greeting
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.cli import Terminal
from emulators.core import Banner


class Channel:
    """Gives its parts one after the other; None is silence; what is typed is answered with ``reply``."""

    def __init__(self, *parts: str | None, reply: str = "") -> None:
        self.parts = list(parts)
        self.reply = reply
        self.typed = 0

    def settimeout(self, seconds: float) -> None:
        assert seconds > 0

    def recv(self, size: int) -> bytes:
        del size
        part = self.parts.pop(0) if self.parts else None
        if part is None:
            raise TimeoutError
        return part.encode()

    def sendall(self, data: bytes) -> None:
        assert data == b"\r"
        self.typed += 1
        if self.reply:
            self.parts.append(self.reply)


def greet(channel: Channel, patience: float = 60.0) -> str:
    closed: list[bool] = []
    connection = SimpleNamespace(
        remote_conn=channel, remote_conn_pre=SimpleNamespace(close=lambda: closed.append(True)), base_prompt=""
    )
    try:
        greeting.wait(connection, patience)
    except SessionLostError:
        assert closed
        raise
    assert not closed
    return connection.base_prompt


@pytest.mark.parametrize(
    "parts",
    [
        ("\r\nsw-dinkes#", "\r\nsw-dinkes#"),
        ("\r\nDILARANG MASUK #1>\r\n----\r\n####\r\n####\r\n", "sw-dinkes>\r\n", "sw-dinkes>"),
        ("sw-dinkes#\r\n*Nov 22 03:00:00.000: %SYS-5-CONFIG_I: Configured from console\r\nsw-dinkes#",),
        ("sw-di", "nkes#\r", "\nsw-din", "kes#"),
    ],
)
def test_the_name_stands_in_two_prompts(parts: tuple[str, ...]) -> None:
    channel = Channel(*parts)
    assert greet(channel) == "sw-dinkes"
    assert channel.typed == 0


def test_an_empty_line_that_was_swallowed_is_typed_again() -> None:
    channel = Channel("\r\nsw1#", None, reply="\r\nsw1#")
    assert greet(channel) == "sw1"
    assert channel.typed == 1


@pytest.mark.parametrize("parts", [("(boot) ", "(boot) "), ("switch: \r\nswitch: ",), ("",), ()])
def test_without_a_prompt_the_session_is_lost(parts: tuple[str, ...]) -> None:
    with pytest.raises(SessionLostError, match="tidak ada prompt"):
        greet(Channel(*parts), patience=0.01)


def test_a_banner_that_looks_like_a_prompt_is_none(tmp_path: Path) -> None:
    with switch(tmp_path) as found:
        found.device.fault(Banner("DILARANG MASUK tanpa izin #1>\nsw9#"))
        with found.open() as session:
            assert session.connection.base_prompt == "sw1"
            assert Terminal(session).run("show privilege") == "Current privilege level is 15"


def test_a_device_that_ignores_our_window_costs_pages_and_is_told_once(tmp_path: Path) -> None:
    with switch(tmp_path, flags={"own_window": True}) as found:
        with found.open() as session:
            for _ in range(2):
                shown = Terminal(session).run("show running-config")
                assert "More" not in shown
                assert shown.rstrip().endswith("end")
        assert found.typed() == ["show running-config", "terminal length 0", "show running-config"]
        report = found.run()
        assert report.outcome is Outcome.CHANGED, report.message
        assert found.run().outcome is Outcome.IN_SYNC


def test_a_line_that_outgrows_80_columns_is_given_room_first(tmp_path: Path) -> None:
    with switch(tmp_path, "archive\n path flash:arsip\n") as found:
        report = found.run(WANTED.replace("description uplink", f"description {'uplink ' * 12}".rstrip()))
        assert report.outcome is Outcome.CHANGED, report.message
        typed = found.typed()
        assert typed.count("terminal width 511") == 1
        assert typed.index("terminal width 511") < typed.index("configure terminal")
