# SPDX-License-Identifier: GPL-3.0-or-later
"""Acceptance tests and their ledger: what was edited, removed or slipped in is named, also in a clone elsewhere."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.measurements import MeasurementLedger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.table import render_measurements
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement

DAY = datetime(2026, 11, 22, 3, tzinfo=UTC)


def keep(folder: Path, location: str = "dinkes/kantor", days: int = 0, key: bytes | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    found = Measurement(location, "central", DAY + timedelta(days=days), latency_ms=12.0)
    return MeasurementLedger(folder, "uji", key).keep(found, "tina@kendali", "Asia/Makassar", "027/1")


def faults(folder: Path, key: bytes | None = None) -> dict[str, str]:
    return {one.file: one.fault for one in MeasurementLedger(folder, "uji", key).check().doubtful}


def test_what_was_measured_is_recorded_with_its_digest(tmp_path: Path) -> None:
    path = keep(tmp_path)
    checked = MeasurementLedger(tmp_path, "uji").check()
    assert checked.valid
    assert checked.trusted == {"measurements/dinkes/kantor/20261122T030000Z-central.json"}
    (entry,) = checked.chain.entries
    assert (entry.record["actor"], entry.record["ticket"]) == ("tina@kendali", "027/1")
    assert entry.record["local"].endswith("+08:00")
    assert "utuh, 1 hasil diperiksa" in render_measurements(checked)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_clone_on_another_controller_checks_the_same(tmp_path: Path) -> None:
    keep(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=shutil.ignore_patterns("*.lock"))
    assert MeasurementLedger(tmp_path / "b", "uji").check().valid
    keep(tmp_path / "b", days=1)
    assert len(MeasurementLedger(tmp_path / "b", "uji").check().trusted) == 2
    assert not MeasurementLedger(tmp_path / "b", "lain").check().valid, "another government's ledger"


def test_edited_removed_and_slipped_in_are_named_with_what_to_do(tmp_path: Path) -> None:
    edited, removed, good = keep(tmp_path), keep(tmp_path, days=1), keep(tmp_path, days=2)
    edited.write_text(edited.read_text().replace("12.0", "11.0"))
    slipped = good.with_name("20261130T030000Z-central.json")
    shutil.copy(good, slipped)
    removed.unlink()
    assert faults(tmp_path) == {
        f"measurements/dinkes/kantor/{edited.name}": "edited",
        f"measurements/dinkes/kantor/{removed.name}": "removed",
        f"measurements/dinkes/kantor/{slipped.name}": "unrecorded",
    }
    checked = MeasurementLedger(tmp_path, "uji").check()
    told = render_measurements(checked)
    assert "RUSAK, 3 masalah" in told
    assert f"{edited.name} berbeda dari yang tercatat" in told
    assert "ukur lagi dengan playbooks/accept.yml" in told
    assert checked.trusted == {f"measurements/dinkes/kantor/{good.name}"}


def test_a_second_entry_does_not_make_an_edited_file_good(tmp_path: Path) -> None:
    path = keep(tmp_path)
    content = path.read_bytes()
    path.unlink()
    keep(tmp_path)  # measured within the same second, or made so
    assert path.read_bytes() == content
    path.write_text(path.read_text().replace("12.0", "9.0"))
    forged = MeasurementLedger(tmp_path, "uji")
    found = Measurement("dinkes/kantor", "central", DAY, latency_ms=9.0)
    path.unlink()
    forged.keep(found, "x@y", "Asia/Makassar")
    assert list(faults(tmp_path).values()) == ["edited"]


def test_a_reason_settles_it_and_makes_no_evidence_of_it(tmp_path: Path) -> None:
    path = keep(tmp_path)
    path.unlink()
    ledger = MeasurementLedger(tmp_path, "uji")
    ledger.settle(ledger.check().open, "tina@kendali", "disk rusak, berita acara 12")
    checked = ledger.check()
    assert (checked.valid, checked.sentences(), len(checked.doubtful), checked.trusted) == (True, [], 1, frozenset())
    assert "1 hasil tidak dihitung" in render_measurements(checked)
    path.write_text("{}")
    assert not ledger.check().valid, "what happens to the file afterwards is something new"


def test_a_ledger_that_was_cut_or_edited_trusts_nothing(tmp_path: Path) -> None:
    keep(tmp_path)
    keep(tmp_path, days=1)
    book = tmp_path / "measurements" / "ledger.jsonl"
    whole = book.read_bytes()
    for damaged in (whole.splitlines(keepends=True)[0], whole.replace(b"tina", b"dina", 1), whole[:-9]):
        book.write_bytes(damaged)
        checked = MeasurementLedger(tmp_path, "uji").check()
        assert not checked.valid
        assert checked.trusted == frozenset()
        assert "Kembalikan buku ini dari git" in render_measurements(checked)
    book.write_bytes(whole)
    assert MeasurementLedger(tmp_path, "uji").check().valid


def test_with_a_key_a_ledger_written_anew_is_found(tmp_path: Path) -> None:
    keep(tmp_path / "a", key=b"rahasia dari vault")
    assert MeasurementLedger(tmp_path / "a", "uji", b"rahasia dari vault").check().valid
    keep(tmp_path / "b")
    assert not MeasurementLedger(tmp_path / "b", "uji", b"rahasia dari vault").check().valid


def test_what_cannot_be_recorded_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = MeasurementLedger(tmp_path, "uji")

    def full(_record: object) -> None:
        raise EvidenceError("penuh")

    monkeypatch.setattr(ledger._ledger, "append", full)
    with pytest.raises(EvidenceError):
        ledger.keep(Measurement("dinkes/kantor", "central", DAY), "tina@kendali", "Asia/Makassar")
    assert list(tmp_path.glob("measurements/*/*/*.json")) == []
    book = tmp_path / "measurements" / "ledger.jsonl"
    book.write_text("bukan buku\n")
    with pytest.raises(EvidenceError, match="periksa"):
        MeasurementLedger(tmp_path, "uji").prepare()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["edit", "remove", "leave"]), min_size=1, max_size=5), st.booleans())
def test_whatever_is_done_to_the_files_just_that_is_found(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str], slip: bool
) -> None:
    folder = tmp_path_factory.mktemp("gov")
    wanted = {}
    for number, deed in enumerate(deeds):
        path = keep(folder, f"opd{number}/kantor")
        name = path.relative_to(folder).as_posix()
        if deed == "edit":
            path.write_bytes(path.read_bytes() + b" ")
            wanted[name] = "edited"
        elif deed == "remove":
            path.unlink()
            wanted[name] = "removed"
    if slip:
        other = folder / "measurements" / "lain" / "kantor"
        other.mkdir(parents=True)
        (other / "20261122T030000Z-central.json").write_text("{}")
        wanted["measurements/lain/kantor/20261122T030000Z-central.json"] = "unrecorded"
    checked = MeasurementLedger(folder, "uji").check()
    assert {one.file: one.fault for one in checked.doubtful} == wanted
    assert checked.valid is (not wanted)
    assert len(checked.trusted) == deeds.count("leave")
