# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing YAML as text: what is not meant to change does not change, byte for byte."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.edits import (
    Append,
    Edit,
    RemoveItem,
    RemoveKey,
    SetValue,
    Tree,
    Word,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.survey import edit_bytes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.yaml_edit import (
    UneditableError,
    edited,
)

from .conftest import BANDWIDTH, CIRCUITS, OPDS

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12) | st.sampled_from(
    [
        "a, b",
        "x: y",
        "# z",
        "ya",
        "no",
        "0012",
        "'",
        "{",
        "]",
        "- a",
        "*x",
        "&y",
        "null",
        "~",
        "é 漢",
        "12:30",
        "Rp 1.250.000,50",
    ]
)
comments = st.sampled_from(["", "  # catatan", "   # é: [tidak, dibaca]"])


@st.composite
def registers(draw: st.DrawFn) -> str:
    """A list of records as different people write them: indentation, flow or block, quotes, comments, blank lines."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    indent = draw(st.sampled_from(["", "  ", "    "]))
    lines = [*draw(st.lists(st.sampled_from(["# kepala", "", "#"]), max_size=3)), "opds:" + draw(comments)]
    for number in range(draw(st.integers(1, 4))):
        lines += draw(st.lists(st.sampled_from(["", f"{indent}# tentang ini", "# di tepi"]), max_size=2))
        name = "'" + draw(words).replace("'", "''") + "'"
        if draw(st.booleans()):
            gap = draw(st.sampled_from([" ", "   "]))
            lines.append(f"{indent}- {{code: o{number},{gap}name: {name}, users: 4, lans: [a,  b]}}" + draw(comments))
            continue
        lines.append(f"{indent}-{draw(st.sampled_from([' ', '   ']))}code: o{number}" + draw(comments))
        inside = " " * (len(lines[-1]) - len(lines[-1].lstrip(" -")))
        lines.append(f"{inside}name:  {name}" + draw(comments))
        if draw(st.booleans()):
            lines.append(f"{inside}# jumlah menurut survei lama")
        lines.append(f"{inside}users: 4" + draw(comments))
        shape = draw(st.sampled_from(["flow", "block", "same column"]))
        if shape == "flow":
            lines.append(f"{inside}lans: [a, b]" + draw(comments))
        else:
            deeper = inside + ("  " if shape == "block" else "")
            lines += [f"{inside}lans:", f"{deeper}- a" + draw(comments), f"{deeper}- b"]
        if draw(st.booleans()):
            lines.append(f"{inside}# akhir catatan {number}")
    lines += draw(st.lists(st.sampled_from(["", "# ekor", "  # ekor menjorok"]), max_size=2))
    text = newline.join(lines)
    return text + (newline if draw(st.booleans()) else "")


def data(text: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)["opds"]
    return loaded


@settings(max_examples=40)
@given(registers())
def test_nothing_to_do_changes_no_byte(text: str) -> None:
    assert edited(text, []) == text
    assert edit_bytes(b"\xef\xbb\xbf" + text.encode(), []) == b"\xef\xbb\xbf" + text.encode()


@settings(max_examples=40)
@given(registers(), st.data(), words)
def test_one_value_changes_one_line(text: str, draw: st.DataObject, word: str) -> None:
    number = draw.draw(st.integers(0, len(data(text)) - 1))
    key, value = draw.draw(st.sampled_from([("users", Word("70")), ("name", Word(word, is_text=True))]))
    after = edited(text, [SetValue("opds", ("opds", number, key), value)])
    wanted = data(text)
    wanted[number][key] = value.text
    assert data(after) == wanted
    changed = [(a, b) for a, b in zip(text.split("\n"), after.split("\n"), strict=True) if a != b]
    assert len(changed) <= 1


def added(before: str, after: str) -> list[str]:
    """Lines that were added; every old line must still be there, in order."""
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


def with_end(text: str) -> str:
    return text if text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


@settings(max_examples=40)
@given(registers(), words)
def test_a_new_record_only_adds_lines(text: str, word: str) -> None:
    value: Tree = {"code": Word("baru"), "name": Word(word, is_text=True), "users": Word("5"), "lans": [Word("c")]}
    after = edited(text, [Append("opds", ("opds",), value), Append("opds", ("opds",), {"code": Word("lagi")})])
    wanted = [*data(text), {"code": "baru", "name": word, "users": "5", "lans": ["c"]}, {"code": "lagi"}]
    assert data(after) == wanted
    assert added(with_end(text), with_end(after))


@settings(max_examples=40)
@given(registers(), st.data(), st.sampled_from(["code", "users", None]))
def test_a_key_put_behind_another_one_and_taken_out_again_leaves_no_trace(
    text: str, draw: st.DataObject, after: str | None
) -> None:
    number = draw.draw(st.integers(0, len(data(text)) - 1))
    path = ("opds", number, "sejak")
    longer = edited(text, [SetValue("opds", path, Word("2026-11-22"), after=after)])
    keys = list(data(longer)[number])
    assert keys[keys.index(after) + 1 if after else -1] == "sejak"
    assert edited(longer, [RemoveKey("opds", path)]) in (text, with_end(text))


@settings(max_examples=40)
@given(registers(), st.data())
def test_a_key_is_taken_out_with_its_value_and_nothing_else(text: str, draw: st.DataObject) -> None:
    number = draw.draw(st.integers(0, len(data(text)) - 1))
    key = draw.draw(st.sampled_from(["code", "name", "users", "lans"]))
    wanted = data(text)
    del wanted[number][key]
    assert data(edited(text, [RemoveKey("opds", ("opds", number, key))])) == wanted


@settings(max_examples=40)
@given(registers(), st.data(), words)
def test_an_item_put_into_a_list_and_taken_out_again_leaves_no_trace(text: str, draw: st.DataObject, word: str) -> None:
    path = ("opds", draw.draw(st.integers(0, len(data(text)) - 1)), "lans")
    longer = edited(text, [Append("opds", path, Word(word, is_text=True))])
    assert edited(longer, [RemoveItem("opds", (*path, 2))]) in (text, with_end(text))


@settings(max_examples=40)
@given(registers(), st.data(), st.integers(0, 1))
def test_an_item_is_taken_out_and_nothing_else(text: str, draw: st.DataObject, index: int) -> None:
    path = ("opds", draw.draw(st.integers(0, len(data(text)) - 1)), "lans")
    wanted = data(text)
    del wanted[path[1]]["lans"][index]
    shorter = edited(text, [RemoveItem("opds", (*path, index))])
    assert data(shorter) == wanted
    with pytest.raises(UneditableError):
        edited(shorter, [RemoveItem("opds", (*path, 0))])


def test_a_list_of_records_is_written_a_line_each() -> None:
    entry: Tree = {"stage": Word("parallel"), "since": Word("2026-08-03")}
    text = "opds:\n  - code: a\n    stage: cutover\n    users: 4\n"
    after = edited(text, [SetValue("opds", ("opds", 0, "past"), [entry], after="stage")])
    assert after == text.replace("cutover\n", "cutover\n    past:\n      - {stage: parallel, since: 2026-08-03}\n")


@settings(max_examples=40)
@given(registers(), st.data())
def test_a_new_key_stays_inside_its_record(text: str, draw: st.DataObject) -> None:
    number = draw.draw(st.integers(0, len(data(text)) - 1))
    after = edited(text, [SetValue("opds", ("opds", number, "media"), Word("radio"))])
    wanted = data(text)
    wanted[number]["media"] = "radio"
    assert data(after) == wanted
    if "{code: o" + str(number) in text:
        assert len(text.splitlines()) == len(after.splitlines())
    else:
        assert [line.strip() for line in added(with_end(text), with_end(after))] == ["media: radio"]


@settings(max_examples=40)
@given(registers(), st.data())
def test_many_edits_at_once(text: str, draw: st.DataObject) -> None:
    edits: list[Edit] = []
    wanted = data(text)
    for number in draw.draw(st.permutations(range(len(wanted)))):
        edits += [
            SetValue("opds", ("opds", number, "users"), Word(str(100 + number))),
            SetValue("opds", ("opds", number, "x"), Word("1")),
            Append("opds", ("opds", number, "lans"), Word("c", is_text=True)),
        ]
        wanted[number] |= {"users": str(100 + number), "x": "1"}
        wanted[number]["lans"].append("c")
    assert data(edited(text, edits)) == wanted


def test_one_figure_in_a_real_file() -> None:
    after = edited(BANDWIDTH, [SetValue("bandwidth", ("bandwidth", 0, "requested"), Word("1,5 Gbps"))])
    assert after == BANDWIDTH.replace("requested: 100 Mbps", "requested: '1,5 Gbps'")


def test_a_block_record_and_a_flow_location() -> None:
    after = edited(
        OPDS,
        [
            SetValue("opds", ("opds", 0, "locations", 0, "existing_lans"), [Word("192.168.1.0/24")]),
            SetValue("opds", ("opds", 1, "locations", 0, "address"), Word("Jl. A, lt. 2", is_text=True)),
            Append("opds", ("opds", 0, "locations"), {"code": Word("ukm"), "name": Word("Gedung UKM", is_text=True)}),
        ],
    )
    assert [line for line in difflib.ndiff(OPDS.splitlines(), after.splitlines()) if line[0] in "+-"] == [
        '-       - {code: kantor, name: Kantor Dinkes, kind: office, address: "Jl. Rekaan No. 2"}',
        '+       - {code: kantor, name: Kantor Dinkes, kind: office, address: "Jl. Rekaan No. 2", '
        "existing_lans: [192.168.1.0/24]}",
        "+       - {code: ukm, name: Gedung UKM}",
        "+       address: Jl. A, lt. 2",
    ]


def test_empty_list_becomes_lines_and_keeps_its_comment() -> None:
    record: Tree = {
        "code": Word("a"),
        "name": Word("b"),
        "kind": Word("c"),
        "users": Word("1"),
        "x": Word("2"),
        "y": Word("3"),
    }
    after = edited("opds: []  # belum ada\n# ekor\n", [Append("opds", ("opds",), record)])
    assert (
        after
        == "opds:   # belum ada\n  - code: a\n    name: b\n    kind: c\n    users: 1\n    x: 2\n    y: 3\n# ekor\n"
    )
    assert edited("b: []", [Append("bandwidth", ("b",), {"opd": Word("a")})]) == "b:\n  - {opd: a}\n"


def test_what_cannot_be_edited_with_certainty_is_refused() -> None:
    alias = "a:\n  - &x {n: 1, p: {m: 1}}\n  - *x\n"
    with pytest.raises(UneditableError):
        edited(alias, [SetValue("opds", ("a", 1, "n"), Word("2"))])
    with pytest.raises(UneditableError):
        edited("a:\n  - n: |\n      dua\n      baris\n", [SetValue("opds", ("a", 0, "n"), Word("2"))])
    with pytest.raises(UneditableError):
        edited("", [Append("opds", ("opds",), Word("x"))])


def test_money_keeps_its_comment() -> None:
    after = edited(CIRCUITS, [SetValue("circuits", ("circuits", 1, "monthly_cost"), Word("Rp 4.000.000,50"))])
    assert "    monthly_cost: Rp 4.000.000,50   # belum termasuk PPN\n" in after
