# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault, as a client meets it."""

import socket
import time
from collections.abc import Iterator

import paramiko
import pytest

from emulators.core import (
    Banner,
    DeviceHandle,
    DropAt,
    Farm,
    FreezeAt,
    LogMessageAt,
    NewHostKey,
    Paging,
    Personality,
    RebootAt,
    RefuseLogin,
    SlowBytes,
    WrongPrompt,
)


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm([Personality.load("ios-access", name="sw1")]) as farm:
        yield farm


@pytest.fixture
def device(farm: Farm) -> Iterator[DeviceHandle]:
    device = farm["sw1"]
    yield device
    device.clear_faults()
    device.boot()


def broken(terminal, command: str) -> bool:
    terminal.send(command + "\n")
    try:
        terminal.expect(r"[#>]$")
    except (EOFError, OSError):
        return True
    return False


def test_drop_before_the_command_takes_effect(device, dial):
    terminal = dial(device)
    terminal.run("configure terminal")
    device.fault(DropAt(2))
    terminal.run("interface Vlan99")
    assert broken(terminal, "description putus")
    assert "putus" not in device.config()
    assert device.log()[-2].text == "description putus"


def test_drop_after_the_command_took_effect(device, dial):
    terminal = dial(device)
    terminal.run("configure terminal")
    terminal.run("interface Vlan99")
    device.fault(DropAt(1, after=True))
    assert broken(terminal, "description terpakai")
    assert " description terpakai" in device.config()


def test_n_counts_from_when_the_fault_was_set(device, dial):
    terminal = dial(device)
    terminal.run("show clock")
    device.fault(DropAt(3))
    terminal.run("show clock")
    terminal.run("")
    terminal.run("show clock")
    assert broken(terminal, "show clock")


def test_drop_strikes_uploads_and_exec_commands_too(device, dial):
    device.fault(DropAt(1))
    terminal = dial(device, shell=False)
    assert terminal.execute("show clock") == ""
    assert device.log()[-2].kind == "exec"


def test_freeze_keeps_the_connection_and_says_nothing(device, dial):
    terminal = dial(device)
    device.fault(FreezeAt(1))
    terminal.send("show clock\n")
    terminal.expect("show clock")
    terminal.expect("\n")
    assert terminal.silent(0.3)
    assert terminal.transport.is_active()
    # Others are served.
    assert "UTC" in dial(device).run("show clock") or "WIB" in dial(device).run("show clock")


def test_freeze_after_the_command_took_effect(device, dial):
    terminal = dial(device)
    terminal.run("configure terminal")
    terminal.run("interface Vlan99")
    device.fault(FreezeAt(1, after=True))
    terminal.send("description beku\n")
    device.wait_for(lambda box: " description beku" in box.config())
    terminal.expect("beku\r\n")
    assert terminal.silent(0.2)


def test_a_frozen_device_answers_tcp_but_not_ssh(device, dial):
    terminal = dial(device)
    device.fault(FreezeAt(1, device=True))
    terminal.send("show clock\n")
    device.wait_for(lambda box: box.log.entries[-1].text == "show clock")
    with socket.create_connection((device.host, device.port), timeout=30) as connection:
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(10)
    device.clear_faults()
    dial(device)


def test_slow_bytes(device, dial):
    terminal = dial(device)
    device.fault(SlowBytes(200))
    start = time.monotonic()
    shown = terminal.run("show privilege")
    # 33 characters of answer and 25 of echo and prompt cannot come faster than 200 a second.
    assert time.monotonic() - start > 0.15
    assert shown == "Current privilege level is 15"


def test_reboot_loses_what_was_not_saved_and_refuses_meanwhile(device, dial):
    terminal = dial(device)
    terminal.run("configure terminal")
    terminal.run("hostname sementara")
    device.fault(RebootAt(1))
    assert broken(terminal, "hostname lain")
    assert not device.up
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((device.host, device.port), timeout=30)
    device.boot()
    assert "hostname sw-dinkes" in device.config()
    assert device.config() == device.startup()
    assert dial(device).run("show privilege") == "Current privilege level is 15"


def test_reboot_after_the_command(device, dial):
    terminal = dial(device)
    device.fault(RebootAt(1, after=True))
    assert broken(terminal, "write memory")
    kinds = [(entry.kind, entry.text) for entry in device.log()]
    assert ("event", "reboot") in kinds


def test_refuse_login_counts_connections(device, dial):
    device.fault(RefuseLogin(2))
    for _ in range(2):
        with pytest.raises(paramiko.AuthenticationException):
            dial(device)
    dial(device)
    assert [entry.kind for entry in device.log()].count("refused") >= 2


def test_wrong_password_is_refused(device, dial):
    with pytest.raises(paramiko.AuthenticationException):
        dial(device, password="salah")
    with pytest.raises(paramiko.AuthenticationException):
        dial(device, user="siapa", password=device.password)


def test_new_host_key(device, dial):
    before = device.host_key
    assert device.host_key in device.known_hosts.read_text()
    device.fault(NewHostKey())
    terminal = dial(device)
    key = terminal.transport.get_remote_server_key()
    assert f"{key.get_name()} {key.get_base64()}" == device.host_key != before
    # What was written down stays: that is the point.
    assert before in device.known_hosts.read_text()


def test_wrong_prompt_for_as_long_as_asked(device, dial):
    terminal = dial(device)
    device.fault(WrongPrompt(1, text="switch: ", times=2))
    assert "WIB" in terminal.run("show clock", prompt=r"switch: $")
    terminal.run("show clock", prompt=r"switch: $")
    terminal.run("show clock", prompt=r"sw-dinkes#$")


def test_wrong_prompt_is_the_sessions_own(device, dial):
    device.fault(WrongPrompt(1, text="switch: "))
    dial(device).run("show clock", prompt=r"switch: $")
    dial(device).run("show clock", prompt=r"sw-dinkes#$")


def test_paging_whatever_the_client_asked_for(device, dial):
    terminal = dial(device)
    terminal.run("terminal length 0")
    device.fault(Paging())
    terminal.send("show running-config\n")
    first = terminal.expect(" --More-- ")
    # The echo and 23 lines.
    assert first.count("\r\n") == 24
    terminal.send(" ")
    terminal.expect(" --More-- ")
    terminal.send("q")
    terminal.expect(r"sw-dinkes#$")


def test_banner_before_the_login(device, dial):
    device.fault(Banner("PERHATIAN: dipantau"))
    banner = dial(device).transport.get_banner()
    assert b"PERHATIAN: dipantau" in banner


def test_log_message_in_the_middle_of_the_output(device, dial):
    terminal = dial(device)
    terminal.run("terminal length 0")
    device.fault(LogMessageAt(2, "*Nov 22 03:00:00.000: %SYS-5-TEST: halo"))
    clean = terminal.run("show running-config")
    dirty = terminal.run("show running-config")
    lines = dirty.split("\n")
    place = next(i for i, line in enumerate(lines) if "halo" in line)
    assert 10 < place < len(lines) - 10
    assert "halo" not in clean


def test_a_typical_log_message_is_the_platforms(device, dial):
    terminal = dial(device)
    device.fault(LogMessageAt(1))
    terminal.send("show privilege\n")
    assert "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/26, changed state to up" in terminal.expect("to up")
    terminal.expect("sw-dinkes#$")
