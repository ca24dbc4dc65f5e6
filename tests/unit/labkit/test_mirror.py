# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine's own apt decides where packages come from."""

from pathlib import Path

from labkit import apt_cache, mirror, seed
from labkit.identity import Identity
from labkit.image import Image
from labkit.model import Node

TARGETS = """\
Debian|Debian-Security|http://mirror.example/security/
Debian|Debian|http://mirror.example/debian/
Debian|Debian|http://second.example/debian/
Docker|Docker CE|https://vendor.example/
Debian|Debian|cdrom://disc/
"""
DUMP = """\
Acquire "";
Acquire::Check-Valid-Until "false";
Acquire::http::Proxy "http://proxy.example:3128";
APT::Architecture "amd64";
"""


def test_sources_of_another_release_from_the_same_archive() -> None:
    assert mirror.parse(TARGETS, DUMP).sources("trixie") == [
        "deb http://mirror.example/debian trixie main",
        "deb http://mirror.example/debian trixie-updates main",
        "deb http://mirror.example/security trixie-security main",
    ]


def test_machine_without_debian_archive_leaves_the_choice_to_mmdebstrap() -> None:
    read = mirror.parse("Ubuntu|Ubuntu|http://ubuntu.example/ubuntu/\n", "")
    assert read.sources("trixie") == []
    assert read.clock_options == ()
    assert read.proxies == ()


def test_options_that_matter_are_taken_and_no_others() -> None:
    read = mirror.parse(TARGETS, DUMP)
    assert read.clock_options == ('Acquire::Check-Valid-Until "false";',)
    assert read.proxies == (("Acquire::http::Proxy", "http://proxy.example:3128"),)


def test_cache_fetches_through_the_proxy_of_the_machine() -> None:
    text = apt_cache.settings(Path("/cache"), 20001, mirror.parse(TARGETS, DUMP))
    assert "Proxy: http://proxy.example:3128" in text.splitlines()
    assert "BindAddress: 127.0.0.1" in text.splitlines()


def test_https_archive_is_asked_by_http_and_fetched_by_https() -> None:
    source = mirror.parse("Debian|Debian|https://mirror.example/debian/\n", "")
    text = apt_cache.settings(Path("/cache"), 20001, source)
    assert "Remap-tls0: http://mirror.example/debian ; https://mirror.example/debian" in text.splitlines()


def test_a_node_asks_the_cache_by_http_only_where_the_machine_uses_https() -> None:
    node = Node("n", "isp", Image("server"), ("eth0",))
    identity = Identity(Path("/checkout"))

    def sources(targets: str) -> list[str]:
        found = seed.files(identity, node, mirror.parse(targets, ""))
        return [file.content for file in found if file.path == "/etc/apt/sources.list"]

    assert sources(TARGETS) == []
    (text,) = sources("Debian|Debian|https://mirror.example/debian/\n")
    assert text.splitlines() == [
        "deb http://mirror.example/debian trixie main",
        "deb http://mirror.example/debian trixie-updates main",
    ]


def test_an_image_changes_its_name_with_its_inputs() -> None:
    here = mirror.parse(TARGETS, DUMP)
    elsewhere = mirror.parse(TARGETS.replace("mirror.example", "other.example"), DUMP)
    names = {
        Image("server").reference(here),
        Image("appliance").reference(here),
        Image("server", "bookworm").reference(here),
        Image("server").reference(elsewhere),
    }
    assert len(names) == 4
    assert Image("server").reference(here) == Image("server").reference(here)
