# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger: whatever is changed in it is found, and whatever kills a writer loses nothing."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence import ledger as ledger_module
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.entry import Entry
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.head import Head
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger, Paths
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import Anchor, check

GOVERNMENT = "kab-uji"
KEY = b"kunci yang tidak di disk"


def filled(folder: Path, count: int = 6, key: bytes | None = None) -> Ledger:
    ledger = Ledger(folder, GOVERNMENT, key)
    for number in range(count):
        ledger.append({"kind": "begin", "device": f"rt-{number}", "diff": "- a\n+ b é\u2028", "n": number})
    return ledger


def found(folder: Path, key: bytes | None = None) -> list[str]:
    return [str(problem) for problem in check(folder, GOVERNMENT, key).problems]


def lines(folder: Path) -> list[bytes]:
    return Paths(folder).ledger.read_bytes().splitlines(keepends=True)


def test_an_untouched_ledger_is_valid_and_complete(tmp_path: Path) -> None:
    filled(tmp_path)
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    assert not result.notices
    assert [entry.record["n"] for entry in result.entries] == list(range(6))
    assert [entry.seq for entry in result.entries] == list(range(1, 7))
    assert result.head == Head(6, result.entries[-1].hash)
    assert oct(Paths(tmp_path).ledger.stat().st_mode)[-3:] == "600"


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert check(tmp_path / "nothing", GOVERNMENT).valid


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    folder = tmp_path_factory.mktemp("good")
    filled(folder)
    return Paths(folder).ledger.read_bytes(), Paths(folder).head.read_bytes()


def damaged(folder: Path, good: tuple[bytes, bytes], content: bytes) -> list[str]:
    Paths(folder).ledger.write_bytes(content)
    Paths(folder).head.write_bytes(good[1])
    return found(folder)


anywhere = settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@anywhere
@given(data=st.data())
def test_any_single_byte_edit_is_found_at_its_line(tmp_path: Path, good: tuple[bytes, bytes], data: Any) -> None:
    content = good[0]
    at = data.draw(st.integers(0, len(content) - 1))
    how = data.draw(st.sampled_from(["replace", "insert", "delete"]))
    byte = bytes([data.draw(st.integers(0, 255))])
    changed = content[:at] + (b"" if how == "delete" else byte) + content[at + (how != "insert") :]
    if changed == content:
        return
    problems = damaged(tmp_path, good, changed)
    line = content[:at].count(b"\n") + 1
    assert problems
    # A byte put right behind a line end, or a line end itself, may as well be blamed on the neighbour.
    assert any(text.startswith((f"baris {line}:", f"baris {line + 1}:")) for text in problems) or line == 6


@anywhere
@given(data=st.data())
def test_any_removal_swap_repetition_or_cut_is_found(tmp_path: Path, good: tuple[bytes, bytes], data: Any) -> None:
    rows = good[0].splitlines(keepends=True)
    how = data.draw(st.sampled_from(["remove", "swap", "repeat", "cut", "rotate"]))
    first = data.draw(st.integers(0, len(rows) - 1))
    second = data.draw(st.integers(0, len(rows) - 1).filter(lambda n: n != first))
    changed = list(rows)
    match how:
        case "remove":
            del changed[first]
        case "swap":
            changed[first], changed[second] = changed[second], changed[first]
        case "repeat":
            changed.insert(second, rows[first])
        case "cut":
            del changed[first:]
        case "rotate":
            changed = changed[first:] + changed[:first]
    if changed == rows:
        return
    assert damaged(tmp_path, good, b"".join(changed))


@anywhere
@given(at=st.integers(0, 90), byte=st.integers(0, 255))
def test_any_edit_of_the_anchor_is_found(tmp_path: Path, good: tuple[bytes, bytes], at: int, byte: int) -> None:
    content, head = good
    at = min(at, len(head) - 1)
    changed = head[:at] + bytes([byte]) + head[at + 1 :]
    if changed != head:
        assert damaged(tmp_path, (content, changed), content)


def test_the_line_is_named(tmp_path: Path, good: tuple[bytes, bytes]) -> None:
    rows = good[0].splitlines(keepends=True)
    edited = [*rows[:2], rows[2].replace(b"rt-2", b"rt-9"), *rows[3:]]
    assert damaged(tmp_path, good, b"".join(edited)) == ["baris 3: isi catatan 3 tidak cocok dengan sidiknya"]
    removed = damaged(tmp_path, good, b"".join([*rows[:2], *rows[3:]]))
    assert removed == ["baris 3: catatan 3 hilang di depannya, atau urutannya diubah"]
    cut = damaged(tmp_path, good, b"".join(rows[:4]))
    assert cut == ["catatan 5 sampai 6 hilang dari akhir buku bukti"]


def test_a_deleted_anchor_or_ledger_is_found(tmp_path: Path) -> None:
    filled(tmp_path)
    head = Paths(tmp_path).head.read_bytes()
    Paths(tmp_path).head.unlink()
    assert found(tmp_path) == ["jangkar hilang, padahal buku bukti sampai di catatan 6"]
    Paths(tmp_path).head.write_bytes(head)
    Paths(tmp_path).ledger.unlink()
    assert found(tmp_path) == ["catatan 1 sampai 6 hilang dari akhir buku bukti"]
    with pytest.raises(EvidenceError, match="kosong, padahal"):
        Ledger(tmp_path, GOVERNMENT).append({"kind": "begin"})


def test_another_governments_ledger_does_not_fit(tmp_path: Path) -> None:
    filled(tmp_path)
    problems = check(tmp_path, "kab-lain").problems
    assert [problem.line for problem in problems] == [1]


def test_a_rewritten_chain_is_found_by_an_anchor_from_elsewhere(tmp_path: Path) -> None:
    noted = filled(tmp_path / "a").head()
    assert noted is not None
    other = Ledger(tmp_path / "b", GOVERNMENT)
    for number in range(8):
        other.append({"kind": "begin", "device": "palsu", "n": number})
    assert check(tmp_path / "b", GOVERNMENT).valid
    anchor = Anchor(Head.of_text(str(noted)), "ringkasan 3 November")
    assert check(tmp_path / "a", GOVERNMENT, anchors=[anchor]).valid
    (problem,) = check(tmp_path / "b", GOVERNMENT, anchors=[anchor]).problems
    assert "ringkasan 3 November" in str(problem)
    with pytest.raises(EvidenceError):
        Head.of_text("6:abc")


def test_with_a_key_nobody_without_it_can_rewrite(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    filled(tmp_path, 3, KEY)  # the key was introduced later
    assert check(tmp_path, GOVERNMENT, KEY).valid
    assert check(tmp_path, GOVERNMENT).valid  # without it the chain still holds
    assert "disegel" in check(tmp_path, GOVERNMENT).notices[0]
    assert found(tmp_path, b"kunci lain")
    Ledger(tmp_path, GOVERNMENT).append({"kind": "begin"})  # somebody without the key
    assert len(found(tmp_path, KEY)) == 2
    assert found(tmp_path)


def test_a_torn_line_is_put_aside_and_told(tmp_path: Path) -> None:
    ledger = filled(tmp_path, 3)
    whole = Paths(tmp_path).ledger.read_bytes()
    fragment = Entry.make(4, "0" * 64, {"kind": "begin"}, None).line()[:57]
    Paths(tmp_path).ledger.write_bytes(whole + fragment)
    assert found(tmp_path) == ["baris 4: terpotong di tengah; catatan berikutnya akan menyisihkannya"]
    ledger.append({"kind": "begin", "device": "rt-4"})
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    torn, after = result.entries[3:]
    assert torn.record["kind"] == "torn"
    assert (tmp_path / torn.record["file"]).read_bytes() == fragment
    assert after.record["device"] == "rt-4"


def test_a_torn_first_line(tmp_path: Path) -> None:
    tmp_path.joinpath("ledger.jsonl").write_bytes(b'{"hash":"12')
    Ledger(tmp_path, GOVERNMENT).append({"kind": "begin"})
    result = check(tmp_path, GOVERNMENT)
    assert [entry.record["kind"] for entry in result.entries] == ["torn", "begin"]
    assert result.valid


def test_a_tail_cut_off_is_not_taken_for_a_torn_line(tmp_path: Path) -> None:
    ledger = filled(tmp_path, 3)
    content = Paths(tmp_path).ledger.read_bytes()
    for cut in (10, len(content) - len(lines(tmp_path)[0]) - 5):
        Paths(tmp_path).ledger.write_bytes(content[:-cut])
        with pytest.raises(EvidenceError, match="jangkarnya menyebut catatan 3"):
            ledger.append({"kind": "begin"})
        assert Paths(tmp_path).ledger.read_bytes() == content[:-cut]


def test_killed_between_entry_and_anchor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = filled(tmp_path, 2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger_module.Head, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        ledger.append({"kind": "begin", "device": "x"})
    monkeypatch.undo()
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    assert "belum dijangkarkan" in result.notices[0]
    ledger.append({"kind": "end"})
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    assert not result.notices
    assert [entry.seq for entry in result.entries] == [1, 2, 3, 4]


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = filled(tmp_path, 2)
    before = Paths(tmp_path).ledger.read_bytes()
    real = os.write
    calls = []

    def full(handle: int, data: Any) -> int:
        calls.append(1)
        if len(calls) == 1:
            return real(handle, bytes(data)[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ledger_module.os, "write", full)
    with pytest.raises(EvidenceError, match="tidak dapat ditulis"):
        ledger.append({"kind": "begin"})
    monkeypatch.undo()
    assert Paths(tmp_path).ledger.read_bytes() == before
    ledger.append({"kind": "begin"})
    assert check(tmp_path, GOVERNMENT).valid


def test_an_edited_end_stops_the_next_change(tmp_path: Path) -> None:
    ledger = filled(tmp_path, 3)
    path = Paths(tmp_path).ledger
    path.write_bytes(path.read_bytes().replace(b"rt-2", b"rt-7"))
    with pytest.raises(EvidenceError, match="tidak cocok dengan sidiknya"):
        ledger.append({"kind": "begin"})
    with pytest.raises(EvidenceError):
        ledger.check_writable()


def test_a_damaged_ledger_is_replaced_and_kept(tmp_path: Path) -> None:
    ledger = filled(tmp_path, 3)
    path = Paths(tmp_path).ledger
    path.write_bytes(path.read_bytes().replace(b"rt-2", b"rt-7"))
    broken = path.read_bytes()
    aside = ledger.replace_damaged("budi@ctl", "disk rusak", found(tmp_path))
    assert aside.read_bytes() == broken
    ledger.append({"kind": "begin"})
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    former = result.entries[0].record["former"]
    assert former["file"] == aside.name
    assert former["problems"] == ["baris 3: isi catatan 3 tidak cocok dengan sidiknya"]
    assert former["anchor"]


def _append_many(folder: Path, name: str, count: int) -> None:
    ledger = Ledger(folder, GOVERNMENT)
    for number in range(count):
        ledger.append({"kind": "begin", "device": name, "n": number})


def test_many_processes_append_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_append_many, args=(tmp_path, f"rt-{n}", 5)) for n in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    result = check(tmp_path, GOVERNMENT)
    assert result.valid
    assert len(result.entries) == 100
    for name in {entry.record["device"] for entry in result.entries}:
        assert [entry.record["n"] for entry in result.entries if entry.record["device"] == name] == list(range(5))


def test_a_long_record_is_read_back_from_the_end(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, GOVERNMENT)
    for size in (200_000, 65_536, 10, 300_000):
        ledger.append({"kind": "begin", "patch": "x" * size})
    assert check(tmp_path, GOVERNMENT).valid


def test_every_line_is_json_that_other_tools_read(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    assert [json.loads(line)["seq"] for line in lines(tmp_path)] == [1, 2]
