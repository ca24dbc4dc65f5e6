# SPDX-License-Identifier: GPL-3.0-or-later
"""app_release as a play uses it: action plugin, transfer, module, on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="the code of an application belongs to root")


Step = dict[str, Any]


def release(*applications: dict[str, str], check: bool = False, **options: Any) -> Step:
    """One task with app_release."""
    return {"release": {"applications": list(applications), **options}, "check": check}


def write(path: Path | str, text: str) -> Step:
    """Somebody changes a file between two tasks."""
    return {"write": str(path), "text": text}


def play(tmp_path: Path, *steps: Step) -> list[dict[str, Any]]:
    """Run the steps as one play on this machine.

    Returns one result for each release, as the play's ``register`` holds it, with ``served``: the page after that task.
    """
    page = f"{tmp_path}/srv/portal/current/index.html"
    tasks: list[dict[str, Any]] = []
    results = []
    for number, step in enumerate(steps):
        if "write" in step:
            tasks.append({"ansible.builtin.copy": {"dest": step["write"], "content": step["text"], "mode": "0640"}})
            continue
        arguments = {"path": f"{tmp_path}/srv", **step["release"]}
        result, seen = f"result_{number}", f"page_{number}"
        tasks.append({"diskominfo.terpusat.app_release": arguments, "register": result, "ignore_errors": True})
        tasks[-1]["check_mode"] = step["check"]
        shown = f"{{{{ lookup('ansible.builtin.file', '{page}', errors='ignore') or '' }}}}"
        tasks.append({"ansible.builtin.set_fact": {seen: shown}})
        results.append(f"{result} | combine({{'served': {seen}}})")
    answers = tmp_path / "answers.json"
    content = "{{ [" + ", ".join(results) + "] | to_json }}"
    tasks.append({"ansible.builtin.copy": {"dest": str(answers), "content": content, "mode": "0600"}})
    book = tmp_path / "play.json"
    book.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    command = [sys.executable, "-m", "ansible", "playbook", "-i", "localhost,", "-c", "local", "--diff", str(book)]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answers.is_file(), done.stdout + done.stderr
    return list(json.loads(answers.read_text()))


@pytest.fixture
def portal(tmp_path: Path) -> dict[str, str]:
    source = tmp_path / "portal"
    source.mkdir()
    (source / "index.html").write_text("satu")
    return {"code": "portal", "user": "root", "source": str(source)}


def test_a_release_from_first_copy_to_return(tmp_path: Path, portal: dict[str, str]) -> None:
    foreseen, first, again, second = play(
        tmp_path,
        release(portal, check=True),
        release(portal),
        release(portal),
        write(Path(portal["source"], "index.html"), "dua"),
        release(portal),
    )
    assert (foreseen["changed"], foreseen["served"]) == (True, "")
    assert (first["changed"], first["served"]) == (True, "satu")
    assert first["applications"][0]["former"] is None
    assert first["applications"][0]["release"] == foreseen["applications"][0]["release"]
    assert again["changed"] is False
    assert second["applications"][0]["former"] == first["applications"][0]["release"]
    assert second["served"] == "dua"
    assert (tmp_path / "srv" / "portal" / "current" / "index.html").stat().st_mode & 0o777 == 0o640
    pinned = {"code": "portal", "user": "root", "release": first["applications"][0]["release"]}
    (back,) = play(tmp_path, release(pinned))
    assert (back["changed"], back["served"]) == (True, "satu")


def test_a_file_changed_on_the_server_is_named_and_mended(tmp_path: Path, portal: dict[str, str]) -> None:
    _first, found, mended, clean = play(
        tmp_path,
        release(portal),
        write(tmp_path / "srv" / "portal" / "current" / "index.html", "diretas"),
        release(portal, check=True),
        release(portal),
        release(portal, check=True),
    )
    assert (found["changed"], found["served"]) == (True, "diretas")
    assert "index.html" in found["diff"][0]["before"]
    assert found["diff"][0]["before"] != found["diff"][0]["after"]
    assert (mended["changed"], mended["served"]) == (True, "satu")
    assert clean["changed"] is False


def test_applications_that_left_are_kept_until_told(tmp_path: Path, portal: dict[str, str]) -> None:
    _first, left, foreseen, removed = play(
        tmp_path,
        release(portal),
        release(),
        release(remove_unlisted=True, check=True),
        release(remove_unlisted=True),
    )
    assert (left["changed"], left["unlisted"], left["served"]) == (False, ["portal"], "satu")
    assert (foreseen["changed"], foreseen["removed"], foreseen["served"]) == (True, ["portal"], "satu")
    assert removed["removed"] == ["portal"]
    assert list((tmp_path / "srv").iterdir()) == []


def test_what_cannot_be_released_is_said_in_full(tmp_path: Path, portal: dict[str, str]) -> None:
    gone, unknown, nobody = play(
        tmp_path,
        release({**portal, "source": f"{tmp_path}/tidak-ada"}),
        release({"code": "portal", "user": "root", "release": "0" * 16}),
        release({**portal, "user": "app-belum-ada"}),
    )
    assert gone["failed"]
    assert "register/applications.yml" in gone["msg"]
    assert "tidak ada (utuh) di server ini" in unknown["msg"]
    assert "app-belum-ada" in nobody["msg"]
    assert nobody["served"] == ""


def test_a_release_goes_back_by_name_and_a_neighbour_stays_as_it_is(tmp_path: Path, portal: dict[str, str]) -> None:
    first, second, stays, back, nothing = play(
        tmp_path,
        release({**portal, "disk": "1"}),
        write(Path(portal["source"], "index.html"), "dua"),
        release(portal),
        write(Path(portal["source"], "index.html"), "tiga"),
        release({**portal, "release": "current"}),
        release({"code": "portal", "user": "root", "release": "previous"}),
        release({"code": "lain", "user": "root", "release": "previous"}),
    )
    assert first["applications"][0]["over"] is True, "a byte was granted"
    assert (stays["changed"], stays["served"]) == (False, "dua")
    assert stays["applications"][0]["release"] == second["applications"][0]["release"]
    assert (back["changed"], back["served"]) == (True, "satu")
    assert back["applications"][0]["release"] == first["applications"][0]["release"]
    assert nothing["failed"]
    assert "belum punya rilis sebelumnya" in nothing["msg"]


def test_a_container_has_folders_and_no_releases(tmp_path: Path) -> None:
    wadah = {"code": "wadah", "user": "root", "content": "false", "shared": "true"}
    foreseen, made, again = play(tmp_path, release(wadah, check=True), release(wadah), release(wadah))
    assert [foreseen["changed"], made["changed"], again["changed"]] == [True, True, False]
    assert (tmp_path / "srv" / "wadah" / "shared" / "data").is_dir()
    assert made["applications"][0] | {"used": 0} == made["applications"][0] | {"release": None, "uid": 0, "used": 0}
