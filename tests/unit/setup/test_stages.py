# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner of all tests: what it counts, what waits for what, and that only what ran and passed looks good."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
sys.path.insert(0, str(SCRIPTS))

import idle  # noqa: E402
import jobs  # noqa: E402
import stages  # noqa: E402
from stages import Stage  # noqa: E402


@pytest.fixture
def test_script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``scripts/test`` as a module."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("terpusat_script_test", str(SCRIPTS / "test"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-S", "-c", code, *arguments)


def says(line: str) -> tuple[str, ...]:
    return python(f"print({line!r})")


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("3 passed in 0.12s", {"passed": 3}),
        ("==== 3 passed, 1 skipped, 2 warnings in 61.00s (0:01:01) ====", {"passed": 3, "skipped": 1, "warnings": 2}),
        ("1 failed, 2 passed, 1 error in 3.04s", {"failed": 1, "passed": 2, "error": 1}),
        ("2 errors in 1.10s", {"error": 2}),
        ("\x1b[32m\x1b[1m5 passed\x1b[0m\x1b[32m in 0.01s\x1b[0m", {"passed": 5}),
        ("ok: [3 passed in the log]", {}),
        ("no tests ran in 0.01s", {}),
    ],
)
def test_pytest_closing_lines_are_counted_and_nothing_else(line: str, counts: dict[str, int]) -> None:
    assert dict(jobs.counted(line)) == counts


@pytest.mark.parametrize("share", [None, 1.0])
def test_a_failure_ends_it_and_what_did_not_run_is_named(
    share: float | None, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = {"a": says("4 passed in 0.10s"), "b": python("raise SystemExit(7)"), "c": says("never")}
    after = {"a": (), "b": ("a",), "c": ("b",)}
    planned = [Stage(key, key, (command,), share, after[key]) for key, command in commands.items()]
    done = stages.run(planned, "make test")
    out = capfd.readouterr().out
    assert [(o.stage.key, o.code, o.whole) for o in done] == [("a", 0, True), ("b", 7, False)]
    assert done[0].counts["passed"] == 4
    assert "\nnever\n" not in out
    assert "berakhir dengan kode 7" in out
    assert "tidak dijalankan" in stages.table(done, planned)


def test_a_pool_counts_all_and_shows_each_output_in_one_piece(capfd: pytest.CaptureFixture[str]) -> None:
    chatter = "import sys, time\nfor n in range(4): print(sys.argv[1], n, flush=True); time.sleep(0.05)"
    talk = Stage("talk", "talk", (python(chatter, "one"), python(chatter, "two")), 0.5)
    count = Stage("count", "count", (says("1 passed in 0.1s"), says("2 passed, 1 skipped in 0.1s")), 0.5)
    done = stages.run([talk, count], "make test")
    out = capfd.readouterr().out
    assert all(outcome.whole for outcome in done)
    assert sum((o.counts for o in done), Counter()) == {"passed": 3, "skipped": 1}
    for name in ("one", "two"):
        assert "".join(f"{name} {n}\n" for n in range(4)) in out


def test_what_waits_for_a_stage_starts_when_all_of_it_has_ended(tmp_path: Path) -> None:
    slow = python("import sys, time; time.sleep(0.4); open(sys.argv[1], 'w').close()", str(tmp_path / "done"))
    look = python("import os, sys; sys.exit(not os.path.exists(sys.argv[1]))", str(tmp_path / "done"))
    first, then = Stage("first", "first", (says("x"), slow), 0.5), Stage("then", "then", (look,), 0.5, ("first",))
    assert [o.whole for o in stages.run([then, first], "make test")] == [True, True]
    # Asked for alone, it does not wait for what is not asked for.
    assert [o.whole for o in stages.run([then], "make test")] == [True]


def test_no_more_runs_at_a_time_than_the_cores_have_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "CAPACITY", 2.0)
    monkeypatch.setattr(stages.Idle, "share", lambda _: 1.0)
    # Each says when it began and ended; names sort the end of one before the beginning of the next.
    code = (
        "import pathlib, sys, time\n"
        "mark = lambda word: open(sys.argv[1], 'a').write(f'{time.monotonic()} {word} {sys.argv[2]}\\n')\n"
        "mark('begin'); time.sleep(0.3); mark('end')"
    )
    log = tmp_path / "log"
    whole = Stage("whole", "whole", tuple(python(code, str(log), f"1.0 {n}") for n in range(3)), 1.0)
    half = Stage("half", "half", tuple(python(code, str(log), f"0.5 {n}") for n in range(3)), 0.5)
    done = stages.run([half, whole], "make test")
    assert [o.good for o in done] == [3, 3]
    running = most = 0.0
    for _, word, share, _ in sorted(line.split() for line in log.read_text().splitlines()):
        running += float(share) if word == "begin" else -float(share)
        most = max(most, running)
    assert running == 0
    assert 1 < most <= 2


@pytest.mark.parametrize(("lying_idle", "most"), [(0.0, 2), (0.5, 4)])
def test_a_busy_machine_gets_no_more_than_one_command_a_core(
    lying_idle: float, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "CAPACITY", 4.0)
    monkeypatch.setattr(stages, "CORES", 2)
    monkeypatch.setattr(stages.Idle, "share", lambda _: lying_idle)
    # Each goes on until as many as shall run together have begun, or until a while has shown that no other comes.
    code = (
        "import pathlib, sys, time\n"
        "folder, most = pathlib.Path(sys.argv[1]), int(sys.argv[2])\n"
        "(folder / sys.argv[3]).touch()\n"
        "end = time.monotonic() + (30 if most > 2 else 1)\n"
        "while len(list(folder.iterdir())) < most and time.monotonic() < end: time.sleep(0.05)\n"
        "print(len(list(folder.iterdir())))\n"
        "time.sleep(0.5 if most == 2 else 0)"
    )
    commands = tuple(python(code, str(tmp_path), str(most), str(n)) for n in range(4))
    (outcome,) = stages.run([Stage("x", "x", commands[: max(most, 3)], 1.0)], "make test")
    assert outcome.whole
    begun = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime)
    if lying_idle:
        assert len(begun) == most
    else:
        # The third came when one of the first two had ended: half a second after both had begun.
        assert begun[2].stat().st_mtime - begun[1].stat().st_mtime >= 0.4


def test_idle_is_what_the_kernel_counts_between_two_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = tmp_path / "stat"
    monkeypatch.setattr(idle, "_STAT", stat)
    # user nice system idle iowait irq softirq steal guest guest_nice
    stat.write_text("cpu  100 0 100 500 10 0 0 5 50 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n")
    look = idle.Idle(0.0)
    stat.write_text("cpu  140 10 110 525 15 0 0 15 90 0\n")
    assert look.share() == pytest.approx(40 / 100)  # idle, waiting for disks, and what gives way
    assert look.share() == 0.0
    assert idle.Idle(600.0).share() is None


def test_one_failure_in_a_pool_lets_what_runs_end_and_starts_nothing_more(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stages, "CAPACITY", 2.0)
    pid = str(tmp_path / "pid")
    write = "import os, sys; open(sys.argv[1] + '.new', 'w').write(str(os.getpid())); "
    move = "os.rename(sys.argv[1] + '.new', sys.argv[1]); print('1 failed in 0.1s'); sys.exit(1)"
    fails = python(write + move, pid)
    # It ends only when the runner has seen the other's end.
    code = (
        "import os, sys, time\n"
        "while not os.path.exists(sys.argv[1]): time.sleep(0.05)\n"
        "while os.path.exists('/proc/' + open(sys.argv[1]).read()): time.sleep(0.05)\n"
        "print('3 passed in 1.0s')"
    )
    waits = python(code, pid)
    planned = [
        Stage("x", "x", (fails, waits, says("late"), says("later")), 1.0),
        Stage("y", "y", (says("never"),), 1.0),
    ]
    (outcome,) = stages.run(planned, "make test")
    out = capfd.readouterr().out
    assert (outcome.code, outcome.good, outcome.whole) == (1, 1, False)
    assert outcome.counts == {"failed": 1, "passed": 3}
    assert outcome.failures == [(fails, "1 failed in 0.1s")]
    assert "\nlate\n" not in out
    assert "\nnever\n" not in out
    assert "2 perintah tidak dijalankan" in stages.table([outcome], planned)


def test_a_command_that_is_killed_has_failed() -> None:
    (outcome,) = stages.run([Stage("x", "x", (python("import os; os.kill(os.getpid(), 9)"),), 0.5)], "make test")
    assert (outcome.code, outcome.whole) == (-9, False)


@pytest.mark.parametrize("share", [None, 0.5])
def test_a_missing_command_is_a_failure_with_advice(share: float | None, capfd: pytest.CaptureFixture[str]) -> None:
    (done,) = stages.run([Stage("x", "x", (("no-such-command-here",),), share)], "make test")
    assert (done.code, done.whole) == (127, False)
    assert "make setup" in capfd.readouterr().out


def test_one_command_of_a_stage_can_be_repeated_by_the_word_that_is_told() -> None:
    planned = [Stage("a", "a", (("x", "1 2"), ("x", "3"))), Stage("b", "b", (("y", "1 2"),))]
    assert stages.chosen(planned, ["b", "a"]) == planned
    assert stages.again(planned[0], ("x", "1 2")) == "'a:1 2'"
    assert [stage.commands for stage in stages.chosen(planned, ["a:1 2"])] == [(("x", "1 2"),)]
    assert stages.again(planned[1], ("y", "1 2")) == "b"
    for word in ("c", "a:4", "", "b:"):
        with pytest.raises(LookupError):
            stages.chosen(planned, [word])


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_share_that_would_never_or_always_fit_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Stage("x", "x", (), share)


@pytest.mark.parametrize(
    ("planned", "last", "code"),
    [
        ([Stage("a", "a", (says("2 passed in 0.1s"),), 1.0)], "2 passed, 0 failed, 0 skipped", 0),
        (
            [Stage("a", "a", (says("2 passed in 0.1s"), python("raise SystemExit(1)")))],
            "2 passed, 1 failed, 0 skipped",
            1,
        ),
        # The exit code says good, the text does not.
        ([Stage("a", "a", (says("2 passed, 3 failed in 0.1s"),), 1.0)], "2 passed, 3 failed, 0 skipped", 1),
        # Each waits for the other: neither ever ran.
        (
            [Stage("a", "a", (says("1 passed in 0.1s"),), 1.0, ("b",)), Stage("b", "b", (says("x"),), 1.0, ("a",))],
            "0 passed, 1 failed, 0 skipped",
            1,
        ),
    ],
    ids=["good", "code", "counts", "never ran"],
)
def test_the_last_line_has_the_totals(
    test_script: ModuleType,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    planned: list[Stage],
    last: str,
    code: int,
) -> None:
    monkeypatch.setattr(test_script, "all_stages", lambda: planned)
    monkeypatch.setattr(test_script, "ROOT", tmp_path)
    assert test_script.main([]) == code
    out = capfd.readouterr().out
    assert out.splitlines()[-1] == last
    if "berakhir dengan kode" in out:
        assert "Ulangi hanya itu: .venv/bin/python scripts/test 'a:raise SystemExit(1)'" in out


def test_every_folder_of_tests_has_its_turn(test_script: ModuleType) -> None:
    root = SCRIPTS.parent
    words = {argument for stage in test_script.all_stages() for command in stage.commands for argument in command}
    folders = {path.parent.relative_to(root) for path in (root / "tests").glob("**/test_*.py")}
    for folder in folders:
        files = {str(path.relative_to(root)) for path in (root / folder).glob("test_*.py")}
        assert files <= words or words & {str(folder), *(str(parent) for parent in folder.parents)}, folder
    scenarios = {path.parent.name for path in (root / "molecule").glob("*/tests")}
    assert scenarios <= words


def test_every_test_in_the_lab_is_run_by_one_stage(test_script: ModuleType) -> None:
    """By its marks, as pytest understands ``-m``; the small labs have a stage of their own."""
    commands = [c for stage in test_script.all_stages() for c in stage.commands if "tests/lab" in c]
    for beside in (True, False):
        for walk in (True, False):
            marks = {"beside": beside, "walk": walk, "slow": True}
            taken = [c for c in commands if eval(c[c.index("-m", 3) + 1], {}, marks)]
            assert len(taken) == 1, (marks, taken)
    own = [c for stage in test_script.all_stages() for c in stage.commands if test_script.LIFECYCLE in c]
    assert len(own) == 1
    left_out = {argument for c in commands for argument in c if argument.startswith("--ignore=")}
    assert left_out == {f"--ignore={test_script.LIFECYCLE}"}


def test_waiting_stages_are_stages_before_and_in_the_same_pool(test_script: ModuleType) -> None:
    planned = test_script.all_stages()
    keys = [stage.key for stage in planned]
    assert len(set(keys)) == len(keys)
    for number, stage in enumerate(planned):
        assert set(stage.after) <= set(keys[:number])
        assert not stage.after or stage.share is not None
