# SPDX-License-Identifier: GPL-3.0-or-later
"""The command files: every command is reachable, and what is printed is taken back."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.ios import device as _everything  # registers effects and commands
from emulators.ios.act import EFFECTS
from emulators.ios.config import MODES, Config
from emulators.ios.configurator import apply_text
from emulators.ios.exec_state import COMMANDS
from emulators.ios.grammar import BadLine, Rule, load
from emulators.ios.interfaces import spread

SAMPLES = {
    "WORD": "kata",
    "NAME": "nama1",
    "HOSTNAME": "sw-1",
    "STRING": '"dua kata"',
    "LINE": "sisa baris ini",
    "HEX": "0A1B",
    "A.B.C.D": "10.1.2.3",
    "MASK": "255.255.255.0",
    "WILDCARD": "0.0.0.255",
    "A.B.C.D/nn": "10.0.0.0/8",
    "X:X:X:X::X": "2001:DB8::1",
    "X:X:X:X::X/nn": "2001:DB8::1/64",
    "HOST": "10.9.9.9",
    "H.H.H": "0011.2233.4455",
    "CLIENT-ID": "0100.1122.3344.55",
    "INTERFACE": "GigabitEthernet1/0/1",
    "VLANS": "10,20",
    "AREA": "0",
    "TCP-PORT": "www",
    "UDP-PORT": "ntp",
    "TIME": "10:30",
    "TIME-SPAN": "1:30",
    "RT": "65000:1",
    "COMMUNITY": "65000:5",
    "FILE": "flash:berkas",
    "KEY7": "7 0822455D0A16",
    "PASSWORD0": "7 0822455D0A16",
    "SECRET": "5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0",
    "NTPKEY": "0822455D0A16 7",
}


def sample(text: str) -> str:
    if text.startswith("<"):
        return text[1:].split("-")[0]
    return SAMPLES[text]


def walk(rule: Rule, choose: random.Random) -> str:
    """A random line of this command."""
    words: list[str] = []
    node = rule.start
    while node.edges and (node.ends is None or choose.random() < 0.6) and len(words) < 40:
        item, node, _ = choose.choice(node.edges)
        words.append(item.text if item.take is None else sample(item.text))
    return " ".join(words) if node.ends is not None else walk(rule, choose)


del _everything
# A seed, not hypothesis' own random: that one shrinks to always the same branch.
SEEDS = st.integers(0, 10**9).map(random.Random)
RULES = [(mode, rule) for mode in MODES.values() for rule in mode.rules]
PLACES = st.integers(0, len(RULES) - 1)


def test_every_attribute_names_something_that_exists():
    for mode, rule in RULES:
        if rule.effect:
            known = COMMANDS if mode.name == "exec" else EFFECTS
            assert rule.effect in known, rule.text
        if rule.mode:
            assert rule.mode in MODES, rule.text
    # And nothing was written for a command that is not there.
    used = {rule.effect for _, rule in RULES}
    assert set(EFFECTS) | set(COMMANDS) <= used


@given(SEEDS, PLACES)
def test_every_command_is_taken_and_its_canonical_form_is_stable(choose, where):
    mode, rule = RULES[where]
    traits = frozenset(rule.needs) | {"privileged"}
    line = walk(rule, choose)
    match = mode.parse(line, traits)
    again = mode.parse(match.text, traits)
    assert (again.text, again.identity) == (match.text, match.identity)
    # Keywords may be typed in any case.
    if not any(name in rule.text for name in ("LINE", "WORD", "NAME", "STRING", "HOST", "FILE", "SECRET", "KEY")):
        assert mode.parse(line.upper(), traits).text == match.text


@given(SEEDS, PLACES, st.integers(0, 30))
def test_whatever_is_typed_is_understood_or_complained_about(choose, where, length):
    mode, rule = RULES[where]
    line = walk(rule, choose)[:length]
    complaint = None
    try:
        mode.parse(line, frozenset(rule.needs))
    except BadLine as error:
        complaint = error
    if complaint is not None:
        assert complaint.kind in ("invalid", "incomplete", "ambiguous")
        assert 0 <= complaint.column <= len(line)


def _lines_for(box: frozenset[str], choose: random.Random, count: int) -> list[str]:
    """Random commands with one line of their sub-mode each."""
    traits = box | {"aaa", "routing"}
    rules = [r for r in MODES["config"].rules if r.applies(traits) and r.effect not in UNFIT and not r.hidden]
    out: list[str] = []
    for _ in range(count):
        rule = choose.choice(rules)
        out.append(walk(rule, choose))
        if rule.mode:
            inner = [r for r in MODES[rule.mode].rules if r.applies(traits) and r.effect not in UNFIT]
            out += [" " + walk(choose.choice(inner), choose) for _ in range(3)] if inner else []
    return out


# Need what follows them (certificates), or a particular neighbour, or change nothing.
UNFIT = {"certificate", "pubkey_string", "nothing", "generate_key", "leave", "acl_by_number", "no_ip_address"}
PORTS = tuple(spread("GigabitEthernet1/0/1-2"))


@pytest.mark.parametrize(
    "box",
    [frozenset({"switch"}), frozenset({"switch", "l3", "xe"}), frozenset({"router"}), frozenset({"router", "xe"})],
)
@settings(max_examples=15)
@given(choose=SEEDS)
def test_what_is_printed_is_taken_back_and_prints_the_same(box, choose):
    config = Config(box, PORTS)
    # Refusals are part of it: what got in must come out and go in again.
    apply_text(config, "\n".join(_lines_for(box, choose, 12)))
    printed = config.lines()
    twin = Config(box, PORTS)
    problems = apply_text(twin, "\n".join(printed))
    assert problems == []
    assert twin.lines() == printed
    # A second time changes nothing (but remarks without a number, which are entered again).
    assert apply_text(twin, "\n".join(line for line in printed if "remark" not in line)) == []
    assert twin.lines() == printed


@settings(max_examples=15)
@given(choose=SEEDS)
def test_a_copy_is_independent(choose):
    box = frozenset({"router"})
    config = Config(box, PORTS)
    apply_text(config, "\n".join(_lines_for(box, choose, 10)))
    printed = config.lines()
    twin = config.copy()
    assert twin.lines() == printed
    apply_text(twin, "\n".join(_lines_for(box, choose, 10)) + "\nhostname kembar\n")
    assert config.lines() == printed
    config.root.touch()
    assert config.lines() == printed


def test_mistakes_in_a_command_file_are_told(tmp_path):
    for text, what in (
        ("hostname WRD\n", "sebelum mode"),
        ("mode a (b)\nx WRD\n", "WRD"),
        ("mode a (b)\nx {a | b\n", "pop"),
    ):
        (tmp_path / "x.txt").write_text(text)
        with pytest.raises((ValueError, IndexError), match=what):
            load(tmp_path)
