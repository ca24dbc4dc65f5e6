# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lab raises on the machine is given back by the last one, not before and not by somebody else's."""

from pathlib import Path

import pytest
from labkit import limits, machine, namespaces
from labkit.limits import Limit
from labkit.progress import Progress


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kernel with both numbers; podman has not made its group yet."""
    (tmp_path / "instances").write_text("128\n")
    (tmp_path / "cpu.shares").write_text("1024\n")
    monkeypatch.setattr(limits, "_FOLDER", tmp_path / "run")
    group = tmp_path / "libpod_parent" / "cpu.shares"
    found = (Limit("a", "A", tmp_path / "instances", 2048), Limit("b", "B", group, 16384, podmans=True))
    monkeypatch.setattr(limits, "LIMITS", found)
    monkeypatch.setattr(machine, "has_systemd", lambda: False)
    # The kernel fills a new group's folder.
    real = Path.mkdir

    def mkdir(self: Path, *arguments: object, **settings: object) -> None:
        real(self, *arguments, **settings)  # type: ignore[arg-type]
        if self == group.parent and not group.exists():
            group.write_text("1024\n")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    return tmp_path


def numbers(kernel: Path) -> list[str]:
    paths = (kernel / "instances", kernel / "libpod_parent" / "cpu.shares")
    return [path.read_text().strip() if path.exists() else "" for path in paths]


def labs(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(namespaces, "names", lambda _: list(names))


def test_raised_for_the_first_lab_and_given_back_by_the_last(kernel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits.raise_for_lab(Progress())
    assert numbers(kernel) == ["2048", "16384"]
    limits.raise_for_lab(Progress())
    labs(monkeypatch, "terpusat-1-br1")
    limits.give_back()
    assert numbers(kernel) == ["2048", "16384"]
    labs(monkeypatch)
    limits.give_back()
    assert numbers(kernel) == ["128", "1024"]
    limits.give_back()
    assert numbers(kernel) == ["128", "1024"]


def test_what_suffices_stays_and_is_nobodys_to_give_back(kernel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kernel / "instances").write_text("9999\n")
    limits.raise_for_lab(Progress())
    labs(monkeypatch)
    limits.give_back()
    assert numbers(kernel)[0] == "9999"


def test_systemd_weighs_its_machines_itself(kernel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "has_systemd", lambda: True)
    limits.raise_for_lab(Progress())
    assert numbers(kernel) == ["2048", ""]


def test_a_machine_without_that_kind_of_group(kernel: Path) -> None:
    (kernel / "cpu.shares").unlink()
    limits.raise_for_lab(Progress())
    assert numbers(kernel) == ["2048", ""]
