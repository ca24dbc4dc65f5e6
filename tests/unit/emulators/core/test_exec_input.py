# SPDX-License-Identifier: GPL-3.0-or-later
"""A command whose input ends at once is answered all the same, however long the device thinks."""

from __future__ import annotations

import paramiko
import pytest

from emulators.core import Farm, Personality


@pytest.mark.parametrize(("name", "command", "shown"), [
    ("ios-access", "show running-config", b"hostname"), ("routeros-hex-v7", ":put terpusat", b"terpusat"),
])  # fmt: skip
def test_the_answer_comes_after_the_input_has_ended(name: str, command: str, shown: bytes) -> None:
    with Farm([Personality.load(name, name="satu", latency_ms=100)]) as farm:
        device = farm["satu"]
        with paramiko.SSHClient() as client:
            client.load_host_keys(str(device.known_hosts))
            client.connect(
                device.host, device.port, device.user, device.password, allow_agent=False, look_for_keys=False
            )
            channel = client.get_transport().open_session()
            channel.exec_command(command)
            channel.shutdown_write()
            assert shown in channel.makefile("rb").read()
