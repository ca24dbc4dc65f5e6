# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration that cuts the road to the device cuts it here too; the device comes back when the road does."""

import socket

import pytest


def gone(device) -> bool:
    try:
        with socket.create_connection((device.host, device.port), timeout=30) as connection:
            return connection.recv(10) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "lines",
    [
        ["interface Vlan99", "shutdown"],
        ["interface Vlan99", "no ip address"],
        ["interface Vlan99", "ip address 10.99.0.77 255.255.255.0"],
        ["line vty 0 15", "transport input telnet"],
        ["ip access-list standard 10", "no 20", "5 permit 10.1.0.0 0.0.255.255"],
        ["ip access-list extended JAGA", "permit udp any any", "interface Vlan99", "ip access-group JAGA in"],
    ],
)
def test_cut_and_restored_by_the_timer(switch, dial, lines):
    before = switch.config()
    terminal = dial(switch)
    terminal.run("configure terminal revert timer 60")
    for line in lines[:-1]:
        terminal.send(line + "\n")
    terminal.send(lines[-1] + "\n")
    switch.wait_for(lambda box: not box.reachable())
    assert terminal.transport.is_active()
    assert gone(switch)
    switch.advance(3600)
    switch.wait_for(lambda box: box.rollback.pending is None)
    assert switch.config() == before
    assert dial(switch).run("show privilege") == "Current privilege level is 15"


def test_lists_that_let_management_in_cut_nothing(switch, dial):
    terminal = dial(switch)
    terminal.run("configure terminal")
    for line in (
        "ip access-list extended JAGA",
        "permit tcp 10.99.0.0 0.0.0.255 host 10.99.0.31 eq 22",
        "deny ip any any",
        "interface Vlan99",
        "ip access-group JAGA in",
        "ip access-group TIDAK-ADA in",
    ):
        terminal.run(line)
    assert not gone(switch)
