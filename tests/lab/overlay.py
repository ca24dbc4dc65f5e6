# SPDX-License-Identifier: GPL-3.0-or-later
"""Lays keys over the register of a copied government. Texts stay texts: times and numbers keep their meaning."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

#: File of the register -> what names its entries.
_LISTS = {"applications": "code", "servers": "name"}


def lay(overlay: Path, folder: Path) -> None:
    """``overlay/register/government.yml`` holds keys of it; the others hold entries, each completing its namesake."""
    for path in sorted((overlay / "register").glob("*.yml")):
        change(folder / "register" / path.name, _read(path))
    if (overlay / "files").is_dir():
        shutil.copytree(overlay / "files", folder / "files", dirs_exist_ok=True)


def change(path: Path, wanted: Any) -> None:
    """Keys of a mapping, or entries of a list, into one file of the register."""
    whole = _read(path)
    if path.stem in _LISTS:
        whole[path.stem] = _completed(whole[path.stem], wanted, _LISTS[path.stem])
    else:
        whole[path.stem].update(wanted)
    path.write_text(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _completed(entries: list[Any], wanted: list[Any], key: str) -> list[Any]:
    known = [entry[key] for entry in entries]
    added = {entry[key]: entry for entry in wanted}
    return [{**entry, **added.get(entry[key], {})} for entry in entries] + [
        entry for name, entry in added.items() if name not in known
    ]


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
