# SPDX-License-Identifier: GPL-3.0-or-later
"""What the templates of the server roles make of an intent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from people import person
from server_render import evaluate, server_vars, template


def accepted(ruleset: str) -> list[str]:
    """The rules of the input chain that let a new packet from outside in."""
    chain = ruleset.split("chain input {")[1].split("\n\t}")[0]
    rules = [line.strip() for line in chain.splitlines() if " accept" in line]
    return [rule for rule in rules if "established" not in rule and 'iifname "lo"' not in rule]


def firewall(**intent: Any) -> str:
    (text,) = evaluate("firewall", server_vars(**intent), template("nftables.j2"))
    return str(text)


def test_firewall_accepts_the_service_list_and_nothing_else() -> None:
    rules = [re.sub(r"( limit rate.*packets| counter| comment .*)", "", rule) for rule in accepted(firewall())]
    assert rules == [
        "ip saddr @management icmp type echo-request accept",
        'iifname "eth0" ip saddr @management tcp dport 22 accept',
        'iifname != "eth0" ip saddr @offices tcp dport 80 accept',
        'iifname != "eth0" ip saddr @data_centre tcp dport 80 accept',
    ]


def test_internet_means_none_of_our_own_networks() -> None:
    service = {"name": "web", "host": "srv1", "protocol": "tcp", "port": 443, "from": ["internet"]}
    text = firewall(firewall={"services": [service], "icmp_echo_from": [], "forward": []})
    assert 'iifname != "eth0" ip saddr != @own_networks tcp dport 443' in accepted(text)[0]
    own = re.search(r"set own_networks \{.*?elements = \{ (.*?) \}", text, re.DOTALL)
    assert own is not None
    assert own[1].split(", ") == ["10.10.0.0/24", "10.20.0.0/23", "10.99.0.1/32", "10.254.0.0/24", "10.255.0.0/24"]


def test_a_service_may_be_for_some_networks_of_a_zone_only() -> None:
    service = {"name": "syslog", "host": "srv1", "protocol": "udp", "port": 514, "from": ["loopback", "management"]}
    service["sources"] = ["10.255.0.2/32", "10.255.0.3/32"]
    text = firewall(firewall={"services": [service], "icmp_echo_from": [], "forward": []})
    assert [rule.split(" counter")[0] for rule in accepted(text)] == [
        'iifname != "eth0" ip saddr @loopback ip saddr { 10.255.0.2/31 } udp dport 514',
        'iifname "eth0" ip saddr @management ip saddr { 10.255.0.2/31 } udp dport 514',
    ]


def test_a_zone_without_networks_opens_nothing() -> None:
    zones = {**server_vars()["terpusat_intent"]["zones"], "offices": []}
    assert not any("offices" in rule for rule in accepted(firewall(zones=zones)))


def test_overlapping_networks_become_one_interval() -> None:
    zones = {**server_vars()["terpusat_intent"]["zones"], "offices": ["10.20.0.0/16", "10.20.3.0/24"]}
    assert "elements = { 10.20.0.0/16 }" in firewall(zones=zones)


def opened(**variables: Any) -> list[str]:
    """The rules of the output chain that let a new packet out, beside those to the host itself."""
    host = server_vars()
    host["terpusat_intent"]["firewall"]["reaches"] = variables.pop("reaches", [])
    host.update(variables)
    chain = evaluate("firewall", host, template("nftables.j2"))[0].split("chain output {")[1]
    assert "policy drop" in chain
    assert chain.index("established") < chain.index("counter reject")
    rules = [line.strip().split(" counter")[0] for line in chain.splitlines() if " accept comment" in line]
    return [rule for rule in rules if "icmp" not in rule]


def test_a_server_opens_nothing_but_the_package_proxy() -> None:
    assert opened() == ["ip daddr 10.99.0.1 tcp dport 3142"]


def test_without_a_proxy_packages_come_from_the_internet() -> None:
    assert opened(terpusat_apt_proxy="") == ['oifname != "eth0" ip daddr != @own_networks tcp dport { 80, 443 }']


@pytest.mark.parametrize(
    ("to", "rules"),
    [
        (["10.255.0.1"], ['oifname != "eth0" ip daddr { 10.255.0.1/32 } udp dport 53']),
        (["internet"], ['oifname != "eth0" ip daddr != @own_networks udp dport 53']),
        (["0.0.0.0/0", "internet"], ['oifname != "eth0" udp dport 53']),
    ],
)
def test_a_server_opens_what_it_reaches(to: list[str], rules: list[str]) -> None:
    assert opened(reaches=[{"name": "dns", "to": to, "protocol": "udp", "port": 53}])[1:] == rules


def test_port_zero_is_any_port() -> None:
    reach = {"name": "cameras", "to": ["10.20.255.192/26"], "protocol": "tcp", "port": 0}
    assert opened(reaches=[reach])[1:] == ['oifname != "eth0" ip daddr { 10.20.255.192/26 } tcp dport 1-65535']


def test_the_management_side_is_opened_by_name_only() -> None:
    reach = {"name": "ssh", "to": ["10.99.0.12"], "protocol": "tcp", "port": 22, "by": "management"}
    assert opened(reaches=[reach])[1:] == ['oifname "eth0" ip daddr { 10.99.0.12/32 } tcp dport 22']


def test_network_bundle_names_only_the_interfaces_of_the_intent() -> None:
    (text,) = evaluate("base", server_vars(), template("networkd.j2"))
    assert re.findall(r"==> (\S+) ", text) == ["/etc/systemd/network/60-terpusat-eth1.network"]
    assert "Address=10.10.0.11/24\nGateway=10.10.0.1\n" in text
    assert "eth0" not in text


def test_servers_do_not_restart_at_the_same_minute() -> None:
    minutes = set()
    for number in range(1, 9):
        (text,) = evaluate("base", server_vars(hostname=f"srv{number}"), template("apt.conf.j2"))
        found = re.search(r'Automatic-Reboot-Time "(\d\d):(\d\d)"', text)
        assert found is not None
        assert 60 <= int(found[1]) * 60 + int(found[2]) < 180
        minutes.add(found[0])
    assert len(minutes) > 4


def test_only_present_administrators_have_keys_and_sudo() -> None:
    host = server_vars()
    host["base_admins"] = [
        {"name": "sari", "keys": ["ssh-ed25519 AAAA sari", "ssh-ed25519 BBBB sari"]},
        {"name": "joko", "keys": ["ssh-ed25519 CCCC joko"], "state": "absent"},
    ]
    keys, sudoers = evaluate("base", host, "base_admin_keys", template("sudoers.j2"))
    assert keys[0]["content"] == "ssh-ed25519 AAAA sari\nssh-ed25519 BBBB sari\n"
    assert (keys[1]["path"], keys[1]["state"], keys[1]["content"]) == (
        "/etc/ssh/authorized_keys.d/joko",
        "absent",
        None,
    )
    assert "sari ALL=" in sudoers
    assert "joko" not in sudoers


def test_who_only_reads_has_no_sudo() -> None:
    host = server_vars()
    host["base_admins"] = [{"name": "sari", "keys": ["ssh-ed25519 AAAA sari"], "rights": "read"}]
    (sudoers,) = evaluate("base", host, template("sudoers.j2"))
    assert "sari" not in sudoers


def test_servers_and_network_devices_share_one_list() -> None:
    host = server_vars()
    host.pop("base_admins", None)
    host["terpusat_admins"] = [person("sari"), {"name": "joko", "state": "absent"}]
    keys, judged = evaluate("base", host, "base_admin_keys", "base_judged_admins")
    assert [(key["path"].rpartition("/")[2], key["state"]) for key in keys] == [("sari", "present"), ("joko", "absent")]
    assert [admin["name"] for admin in judged] == ["joko", "sari"]


def test_without_resolvers_and_proxy_nothing_is_invented() -> None:
    host = server_vars(interfaces=[{"name": "eth1", "use": "data_centre", "addresses": ["10.10.0.11/24"]}])
    del host["terpusat_apt_proxy"]
    resolv, apt, network = evaluate(
        "base", host, template("resolv.conf.j2"), template("apt.conf.j2"), template("networkd.j2")
    )
    assert "nameserver" not in resolv
    assert "Proxy" not in apt
    assert "Gateway" not in network


def test_applications_get_one_server_block_each_and_php_a_service() -> None:
    (files,) = evaluate("app_host", server_vars(), "app_host_files")
    by_path = {file["path"]: file for file in files}
    assert "return 444;" in by_path["/etc/nginx/conf.d/terpusat-default.conf"]["content"]
    simpus = by_path["/etc/nginx/conf.d/terpusat-simpus.conf"]["content"]
    portal = by_path["/etc/nginx/conf.d/terpusat-portal.conf"]["content"]
    assert "server_name simpus.lab.go.id;" in simpus
    assert "root /srv/terpusat/simpus/current/public;" in simpus
    assert "root /srv/terpusat/portal/current;" in portal
    assert "fastcgi_pass" not in portal
    pool = by_path["/etc/terpusat/php/simpus.conf"]["content"]
    assert "pm.max_children = 4" in pool  # 512 MB at 128 MB each
    assert "open_basedir] = /srv/terpusat/simpus/" in pool
    assert "date.timezone] = Asia/Makassar" in pool
    unit = by_path["/etc/systemd/system/terpusat-app-simpus.service"]["content"]
    assert "User=app-simpus" in unit
    assert "php-fpm8.4 " in unit
    assert "MemoryMax=512000000" in by_path["/etc/systemd/system/terpusat-app-simpus.slice"]["content"]
    assert not [path for path in by_path if "portal" in path and "nginx" not in path], "static pages are nginx's"


@pytest.mark.parametrize(
    ("start", "run"),
    [
        ("./jalankan.sh --port ${PORT}", "/srv/terpusat/simpus/current/jalankan.sh --port ${PORT}"),
        ("bin/layani", "/srv/terpusat/simpus/current/bin/layani"),
        ("gunicorn --bind unix:/run/x app:a", "gunicorn --bind unix:/run/x app:a"),
        ("/usr/bin/node server.js", "/usr/bin/node server.js"),
    ],
)
def test_a_script_of_the_application_is_started_by_its_whole_path(start: str, run: str) -> None:
    """Without it systemd refuses the unit: "Neither a valid executable name nor an absolute path"."""
    host = server_vars()
    host["terpusat_intent"]["applications"][0] |= {"runtime": "python", "start": start}
    (files,) = evaluate("app_host", host, "app_host_files")
    by_path = {file["path"]: file for file in files}
    unit = by_path["/etc/systemd/system/terpusat-app-simpus.service"]["content"]
    assert f"ExecStart={run}\n" in unit


def test_a_server_that_is_no_proxy_any_more_serves_its_applications() -> None:
    """The proxy's files have a default server for port 80, as the applications' have then: nginx would refuse both."""
    edge = "/etc/nginx/conf.d/edge-*.conf"
    (was,) = evaluate("app_host", server_vars(), "app_host_purge")
    (still,) = evaluate("app_host", server_vars(edge_proxy={"domains": []}), "app_host_purge")
    assert edge in was
    assert edge not in still
    assert set(was) - set(still) == {edge}
    assert "/etc/terpusat/applications/*" in still


def test_an_application_does_not_see_logs() -> None:
    """nginx makes its logs readable by everybody until they are rotated for the first time."""
    (files,) = evaluate("app_host", server_vars(), "app_host_files")
    by_path = {file["path"]: file for file in files}
    unit = by_path["/etc/systemd/system/terpusat-app-simpus.service"]["content"]
    (hidden,) = re.findall(r"^InaccessiblePaths=(.*)$", unit, re.MULTILINE)
    assert "-/var/log" in hidden.split()


def test_secrets_of_an_application_are_hidden_and_its_own() -> None:
    host = server_vars(system="debian12")
    at = {"engine": "postgresql", "address": "10.10.0.12", "host": "srv2", "port": 5432, "name": "a_b", "user": "a_b"}
    host["terpusat_intent"]["applications"][0] |= {"code": "a-b", "database_at": at, "environment": {"MODE": "1"}}
    host["terpusat_secrets"] = {
        "application_key": "k" * 16,
        "applications": {"a-b": {"TOKEN": 'x"$y'}, "lain": {"L": "1"}},
    }
    files, packages = evaluate("app_host", host, "app_host_files", "app_host_packages_wanted")
    by_path = {file["path"]: file for file in files}
    environment = by_path["/etc/terpusat/applications/a-b.env"]
    assert (environment["mode"], environment["secret"]) == ("0600", True)
    lines = environment["content"].splitlines()
    assert {'DB_NAME="a_b"', 'DB_HOST="10.10.0.12"', 'DB_PORT="5432"', 'MODE="1"', 'TOKEN="x\\"\\$y"'} <= set(lines)
    assert not [line for line in lines if line.startswith("L=")]
    assert "Slice=terpusat-app-a_b.slice" in by_path["/etc/systemd/system/terpusat-app-a-b.service"]["content"]
    assert "php8.2-fpm" in packages
    del host["terpusat_secrets"]["application_key"]
    with pytest.raises(AssertionError, match="application_key belum ada di vault"):
        evaluate("app_host", host, "(app_host_files | selectattr('path', 'search', '[.]env$') | first).content")


def test_only_one_application_is_released_when_one_is_asked_for() -> None:
    host = server_vars()
    host |= {"app_host_only": ["simpus"], "app_host_releases_asked": {"simpus": "previous"}}
    (releases,) = evaluate("app_host", host, "app_host_releases")
    assert [entry["release"] for entry in releases] == ["previous", "current"]


def test_a_server_without_applications_installs_and_serves_nothing() -> None:
    values = evaluate(
        "app_host", server_vars(applications=[]), "app_host_files", "app_host_services", "app_host_checks"
    )
    assert values == [[], [], []]


def test_a_pinned_release_replaces_the_source() -> None:
    host = server_vars()
    host["app_host_pinned_releases"] = {"simpus": "0123456789abcdef"}
    (releases,) = evaluate("app_host", host, "app_host_releases")
    assert releases[0]["release"] == "0123456789abcdef"
    assert "source" not in releases[0]
    assert "source" in releases[1]


def test_capability_to_set_the_clock_is_read_from_process_1() -> None:
    import base64

    for bounding, may in (("00000000a02435fb", False), ("000001ffffffffff", True), ("0000000002000000", True)):
        status = f"Name:\tsystemd\nCapEff:\t0000000000000000\nCapBnd:\t{bounding}\n"
        host = {**server_vars(), "time_init_status": {"content": base64.b64encode(status.encode()).decode()}}
        assert evaluate("time", host, "time_may_set_clock") == [may]
