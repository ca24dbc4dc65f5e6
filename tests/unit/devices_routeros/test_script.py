# SPDX-License-Identifier: GPL-3.0-or-later
r"""Reading scripts: exports terse and wrapped, both spellings, quotes and escapes; and writing values back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import quote, script
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.script import (
    ScriptError,
    Statement,
    Target,
    statements,
)

WRAPPED = r"""# jan/02/1970 01:29:00 by RouterOS 6.49.10
# software id = ABCD-EFGH
#
/interface ethernet
set [ find default-name=ether1 ] comment="ke \"core1\" seharga \$5" \
    name=wan
/ip firewall filter
add action=accept chain=input comment="terpusat:mapan sambungan yang sudah \
    ada" connection-state=\
    established,related
/ip service
set ssh address=10.0.0.0/8,\
    192.168.0.0/16
/ip route
add blackhole dst-address=192.0.2.0/24
"""
TERSE = r"""/interface/ethernet/set [find default-name=ether1] comment="ke \"core1\" seharga \$5" name=wan
/ip/firewall/filter add action=accept chain=input comment="terpusat:mapan sambungan yang sudah ada" \
connection-state=established,related
/ip service set ssh address=10.0.0.0/8,192.168.0.0/16
/ip/route add blackhole dst-address=192.0.2.0/24
"""


def _plain(text: str) -> list[Statement]:
    return [
        Statement(0, s.path, s.verb, s.target, dict(s.values), s.flags, s.unset) for s in statements(text) if s.verb
    ]


def test_wrapped_and_terse_say_the_same() -> None:
    assert _plain(WRAPPED) == _plain(TERSE)
    assert _plain(TERSE)[0].target == Target(conditions={"default-name": "ether1"})
    assert _plain(TERSE)[0].values["comment"] == 'ke "core1" seharga $5'


def test_lines_are_counted_from_the_command() -> None:
    assert [s.line for s in statements(WRAPPED) if s.verb] == [5, 8, 12, 15]


@given(st.text(max_size=40))
def test_what_is_quoted_reads_back(value: str) -> None:
    text = f"/system note set note={quote.quote(value)} show-at-login=yes\n"
    found = list(statements(text))
    assert [(s.path, s.verb, dict(s.values)) for s in found] == [
        ("/system/note", "set", {"note": value, "show-at-login": "yes"})
    ]


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,8}[a-z]", fullmatch=True), st.text(max_size=20), max_size=5))
def test_what_is_rendered_parses_to_the_same(values: dict[str, str]) -> None:
    line = "/ip/pool add " + " ".join(f"{name}={quote.quote(value)}" for name, value in values.items())
    (found,) = statements(line)
    assert dict(found.values) == values
    assert found.verb == "add"


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    refused: ScriptError | None = None
    try:
        list(statements(text))
    except ScriptError as error:
        refused = error
    if refused is not None:
        assert 1 <= refused.line <= text.count("\n") + 1
        assert str(refused)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('/ip address\nadd address="x', 2, "kutip"),
        ("\n/ip address\n\nadd address=$x", 4, "variabel"),
        (":put 1", 1, ":put"),
        ("/ip address add a=1 a=2", 1, "dua kali"),
        ("/ip address set [get x] a=1", 1, "find"),
        ("foo bar", 1, "foo"),
        ('/ip address add comment="a\\q"', 1, "\\q"),
    ],
)
def test_what_is_not_configuration_is_refused(text: str, line: int, word: str) -> None:
    with pytest.raises(ScriptError) as caught:
        list(statements(text))
    assert caught.value.line == line
    assert word in str(caught.value)


def test_unwanted_menus_are_not_read() -> None:
    text = "/certificate settings set crl=$x\n/ip dns set servers=1.1.1.1\n"
    assert [s.path for s in script.statements(text, lambda path: path == "/ip/dns")] == ["/ip/dns"]
