# SPDX-License-Identifier: GPL-3.0-or-later
"""config_files brings files to their content as one unit, or leaves everything as it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import config_file, units
from ansible_collections.diskominfo.terpusat.plugins.modules import config_files

MAIN = config_files.main


def listing(folder: Path) -> dict[str, Any]:
    """Everything in a folder: name → link target, or content and mode."""
    return {
        path.name: os.readlink(path) if path.is_symlink() else (path.read_text(), path.stat().st_mode & 0o777)
        for path in sorted(folder.iterdir())
    }


def test_writes_links_removes_and_then_changes_nothing(tmp_path: Path, run_module: Any, me: dict[str, str]) -> None:
    (tmp_path / "old.conf").write_text("x")
    (tmp_path / "terpusat-gone.conf").write_text("x")
    files = [
        {"path": f"{tmp_path}/a.conf", "content": "satu\n", "mode": "0640", **me},
        {"path": f"{tmp_path}/zone", "link": "/usr/share/zoneinfo/Asia/Jakarta"},
        {"path": f"{tmp_path}/old.conf", "state": "absent"},
        {"path": f"{tmp_path}/terpusat-a.conf", "content": "dua\n", **me},
    ]
    arguments = {"files": files, "purge": [f"{tmp_path}/terpusat-*.conf"]}
    foreseen = run_module(MAIN, check=True, **arguments)
    assert set(listing(tmp_path)) == {"old.conf", "terpusat-gone.conf"}, "check mode writes nothing"
    done = run_module(MAIN, **arguments)
    assert listing(tmp_path) == {
        "a.conf": ("satu\n", 0o640),
        "terpusat-a.conf": ("dua\n", 0o644),
        "zone": "/usr/share/zoneinfo/Asia/Jakarta",
    }
    assert done["paths"] == foreseen["paths"]
    assert len(done["paths"]) == 5
    assert len(done["diff"]) == 5
    again = run_module(MAIN, **arguments)
    assert (again["changed"], again["paths"], again["diff"]) == (False, [], [])


@pytest.mark.parametrize("tamper", ["content", "mode", "link", "gone"])
def test_a_change_by_hand_is_named_and_mended(tmp_path: Path, run_module: Any, me: dict[str, str], tamper: str) -> None:
    path = tmp_path / "a.conf"
    files = [{"path": str(path), "content": "satu\n", **me}, {"path": f"{tmp_path}/b.conf", "content": "b\n", **me}]
    run_module(MAIN, files=files)
    if tamper == "content":
        path.write_text("lain\n")
    elif tamper == "mode":
        path.chmod(0o666)
    else:
        path.unlink()
        if tamper == "link":
            path.symlink_to("b.conf")
    assert run_module(MAIN, check=True, files=files)["paths"] == [str(path)]
    assert run_module(MAIN, files=files)["paths"] == [str(path)]
    assert listing(tmp_path)["a.conf"] == ("satu\n", 0o644)


def test_a_secret_is_written_and_never_told(
    tmp_path: Path, run_module: Any, me: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[str] = []
    monkeypatch.setattr(config_files.AnsibleModule, "log", lambda _self, text, **_: logged.append(text))
    path = tmp_path / "sandi.conf"
    old = [{"path": str(path), "content": "sandi-lama\n", "mode": "0600", "secret": True, **me}]
    new = [{**old[0], "content": "sandi-baru\n"}]
    told = [run_module(MAIN, files=old), run_module(MAIN, check=True, files=new), run_module(MAIN, files=new)]
    assert listing(tmp_path) == {"sandi.conf": ("sandi-baru\n", 0o600)}
    assert [answer["changed"] for answer in told] == [True, True, True]
    assert told[1]["diff"][0]["before"] == "disembunyikan\n"
    assert told[1]["diff"][0]["before"] != told[1]["diff"][0]["after"], "else the diff would show nothing"
    path.chmod(0o644)
    told.append(run_module(MAIN, check=True, files=new))
    assert "0644" in told[-1]["diff"][0]["before_header"]
    told.append(run_module(MAIN, files=[{**new[0], "content": "sandi-x", "validate": "grep -H sandi-y %s"}]))
    assert told[-1]["failed"]
    path.chmod(0o600)
    told.append(run_module(MAIN, files=[], purge=[f"{tmp_path}/*.conf"]))
    assert listing(tmp_path) == {}
    assert "sandi-" not in f"{told} {logged}"
    assert any(str(path) in text for text in logged)


def test_refused_content_never_stands(tmp_path: Path, run_module: Any, me: dict[str, str]) -> None:
    good = {"path": f"{tmp_path}/good", "content": "1\n", **me}
    bad = {"path": f"{tmp_path}/bad", "content": "salah\n", "validate": "grep -q benar %s", **me}
    for check in (True, False):
        answer = run_module(MAIN, check=check, files=[good, bad])
        assert answer["failed"]
        assert f"{tmp_path}/bad ditolak oleh 'grep'" in answer["msg"]
    assert listing(tmp_path) == {}, "not even the good one, and no temporary file"


def test_failing_check_puts_everything_back(tmp_path: Path, run_module: Any, me: dict[str, str]) -> None:
    (tmp_path / "a").write_text("lama\n")
    (tmp_path / "a").chmod(0o600)
    (tmp_path / "tautan").symlink_to("a")
    (tmp_path / "sisa.conf").write_text("sisa\n")
    before = listing(tmp_path)
    files = [
        {"path": f"{tmp_path}/a", "content": "baru\n", **me},
        {"path": f"{tmp_path}/tautan", "content": "berkas\n", **me},
        {"path": f"{tmp_path}/tambahan", "content": "x\n", **me},
    ]
    purge = [f"{tmp_path}/*.conf"]
    answer = run_module(MAIN, files=files, purge=purge, checks=["true", f"grep -q lama {tmp_path}/a"])
    assert answer["failed"]
    assert listing(tmp_path) == before
    assert run_module(MAIN, files=files, purge=purge, checks=[f"grep -q baru {tmp_path}/a"])["changed"]


def test_missing_checker_is_noted_in_check_mode_and_refused_in_a_run(
    tmp_path: Path, run_module: Any, me: dict[str, str]
) -> None:
    files = [{"path": f"{tmp_path}/a", "content": "1\n", "validate": "tidak-ada-programnya %s", **me}]
    foreseen = run_module(MAIN, check=True, files=files)
    assert foreseen["changed"]
    assert foreseen["unverified"] == [f"{tmp_path}/a: tidak-ada-programnya"]
    answer = run_module(MAIN, files=files)
    assert "pasang paketnya" in answer["msg"]
    assert listing(tmp_path) == {}


def test_account_that_a_package_will_bring(tmp_path: Path, run_module: Any) -> None:
    files = [{"path": f"{tmp_path}/a", "content": "1\n", "owner": "_belum_ada"}]
    assert run_module(MAIN, check=True, files=files)["changed"]
    assert "_belum_ada" in run_module(MAIN, files=files)["msg"]


@pytest.mark.parametrize(
    "entry",
    [
        {"path": "etc/hosts", "content": "x"},
        {"path": "/etc/hosts"},
        {"path": "/etc/hosts", "content": "x", "link": "y"},
        {"path": "/etc", "content": "x"},
    ],
)
def test_senseless_entries_are_refused(run_module: Any, entry: dict[str, str]) -> None:
    assert run_module(MAIN, check=True, files=[entry])["failed"]


def test_new_folders_are_made(tmp_path: Path, run_module: Any, me: dict[str, str]) -> None:
    run_module(MAIN, files=[{"path": f"{tmp_path}/chrony.service.d/60.conf", "content": "x\n", **me}])
    assert (tmp_path / "chrony.service.d" / "60.conf").read_text() == "x\n"


def test_file_that_cannot_be_renamed_over_is_written_in_place(
    tmp_path: Path, run_module: Any, me: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /etc/hosts in a container, which is a mount point."""
    path = tmp_path / "hosts"
    path.write_text("lama\n")
    inode = path.stat().st_ino

    def busy(_source: str, target: str) -> None:
        raise OSError(config_file.errno.EBUSY, "busy", target)

    monkeypatch.setattr(config_file.os, "replace", busy)
    assert run_module(MAIN, files=[{"path": str(path), "content": "baru\n", **me}])["changed"]
    assert listing(tmp_path) == {"hosts": ("baru\n", 0o644)}
    assert path.stat().st_ino == inode


SHOW = """Id=chrony.service
ActiveState=active
StateChangeTimestamp=@1763762400
NeedDaemonReload=no

Id=nginx.service
ActiveState=inactive
StateChangeTimestamp=
NeedDaemonReload=no

Id=apt-daily-upgrade.timer
ActiveState=active
StateChangeTimestamp=@1763762400
NeedDaemonReload=yes
"""


def test_units_tell_whether_they_run_with_an_older_file() -> None:
    found = units.parse_show(SHOW, ["chrony.service", "nginx.service", "apt-daily-upgrade.timer"])
    assert found["chrony.service"].older_than(1763762401.0)
    assert not found["chrony.service"].older_than(1763762400.9)
    assert not found["nginx.service"].older_than(2e9), "a stopped unit reads the file when it starts"
    assert found["apt-daily-upgrade.timer"].older_than(0.0)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2**33), st.booleans()), max_size=5))
def test_show_output_is_read_back(states: list[tuple[bool, int, bool]]) -> None:
    blocks = [
        f"Id=u{number}.service\nActiveState={'active' if active else 'failed'}\n"
        f"StateChangeTimestamp=@{since}\nNeedDaemonReload={'yes' if reload else 'no'}\n"
        for number, (active, since, reload) in enumerate(states)
    ]
    names = [f"u{number}.service" for number in range(len(states))]
    found = units.parse_show("\n".join(blocks), names)
    assert [(unit.active, int(unit.since), unit.needs_daemon_reload) for unit in found.values()] == states


def test_file_written_but_unit_not_restarted_is_reported_again(
    tmp_path: Path, run_module: Any, me: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was killed between writing and restarting: the next one must restart."""
    path = tmp_path / "chrony.conf"
    files = [{"path": str(path), "content": "server 198.51.100.123\n", "unit": "chrony.service", **me}]
    started = {"at": 0.0}
    monkeypatch.setattr(
        config_files, "ask_units", lambda _module, _wanted: {"chrony.service": units.Unit(True, started["at"], False)}
    )
    assert run_module(MAIN, files=files)["changed"]
    interrupted = run_module(MAIN, check=True, files=files)
    assert interrupted["paths"] == [str(path)]
    assert "masih memakai" in interrupted["diff"][0]["before_header"]
    started["at"] = path.stat().st_mtime + 1
    assert not run_module(MAIN, files=files)["changed"]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes 8 bytes more, then nothing."""
    written = [0]

    def fsync(handle: int) -> None:
        written[0] += os.fstat(handle).st_size
        if written[0] > 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(config_file.os, "fsync", fsync)


@pytest.mark.usefixtures("full")
def test_a_full_disk_is_told_and_takes_no_leftovers(tmp_path: Path, run_module: Any, me: dict[str, str]) -> None:
    for name in "ab":
        (tmp_path / f"{name}.conf").write_text("lama")
    files = [{"path": f"{tmp_path}/{name}.conf", "content": "baru\n", **me} for name in "ab"]
    failed = run_module(MAIN, files=files)
    assert f"Tidak dapat menulis {tmp_path}/b.conf: No space left on device." in failed["msg"]
    assert f"Yang TIDAK dapat dikembalikan: {tmp_path}/a.conf;" in failed["msg"]
    assert sorted(listing(tmp_path)) == ["a.conf", "b.conf"], "no halves beside them"
    assert (tmp_path / "b.conf").read_text() == "lama"
