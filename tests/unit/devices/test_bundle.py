# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundle's text: what goes in comes out, and what is wrong is refused before anybody logs in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux import bundle
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789._-", min_size=1, max_size=12).filter(
    lambda w: w not in (".", "..")
)
_LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30), max_size=8)
_FILES = st.builds(
    File,
    path=st.lists(_WORD, min_size=1, max_size=4).map(lambda words: "/" + "/".join(words)),
    text=_LINES.map(lambda lines: "\n".join(lines).rstrip("\n")).map(lambda text: text + "\n" if text else ""),
    mode=st.sampled_from(["0644", "0640", "0755", "0600"]),
    owner=st.sampled_from(["root", "frr", "_chrony"]),
    group=st.sampled_from(["root", "frrvty", "Debian-snmp", "dom.users"]),
)


@given(st.lists(_FILES, min_size=1, unique_by=lambda file: file.path).map(tuple))
def test_what_is_rendered_is_parsed_back(files: tuple[File, ...]) -> None:
    assert bundle.parse(bundle.render(files)) == files


def test_defaults_and_attributes() -> None:
    first, second = bundle.parse("\n==> /etc/a <==\n\nx\n\n\n==> /etc/b mode=640 owner=frr group=frr <==\ny")
    assert first == File("/etc/a", "\nx\n", "0644", "root", "root")
    assert second == File("/etc/b", "y\n", "0640", "frr", "frr")


def test_a_line_that_only_resembles_a_header_is_content() -> None:
    (file,) = bundle.parse("==> /etc/a <==\n==> bukan kepala\n  ==> /etc/b <==\n")
    assert file.text == "==> bukan kepala\n  ==> /etc/b <==\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "kosong"),
        ("\n \n", "kosong"),
        ("apa ini\n==> /etc/a <==\n", "baris 1"),
        ("==> /etc/a <==\nx\n==> /etc/a <==\ny\n", "dua kali"),
        ("==> etc/a <==\n", "path mutlak"),
        ("==> /etc/../shadow <==\n", "path mutlak"),
        ("==> /etc/a;reboot <==\n", "path mutlak"),
        ("==> /etc/a mode=rw <==\n", "mode=rw"),
        ("==> /etc/a mode=4755 <==\n", "mode=4755"),
        ("==> /etc/a owner=root;id <==\n", "owner"),
        ("==> /etc/a color=red <==\n", "color"),
    ],
)
def test_malformed(text: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        bundle.parse(text)


def test_every_problem_of_a_bundle_is_told_at_once() -> None:
    text = (
        "==> /etc/passwd <==\nx\n"
        "==> /etc/systemd/network/60-terpusat-a.network <==\n[Match]\nName=eth*\n"
        "==> /etc/terpusat/openvswitch.conf <==\nport eth1 tag=5000\n"
        "==> /etc/sysctl.d/90-terpusat.conf <==\nnet.ipv4.ip_forward\n"
        "==> /etc/terpusat/shaping.tc <==\nqdisc add root htb\n"
    )
    with pytest.raises(RefusedError) as refusal:
        platforms.load("linux").parse(text, Target("rt"))
    for part in ("/etc/passwd", "60-terpusat-a.network", "openvswitch.conf baris 1", "baris 1", "shaping.tc baris 1"):
        assert part in str(refusal.value)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/systemd/network/60-terpusat-a/b.network",
        "/etc/systemd/network/50-terpusat-a.network",
        "/etc/frr/frr.conf.d",
    ],
)
def test_paths_that_only_resemble_owned_ones_are_refused(path: str) -> None:
    with pytest.raises(RefusedError, match="bukan milik"):
        platforms.load("linux").parse(f"==> {path} <==\nx\n", Target("rt"))


def test_platforms_are_found_by_their_folder() -> None:
    assert "linux" in platforms.names()
    with pytest.raises(RefusedError, match="linux"):
        platforms.load("junos")
