# SPDX-License-Identifier: GPL-3.0-or-later
"""netmiko's own cisco_ios driver, unmodified."""

from collections.abc import Iterator

import pytest
from netmiko import ConnectHandler, NetmikoAuthenticationException, file_transfer
from netmiko.exceptions import ConfigInvalidException, NetmikoTimeoutException

from emulators.core import NewHostKey


def connect(device, **changes):
    options = {
        "device_type": "cisco_ios",
        "host": device.host,
        "port": device.port,
        "username": device.user,
        "password": device.password,
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": str(device.known_hosts),
    }
    return ConnectHandler(**{**options, **changes})


@pytest.fixture
def connection(switch) -> Iterator:
    with connect(switch) as opened:
        yield opened


def test_connect_find_prompt_and_no_paging(switch, connection):
    assert connection.find_prompt() == "sw-dinkes#"
    shown = connection.send_command("show running-config")
    assert shown.rstrip().endswith("end")
    assert "--More--" not in shown
    commands = [entry.text for entry in switch.log() if entry.kind == "command"][-4:]
    assert commands[:2] == ["terminal width 511", "terminal length 0"]


def test_send_command_sees_every_answer(connection):
    assert connection.send_command("show privilege") == "Current privilege level is 15"
    assert "% Invalid input detected at '^' marker." in connection.send_command("show bogus")


def test_send_config_set(switch, connection):
    shown = connection.send_config_set(["interface gi1/0/5", "description lewat netmiko", "shutdown"])
    assert "% " not in shown
    assert "interface GigabitEthernet1/0/5\n description lewat netmiko\n" in switch.config()
    assert not connection.check_config_mode()


def test_error_pattern_names_the_bad_line(switch, connection):
    with pytest.raises(ConfigInvalidException, match="bogus line"):
        connection.send_config_set(
            ["interface gi1/0/5", "description satu", "bogus line", "shutdown"], error_pattern="% "
        )
    assert " description satu" in switch.config()
    # netmiko leaves configuration mode open then.
    assert connection.check_config_mode()
    connection.exit_config_mode()


def test_save_config(switch, connection):
    connection.send_config_set(["hostname disimpan"])
    connection.set_base_prompt()
    assert "[OK]" in connection.save_config()
    assert "hostname disimpan" in switch.startup()


def test_enable_from_user_exec(switch):
    with connect(switch, username="teknisi", password="cisco", secret=switch.secret) as connection:
        assert connection.find_prompt() == "sw-dinkes>"
        assert not connection.check_enable_mode()
        connection.enable()
        assert connection.find_prompt() == "sw-dinkes#"


def test_confirmations(connection):
    connection.send_command("copy running-config startup-config", expect_string=r"\]\?")
    assert "[OK]" in connection.send_command("\n", expect_string=r"#", cmd_verify=False)


def test_file_transfer_by_scp(switch, connection, tmp_path):
    source = tmp_path / "ubah.cfg"
    source.write_text("interface gi1/0/6\n description unggahan\n" * 50)
    result = file_transfer(connection, source_file=str(source), dest_file="ubah.cfg", file_system="flash:")
    assert result == {"file_exists": True, "file_transferred": True, "file_verified": True}
    assert switch.files()["ubah.cfg"] == source.read_bytes()
    again = file_transfer(connection, source_file=str(source), dest_file="ubah.cfg", file_system="flash:")
    assert again["file_transferred"] is False


def test_disconnect_ends_the_session(switch):
    connection = connect(switch)
    connection.disconnect()
    switch.wait_for(lambda box: not box.sessions)
    assert [entry.kind for entry in switch.log()][-1] == "logout"


def test_bad_credentials_and_changed_host_keys(switch):
    with pytest.raises(NetmikoAuthenticationException):
        connect(switch, password="salah")
    switch.fault(NewHostKey())
    with pytest.raises((NetmikoTimeoutException, ValueError, Exception), match=r"[Hh]ost key"):
        connect(switch)
    switch.known_hosts.write_text(f"[{switch.host}]:{switch.port} {switch.host_key}\n")
    connect(switch).disconnect()
