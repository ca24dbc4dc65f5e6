# SPDX-License-Identifier: GPL-3.0-or-later
"""What every scenario relies on."""

import pytest
from testinfra.host import Host

testinfra_hosts = ["ansible://all"]


def test_logged_in_as_operator_with_sudo(host: Host) -> None:
    assert host.user().name == "terpusat"
    with host.sudo():
        assert host.user().name == "root"


def test_systemd_is_complete(host: Host) -> None:
    assert host.run("systemctl is-system-running").stdout.strip() == "running"


def test_host_name_and_its_file_can_be_renamed_over(host: Host) -> None:
    name = host.run("hostname").stdout.strip()
    with host.sudo():
        assert host.run(f"echo {name} > /etc/hostname.new && mv /etc/hostname.new /etc/hostname").succeeded


def test_kernel_of_the_machine_is_out_of_reach(host: Host) -> None:
    with host.sudo():
        assert host.run("sysctl -w net.ipv4.ip_forward=0").succeeded
        assert host.run("sysctl -w kernel.printk='4 4 1 7'").failed
        assert host.run("sysctl -w vm.swappiness=10").failed


@pytest.mark.parametrize("port", ["eth0", "eth1"])
def test_ports_are_there(host: Host, port: str) -> None:
    assert host.interface(port).exists


def test_package_came_through_the_cache(host: Host) -> None:
    if host.run("hostname").stdout.strip() == "host":
        assert host.run("hello").stdout.strip() == "Hello, world!"
