# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole rollouts: who ends where, in the register, on the routers, in the ledger; and after a kill at any moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.rollout.request import Request
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout import steps
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.errors import RolloutError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.journal import Journal
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.letters import letter_text, letters
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.stage_file import StagedFile
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rollout.text import preview, summary

from .runs import DAY, Government, Routers, dies

BOTH = Request("parallel", ("dinkes", "disdik"))
PROVISIONED = {"dinkes": "provisioned", "disdik": "provisioned"}


@pytest.fixture
def government(tmp_path: Path) -> Government:
    return Government(tmp_path, PROVISIONED)


def states(run: Any) -> dict[str, str]:
    return {office.code: office.state for office in run.offices}


def test_all_goes_well(government: Government) -> None:
    run = government.run(BOTH)
    assert states(run) == {"disdik": "done", "dinkes": "done"}
    for code in PROVISIONED:
        assert (government.opd(code).stage, government.opd(code).stage_since) == ("parallel", DAY)
        assert government.routers.stages[f"rt-{code}"] == "parallel"
    assert [(record["device"], record["kind"]) for record in government.records()] == [
        ("opd:disdik", "begin"), ("opd:disdik", "end"), ("opd:dinkes", "begin"), ("opd:dinkes", "end"),
    ]  # fmt: skip
    assert government.texts() == government.untouched, "only opds.yml is written"
    assert government.run(BOTH).offices == [], "the same again has nothing to do"


def test_a_dry_run_writes_nothing(government: Government) -> None:
    before = (government.folder / "register" / "opds.yml").read_bytes()
    planned = government.rollout().plan(BOTH, DAY, dry=True)
    assert [[office.code for office in wave] for wave in planned.waves] == [["disdik"], ["dinkes"]]
    assert planned.known.register is not None
    told = preview(planned, planned.known.register, dry=True)
    assert "disdik       provisioned -> parallel  (rt-disdik)" in told
    assert (government.folder / "register" / "opds.yml").read_bytes() == before
    assert not government.state.root.exists() or not list(government.state.root.glob("rollout.json"))


def test_the_first_failure_goes_back_and_stops_the_next_wave(government: Government) -> None:
    before = (government.folder / "register" / "opds.yml").read_bytes()
    government.routers.broken["rt-disdik"] = "uji gagal"
    run = government.run(BOTH)
    assert states(run) == {"disdik": "failed", "dinkes": "waiting"}
    assert run.stopped
    assert (government.folder / "register" / "opds.yml").read_bytes() == before
    assert government.routers.stages == {"rt-disdik": "provisioned"}
    assert [record.get("outcome") for record in government.records()] == [None, "rolled_back"]
    known = government.rollout().known(DAY)
    assert known.register is not None
    told = summary(run, (), known.register)
    assert "GAGAL, dikembalikan" in told
    assert "rt-disdik: uji gagal" in told
    assert "Dihentikan: 1 OPD gagal" in told


def test_with_failures_allowed_the_others_go_on(tmp_path: Path) -> None:
    government = Government(tmp_path, PROVISIONED, allowed=1)
    government.routers.broken["rt-disdik"] = "uji gagal"
    assert states(government.run(BOTH)) == {"disdik": "failed", "dinkes": "done"}
    assert (government.opd("disdik").stage, government.opd("dinkes").stage) == ("provisioned", "parallel")


def test_a_router_that_cannot_be_brought_back_is_told_as_such(government: Government) -> None:
    government.routers.broken["rt-disdik"] = "mati"
    run = government.run(BOTH)
    assert states(run)["disdik"] == "stuck"
    assert government.opd("disdik").stage == "provisioned"
    assert "belum kembali: rt-disdik: mati" in run.offices[0].why
    assert government.records()[-1]["outcome"] == "failed"


def test_going_back_stays_in_the_register_even_when_the_router_does_not_follow(tmp_path: Path) -> None:
    government = Government(tmp_path, {"dinkes": "cutover"})
    government.routers.broken["rt-dinkes"] = "mati"
    run = government.run(Request("parallel", ("dinkes",), "jalur pusat sering putus"))
    assert states(run) == {"dinkes": "stuck"}
    assert government.opd("dinkes").stage == "parallel"
    assert government.records()[0]["reason"] == "jalur pusat sering putus"


def test_the_way_from_the_survey_to_the_end_of_the_subscription(tmp_path: Path) -> None:
    government = Government(tmp_path, {"dinkes": "surveyed"})
    only = ("dinkes",)
    for to in ("planned", "provisioned", "parallel"):
        assert states(government.run(Request(to, only))) == {"dinkes": "done"}, to  # type: ignore[arg-type]
    assert government.run(Request("accepted", only)).offices == []
    government.measure("dinkes/kantor", DAY, latency_ms=900)
    assert government.run(Request("accepted", only)).offices == []
    government.measure("dinkes/kantor", DAY + timedelta(days=1))
    day = DAY + timedelta(days=1)
    for to in ("accepted", "cutover"):
        assert states(government.run(Request(to, only), day)) == {"dinkes": "done"}, to  # type: ignore[arg-type]
    quiet = day + timedelta(days=14)
    assert government.run(Request("terminated", only), quiet - timedelta(days=1)).offices == []
    run = government.run(Request("terminated", only), quiet)
    assert states(run) == {"dinkes": "done"}
    known = government.rollout().known(quiet)
    assert known.register is not None
    (letter,) = letters(run, known.register, known.facts)
    assert (letter.cutover, letter.quiet_since) == (day, day), "the day of the cutover, not of this run"
    assert "PT Penyedia Rekaan B" in letter_text(letter, known.register, run)
    assert f"Surat diterima     : paling lambat {letter.latest}" in letter_text(letter, known.register, run)


def test_an_edited_test_is_no_evidence_and_an_older_one_does_not_take_its_place(tmp_path: Path) -> None:
    government = Government(tmp_path, {"dinkes": "parallel"})
    request = Request("accepted", ("dinkes",))

    def missing() -> str:
        decision = government.rollout().plan(request, DAY, dry=True).decision
        return " ".join(text for candidate in decision.waiting for text in candidate.missing)

    government.measure("dinkes/kantor", DAY - timedelta(days=2))
    assert missing() == ""
    failed = government.measure("dinkes/kantor", DAY - timedelta(days=1), latency_ms=900)
    assert "tidak lulus uji terima" in missing()
    bad = failed.read_text()
    failed.write_text(bad.replace("900", "9"))
    told = missing()
    assert f"dinkes/kantor: measurements/dinkes/kantor/{failed.name} berbeda dari yang tercatat" in told
    assert "kembalikan dari git" in told
    failed.unlink()
    assert "berkasnya tidak ada" in missing(), "a test that was not passed cannot be taken away"
    failed.write_text(bad)
    assert "tidak lulus uji terima" in missing()
    failed.write_text("{}")
    government.measure("dinkes/kantor", DAY)
    assert missing() == "", "measured anew"
    book = government.folder / "measurements" / "ledger.jsonl"
    book.write_bytes(book.read_bytes().replace(b"tina", b"dina", 1))
    assert "buku bukti pengukuran" in missing()
    assert "playbooks/evidence.yml" in missing()


def test_a_test_dated_tomorrow_counts_for_nothing_and_hides_none(tmp_path: Path) -> None:
    government = Government(tmp_path, {"dinkes": "parallel"})
    government.measure("dinkes/kantor", DAY + timedelta(days=200))
    known = government.rollout().known(DAY)
    assert "dinkes/kantor" not in known.facts.measured
    assert any("sesudah hari ini" in note for note in known.notes)
    assert government.run(Request("accepted", ("dinkes",))).offices == []
    government.measure("dinkes/kantor", DAY, latency_ms=900)
    measured = government.rollout().known(DAY).facts.measured["dinkes/kantor"]
    assert (measured.day, measured.passed) == (DAY, False)


def test_who_has_no_router_yet_moves_in_the_register_alone(tmp_path: Path) -> None:
    government = Government(tmp_path, {"dinkes": "surveyed"})
    government.run(Request("planned", ("dinkes",)))
    assert government.opd("dinkes").stage == "planned"
    assert government.routers.stages == {}


def test_what_a_drift_check_found_by_hand_is_not_overwritten(government: Government) -> None:
    ended = "2026-06-15T03:00:00+00:00"
    report = {"ended": ended, "hosts": {"rt-dinkes": {"state": "drift"}, "rt-disdik": {"state": "in_sync"}}}
    government.drift_report.write_text(json.dumps(report))
    planned = government.rollout().plan(BOTH, DAY, dry=True)
    assert [office.code for wave in planned.waves for office in wave] == ["disdik"]
    assert "menyimpang" in planned.decision.waiting[0].missing[0]


def test_a_second_rollout_beside_a_living_one_is_refused(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    government.rollout().plan(BOTH, DAY, dry=False)
    monkeypatch.setattr(steps, "OWNER", "proses lain")
    with pytest.raises(RolloutError, match="sedang berjalan"):
        government.rollout().plan(BOTH, DAY, dry=False)
    with pytest.raises(RolloutError, match="milik rollout lain"):
        government.rollout().begin(["rt-disdik"])


class KilledError(BaseException):
    """The process is gone."""


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[list[int]]:
    """Die before the n-th effect (journal, ledger, register, router); the list counts them.

    To die after one is to die before the next: nothing is written between them.
    """
    count = [0]

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == number:
                raise KilledError
            return act(*arguments, **named)

        return wrapped

    with monkeypatch.context() as patch:
        for owner, name in ((Journal, "save"), (Ledger, "append"), (StagedFile, "write"), (Routers, "configure")):
            patch.setattr(owner, name, counted(getattr(owner, name)))
        yield count


def effects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: dict[str, str]) -> int:
    government = Government(tmp_path / "count", PROVISIONED, allowed=1)
    government.routers.broken = broken
    with killed(monkeypatch, 0) as count:
        government.run(BOTH)
    return count[0]


def test_killed_at_any_moment_the_same_command_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two offices the first one fails and goes back, the second one succeeds."""
    broken = {"rt-disdik": "uji gagal"}
    total = effects(tmp_path, monkeypatch, broken)
    assert total > 10
    for number in range(1, total + 1):
        (tmp_path / str(number)).mkdir()
        government = Government(tmp_path / str(number), PROVISIONED, allowed=1)
        government.routers.broken = broken
        with killed(monkeypatch, number), pytest.raises(KilledError):
            government.run(BOTH)
        with monkeypatch.context() as patch:
            dies(patch)
            run = government.run(BOTH)
        assert states(run) == {"disdik": "failed", "dinkes": "done"}, number
        assert government.opd("dinkes").stage == "parallel"
        assert government.opd("disdik").stage == "provisioned"
        assert all(government.opd(name[3:]).stage == stage for name, stage in government.routers.stages.items())
        assert set(government.routers.stages) == {"rt-dinkes", "rt-disdik"}
        assert government.texts() == government.untouched
        once_each(government)


def once_each(government: Government) -> None:
    """Every step of every office stands in the ledger once, with its end."""
    kinds: dict[str, list[str]] = {}
    for record in government.records():
        kinds.setdefault(record["transaction"], []).append(record["kind"])
    assert list(kinds.values()) == [["begin", "end"]] * 2


def test_another_command_after_a_kill_finishes_what_was_in_hand_first(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed(monkeypatch, 5), pytest.raises(KilledError):
        government.run(BOTH)
    assert government.opd("disdik").stage == "parallel"
    dies(monkeypatch)
    run = government.run(Request("accepted", ("dinkes",)))
    assert states(run) == {"disdik": "done"}
    assert government.routers.stages == {"rt-disdik": "parallel"}


def test_a_day_passes_between_the_kill_and_the_next_run(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed(monkeypatch, 5), pytest.raises(KilledError):
        government.run(BOTH)
    dies(monkeypatch)
    government.run(BOTH, DAY + timedelta(days=1))
    assert government.opd("disdik").stage_since == DAY + timedelta(days=1), "since the day on which it was reached"


def test_a_damaged_journal_is_told_and_nothing_is_done(government: Government) -> None:
    government.state.root.mkdir(parents=True)
    (government.state.root / "rollout.json").write_text("{}")
    with pytest.raises(RolloutError, match="rusak"):
        government.rollout().plan(BOTH, date(2026, 6, 15), dry=False)
