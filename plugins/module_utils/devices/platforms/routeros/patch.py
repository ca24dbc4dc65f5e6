# SPDX-License-Identifier: GPL-3.0-or-later
"""From differences to an ordered patch, with its inverse beside every edit.

Order: what is referred to comes before what refers to it, removals last and in reverse, what carries the management
session after everything else. The inverse is the edits' inverses from the last to the first; each asks the device
what stands, so that together they bring back the reading from any point of the patch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from . import commands, key_files
from .compare import Match, Pair, differences, match
from .inverse import undo_add, undo_remove, undo_set, with_password
from .items import Config, Entry
from .listed import edit_list
from .management import Path
from .menus import RANK, TABLE
from .menus.model import FIXED, ORDERED, SINGLETON
from .users import GROUPS, KEYS
from .users import PATH as USERS
from .version import Version


@dataclass
class Edit:
    """One difference made good. ``reason`` says how it touches the management path, empty when it does not.

    ``provides`` and ``drops`` are names that appear and vanish, ``needs`` and ``needed`` what the item refers to
    after and before.
    """

    path: str
    kind: str
    forward: list[str]
    inverse: list[str]
    reason: str = ""
    provides: frozenset[str] = frozenset()
    drops: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    late: bool = field(default=False)

    @property
    def final(self) -> bool:
        """Whether it waits for the confirm: a password or a key that is gone is nowhere to be had again.

        A group goes with its last user.
        """
        return self.kind == "remove" and self.path in FINAL


#: menus whose removals nothing can undo
FINAL = frozenset({KEYS, USERS, GROUPS})


@dataclass(frozen=True)
class Patch:
    """Command lines in order; ``final`` are given after the confirm."""

    lines: tuple[str, ...]
    final: tuple[str, ...] = ()


def edits(intended: Config, running: Config, version: Version, way: Path, *, secrets: bool = True) -> list[Edit]:
    """Return the edits that lead from the running to the intended configuration, in the order of application."""
    found: list[Edit] = []
    for path in TABLE:
        if path not in intended.claimed:
            continue
        matched = match(intended, running, path, secrets=secrets)
        if matched.menu.kind == ORDERED:
            found += _list_edits(matched, version, way)
        else:
            found += _item_edits(matched, version, way)
    return _sequence(found)


def forward(plan: Sequence[Edit]) -> Patch:
    """The commands of all edits."""
    return Patch(
        tuple(line for edit in plan if not edit.final for line in edit.forward),
        tuple(line for edit in plan if edit.final for line in edit.forward),
    )


def backward(plan: Sequence[Edit]) -> Patch:
    """The commands that undo all edits, whichever of them have been made."""
    return Patch(tuple(line for edit in reversed(plan) if not edit.final for line in edit.inverse))


def _item_edits(matched: Match, version: Version, way: Path) -> Iterable[Edit]:
    for pair in matched.pairs:
        before, after = differences(pair, version)
        if before == after and (pair.running is not None or not pair.intended or not pair.intended.complete):
            continue
        yield _spelt(_edit(pair, version, way, matched.crossed), pair, version)
    for pair in reversed(matched.surplus):
        yield _spelt(_edit(pair, version, way, matched.crossed), pair, version)


def _spelt(edit: Edit, pair: Pair, version: Version) -> Edit:
    """The edit as its version has to be told it."""
    if not key_files.by_file(edit.path, version):
        return edit
    making = edit.kind == "add" and pair.intended is not None
    forward = [key_files.importing(pair.intended)] if making and pair.intended else edit.forward
    return replace(edit, forward=key_files.by_key_owner(forward), inverse=key_files.by_key_owner(edit.inverse))


def _edit(pair: Pair, version: Version, way: Path, crossed: frozenset[str]) -> Edit:
    menu, wanted, running = pair.menu, pair.intended, pair.running
    reason = way.touches(menu.path, running, wanted)
    if wanted is None:
        assert running is not None
        line = f"{commands.spelled(menu.path)} remove {commands.found(menu, commands.condition(running, crossed))}"
        return Edit(
            menu.path, "remove", [line], undo_remove(running, crossed), reason,
            drops=_names(running), needed=_words(running),
        )  # fmt: skip
    if running is None and wanted.complete:
        made = with_password(wanted) if menu.path == USERS and "password" not in wanted.values else wanted
        return Edit(
            menu.path, "add", [commands.add(made)], undo_add(wanted, crossed), reason,
            provides=_names(wanted), needs=_words(wanted),
        )  # fmt: skip
    new, old = _names(wanted), _names(running) if running else frozenset()
    appear = new - old
    return Edit(
        menu.path, "set", [set_line(pair, version, crossed)], undo_set(pair, version, crossed), reason,
        provides=appear, drops=old - new if appear else frozenset(),
        needs=_words(wanted), needed=_words(running) if running else frozenset(),
    )  # fmt: skip


def set_line(pair: Pair, version: Version, crossed: frozenset[str] = frozenset()) -> str:
    """The ``set`` that makes a running item the intended one."""
    menu, wanted = pair.menu, pair.intended
    assert wanted is not None
    before, after = differences(pair, version)
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    values = {name: wanted.values[name] for name in names if name in wanted.values}
    plain = {name: value for name, value in values.items() if value != ""}
    cleared = [name for name in names if name not in plain]
    parts = [commands.assignments(menu, plain), commands.resets(menu, cleared, version)]
    where = commands.target_of(menu, pair.running, wanted, crossed)
    return f"{commands.spelled(menu.path)} set {where}{' '.join(part for part in parts if part)}"


def _list_edits(matched: Match, version: Version, way: Path) -> Iterable[Edit]:
    lines, undo, touched = edit_list(matched, version)
    if not lines:
        return
    reasons = [way.touches(matched.menu.path, pair.running, pair.intended) for pair in touched]
    needs: set[str] = set()
    needed: set[str] = set()
    for pair in touched:
        needs |= _words(pair.intended) if pair.intended else set()
        needed |= _words(pair.running) if pair.running else set()
    yield Edit(
        matched.menu.path, "list", lines, undo, next((reason for reason in reasons if reason), ""),
        needs=frozenset(needs), needed=frozenset(needed),
    )  # fmt: skip


def _names(entry: Entry) -> frozenset[str]:
    """Names under which other items refer to this one."""
    if entry.menu.kind == SINGLETON:
        return frozenset()
    keys = ("name",) if entry.menu.kind != FIXED else ("name", "default-name")
    found = {entry.values[key] for key in keys if entry.values.get(key)}
    if entry.menu.path == "/ip/firewall/address-list":
        found = set()
    return frozenset(found)


def _words(entry: Entry) -> frozenset[str]:
    fields = entry.menu.fields(None)
    words: set[str] = set()
    for name, value in entry.values.items():
        prop = fields.get(name)
        if prop is not None and prop.kind in ("word", "set", "list", "prefix-set") and name != "name":
            words |= set(value.removeprefix("!").split(","))
    return frozenset(words - {""})


def _sequence(found: Sequence[Edit]) -> list[Edit]:
    for edit in found:
        edit.late = bool(edit.reason)
    while True:
        late = [edit for edit in found if edit.late]
        provided = frozenset[str]().union(*(edit.provides for edit in late))
        still_used = frozenset[str]().union(*(edit.needed for edit in late))
        pulled = [edit for edit in found if not edit.late and (edit.needs & provided or edit.drops & still_used)]
        if not pulled:
            break
        for edit in pulled:
            edit.late = True
    return [*_phases([edit for edit in found if not edit.late]), *_phases([edit for edit in found if edit.late])]


def _phases(found: Sequence[Edit]) -> list[Edit]:
    making = [edit for edit in found if edit.kind != "remove"]
    taking = [edit for edit in found if edit.kind == "remove"]
    # All interfaces share one space of names, whatever their kind: a name must be given up before it is taken again.
    early = [edit for edit in taking if any(edit.drops & other.provides for other in making)]
    taking = [edit for edit in taking if edit not in early]
    making = _free_names_first(making)
    taking.sort(key=lambda edit: -RANK[edit.path])
    return [*early, *making, *taking]


def _free_names_first(making: Sequence[Edit]) -> list[Edit]:
    ordered: list[Edit] = []
    waiting = list(making)
    while waiting:
        for edit in waiting:
            holders = [
                other for other in waiting
                if other is not edit and other.drops & edit.provides
            ]  # fmt: skip
            if not holders:
                break
        else:
            edit = waiting[0]
        waiting.remove(edit)
        ordered.append(edit)
    return ordered
