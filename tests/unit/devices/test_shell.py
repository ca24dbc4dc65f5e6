# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts sent to the device: whole or not at all, with answers that survive any bytes."""

from __future__ import annotations

import pathlib
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError, SessionLostError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux import guard_scripts, shell
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.guard_scripts import (
    Patch,
    Step,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import CommandResult, Login


class LocalSession:
    """Runs what would be sent, here; keep is how many bytes of a script arrive."""

    def __init__(self, keep: int | None = None) -> None:
        self.login = Login("local", user="root")
        self.keep = keep

    def run(self, command: str, stdin: bytes = b"", timeout: float = 60.0) -> CommandResult:
        done = subprocess.run(command, shell=True, input=stdin[: self.keep], capture_output=True, timeout=timeout)
        self.last = CommandResult(done.returncode, done.stdout, done.stderr)
        return self.last


def test_answers_of_commands_and_files(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a b.conf").write_text("isi\n")
    (tmp_path / "plain.conf").write_text("isi ü\n\n")
    (tmp_path / "plain.conf").chmod(0o640)
    body = (
        shell.write_file('"$STAGE"/etc/x', "it's $HOME\n")
        + shell.command("staged", 'cat "$STAGE"/etc/x')
        + shell.command("fails", "echo 'two words'; echo why >&2; exit 3")
        + shell.files([f"{tmp_path}/p*.conf", f"{tmp_path}/none*"])
    )
    answers = shell.collect(LocalSession(), body)  # type: ignore[arg-type]
    assert answers.out("staged") == "it's $HOME\n"
    assert answers.commands["fails"] == shell.Answer(3, "two words\n", "why\n")
    assert answers.out("fails") == ""
    live = answers.files[f"{tmp_path}/plain.conf"]
    assert (live.text, live.mode) == ("isi ü\n\n", "0640")
    assert len(answers.files) == 1
    assert not list(pathlib.Path("/run").glob("terpusat.??????")), "the folder for staged files is gone"


@given(cut=st.integers(0, 300))
def test_a_script_that_arrives_in_part_runs_not_at_all(cut: int) -> None:
    session = LocalSession(keep=cut)
    with pytest.raises((SessionLostError, RefusedError)):
        shell.run_root(session, "echo first\n" * 30)  # type: ignore[arg-type]
    assert session.last.out == b""


def test_an_answer_that_is_cut_off_is_not_believed() -> None:
    class Cut(LocalSession):
        def run(self, command: str, stdin: bytes = b"", timeout: float = 60.0) -> CommandResult:
            result = super().run(command, stdin, timeout)
            return CommandResult(result.code, result.out[:-5], result.err)

    with pytest.raises(SessionLostError):
        shell.run_root(Cut(), "echo x")  # type: ignore[arg-type]


def test_no_sudo_is_refused_with_what_to_do() -> None:
    class NoSudo(LocalSession):
        def run(self, command: str, *_: object) -> CommandResult:  # type: ignore[override]
            assert command.startswith("sudo -n ")
            return CommandResult(1, b"", b"sudo: a password is required\n")

    session = NoSudo()
    session.login = Login("rt1", user="ops")
    with pytest.raises(RefusedError, match=r"rt1.*'ops'.*a password is required.*NOPASSWD"):
        shell.run_root(session, "true")  # type: ignore[arg-type]


def test_output_that_is_not_ours_is_refused() -> None:
    with pytest.raises(SessionLostError):
        shell.parse("command x y\n")


def test_guard_scripts_are_valid_shell() -> None:
    patch = Patch(
        [File("/etc/a b", "x\n", "0640", "frr", "frr")], ["/etc/c'd"], [Step("frr", "if true; then\necho ok\nfi\n")]
    )
    scripts = [
        guard_scripts.arm("id1", 60, "ops@host", patch, patch),
        guard_scripts.start_apply("id1"),
        guard_scripts.await_apply("id1", 2),
        guard_scripts.revert("id1"),
        guard_scripts.state("id1"),
        guard_scripts.confirm("id1"),
        guard_scripts._apply("/x/id1", patch),
        guard_scripts._restore("id1", patch),
    ]
    for script in scripts:
        done = subprocess.run(["/bin/sh", "-n"], input=script, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr + script
