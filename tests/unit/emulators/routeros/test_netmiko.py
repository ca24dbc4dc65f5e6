# SPDX-License-Identifier: GPL-3.0-or-later
"""netmiko's own mikrotik_routeros driver, unmodified, against every way the terminal may behave."""

from collections.abc import Iterator
from typing import Any

import pytest
from netmiko import ConnectHandler, NetmikoAuthenticationException
from netmiko.exceptions import ConfigInvalidException

from emulators.core import Farm, Personality, RefuseLogin
from emulators.core.farm import DeviceHandle

BASE = Personality.load("routeros-hex-v7", reboot_seconds=1.0)
SCREENS = ["licence", "no-licence", "default-config", "new-password"]
STYLES = {
    "repaint": BASE.copy(name="repaint"),
    "wide": BASE.copy(name="wide", flags={**BASE.flags, "echo": "wide"}),
    "plain": BASE.copy(name="plain", flags={**BASE.flags, "echo": "plain"}),
    "two": BASE.copy(name="two", flags={**BASE.flags, "enter": "two"}),
    "first": BASE.copy(name="first", flags={**BASE.flags, "first_login": SCREENS}),
    "six": Personality.load("routeros-hap-v6", name="six"),
    "ccr": Personality.load("routeros-ccr-v7", name="ccr"),
}


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm(list(STYLES.values())) as running:
        yield running


def connect(device: DeviceHandle, **options: Any) -> Any:
    return ConnectHandler(
        device_type="mikrotik_routeros", host=device.host, port=device.port, username=device.user,
        password=device.password, ssh_strict=True, alt_host_keys=True, alt_key_file=str(device.known_hosts), **options,
    )  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_the_driver_s_whole_round(farm: Farm, name: str) -> None:
    device = farm[name]
    # With two prompts per Enter a stray one stays in every answer; one carriage return is the cure.
    with connect(device, **({"default_enter": "\r"} if name == "two" else {})) as session:
        identity = session.send_command(":put [/system identity get name]")
        assert session.find_prompt() == f"[admin@{identity}] >"
        assert "ADDRESS" in session.send_command("/ip address print")
        session.send_config_set([f"/ip firewall address-list add list=uji address=192.0.2.{n}" for n in range(1, 6)])
        assert session.send_command("/ip firewall address-list print count-only where list=uji") == "5"
        refused = session.send_command("/ip address add address=10.99.0.1/24 interface=tidak")
        assert refused.startswith("input does not match any value of interface")
        long = "x" * 200
        assert session.send_command(f":put {long}") == long
        assert len(session.send_command("/export terse").splitlines()) > 10
    device.wait_for(lambda inside: not inside.sessions)


def test_a_menu_changes_the_prompt(farm: Farm) -> None:
    with connect(farm["repaint"]) as session:
        session.send_command("/ip firewall filter", expect_string=r"/ip/firewall/filter> ")
        assert session.find_prompt() == "[admin@rt-dinkes] /ip/firewall/filter>"
    with connect(farm["six"]) as session:
        session.send_command("/ip firewall filter", expect_string=r"/ip firewall filter> ")
        assert session.find_prompt() == "[admin@rt-disdik] /ip firewall filter>"


def test_a_repainted_prompt_hides_the_last_error_of_a_set(farm: Farm) -> None:
    """What naive callers fall into: the pattern matches at the repainted prompt, before the answer came."""
    bad = "/ip address add address=salah interface=ether1"
    with connect(farm["repaint"]) as session:
        session.send_config_set([bad], error_pattern=r"invalid value")
    with connect(farm["plain"]) as session, pytest.raises(ConfigInvalidException):
        session.send_config_set([bad, bad], error_pattern=r"invalid value")


def test_without_its_parameters_the_terminal_is_coloured_and_probed(farm: Farm) -> None:
    import paramiko

    device = farm["repaint"]
    client = paramiko.SSHClient()
    client.load_host_keys(str(device.known_hosts))
    client.connect(device.host, device.port, device.user, device.password, allow_agent=False, look_for_keys=False)
    shell = client.invoke_shell()
    shell.settimeout(10)
    text = ""
    while "rt-dinkes" not in text:
        text += shell.recv(4096).decode()
    client.close()
    assert "\x1bZ" in text
    assert "\x1b[31;1madmin" in text


def test_a_wrong_password_and_a_refusal(farm: Farm) -> None:
    device = farm["ccr"]
    device.fault(RefuseLogin(times=1))
    with pytest.raises(NetmikoAuthenticationException):
        connect(device)
    with connect(device) as session:
        assert session.find_prompt() == "[admin@br1] >"


def test_the_question_of_a_reboot(farm: Farm) -> None:
    device = farm["plain"]
    with connect(device) as session:
        shown = session.send_command("/system reboot", expect_string=r"\[y/N\]: ")
        assert "Reboot, yes?" in shown
        session.write_channel("n")
        assert session.find_prompt().endswith(" >")
    assert device.up
