# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides as texts that can be compared, and what a difference must never lead to."""

from __future__ import annotations

from collections import Counter

from ...outcome import RefusedError
from ...state import Comparison, Item
from ...target import Target
from . import management
from .compare import Match, both_texts, match
from .items import Config, Entry
from .menus import TABLE
from .menus.model import ORDERED
from .reading import Reading
from .values import canonical

#: the item that stands for the order of an ordered menu
ORDER = "urutan"


def compare(intended: Config, reading: Reading) -> Comparison:
    """Return the canonical texts of every item that is ours on either side, and name what is nobody's."""
    wanted: dict[Item, str] = {}
    running: dict[Item, str] = {}
    unmanaged: list[str] = []
    for path in TABLE:
        if path not in intended.claimed:
            continue
        matched = match(intended, reading.config, path, secrets=reading.secrets)
        _refuse_twins(matched)
        for pair in (*matched.pairs, *matched.surplus):
            before, after = both_texts(pair, reading.version)
            item = Item(path, "running", pair.name)
            if pair.intended is None and item in wanted:
                # Its key has gone over to another item.
                item = Item(path, "running", f"{pair.name} (lama)")
            if before:
                running[item] = before
            if after:
                wanted[item] = after
        if matched.menu.kind == ORDERED:
            before, after = _order(matched)
            if before or after:
                running[Item(path, "running", ORDER)] = before
                wanted[Item(path, "running", ORDER)] = after
        unmanaged += [f"{path}: {entry.brief}" for entry in matched.foreign if entry.complete]
        unmanaged += _unknown(matched)
    return Comparison(wanted, running, tuple(unmanaged))


def _order(matched: Match) -> tuple[str, str]:
    both = [pair for pair in matched.pairs if pair.running is not None]
    names = {id(pair.running): pair.name for pair in both}
    before = [names[id(entry)] for entry in matched.running if id(entry) in names]
    return "\n".join(before), "\n".join(pair.name for pair in both)


def _refuse_twins(matched: Match) -> None:
    """Two items with one owner key and no other name cannot be told apart, so neither can be changed alone."""
    if matched.menu.keys:
        return
    counts = Counter(entry.owner_key for entry in matched.running if entry.owner_key)
    twins = sorted(key for key, count in counts.items() if count > 1)
    if twins:
        raise RefusedError(
            f"{matched.menu.path}: lebih dari satu item di perangkat memakai kunci {twins[0]}; "
            "ganti comment salah satunya di konsol, lalu ulangi"
        )


def _unknown(matched: Match) -> list[str]:
    """Properties of our items that the tables do not know: told, and left alone."""
    fields = matched.menu.fields(None)
    found: list[str] = []
    for pair in matched.pairs:
        names = sorted(set(pair.running.values) - set(fields)) if pair.running and pair.running.complete else []
        if names:
            found.append(f"{matched.menu.path} {pair.name}: {', '.join(names)} tidak dikenal, dibiarkan")
    return found


def refuse_losses(intended: Config, reading: Reading, target: Target) -> None:
    """Raise `RefusedError` when an item would go that management or a foreign item still needs."""
    ours = management.address_of(target)
    going: list[Entry] = []
    for path in intended.claimed:
        matched = match(intended, reading.config, path)
        going += [pair.running for pair in matched.surplus if pair.running is not None]
        for pair in matched.pairs:
            if path == "/ip/address" and pair.running and pair.intended and ours:
                old, new = (canonical("prefix", e.values.get("address", "")) for e in (pair.running, pair.intended))
                if old.partition("/")[0] == ours != new.partition("/")[0]:
                    raise RefusedError(f"baris {pair.intended.line}: alamat kelola {ours} akan diganti menjadi {new}")
    for entry in going:
        held = canonical("prefix", entry.values.get("address", "")).partition("/")[0]
        if entry.menu.path == "/ip/address" and ours and held == ours:
            raise RefusedError(
                f"alamat kelola {ours} ({entry.name}) tidak ada lagi dalam konfigurasi dan akan dihapus; "
                "tulis kembali di /ip/address"
            )
        if entry.menu.path == "/user" and target.user and entry.values.get("name") == target.user:
            raise RefusedError(
                f"pengguna {target.user}, yang kita pakai masuk, tidak ada lagi dalam konfigurasi dan akan dihapus; "
                "tulis kembali di /user"
            )
    _refuse_dangling(going, intended, reading)


def _refuse_dangling(going: list[Entry], intended: Config, reading: Reading) -> None:
    names = {entry.values["name"]: entry for entry in going if entry.values.get("name")}
    names = {
        name: entry for name, entry in names.items()
        if entry.menu.path.startswith(("/interface", "/ip/pool", "/queue/type", "/ppp/profile", "/ip/ipsec"))
    }  # fmt: skip
    if not names:
        return
    for path, entries in reading.config.entries.items():
        matched = match(intended, reading.config, path) if path in intended.claimed else None
        for entry in entries if matched is None else matched.foreign:
            fields = entry.menu.fields(None)
            for prop, value in entry.values.items():
                known = fields.get(prop)
                if known is None or known.kind not in ("word", "set", "list") or prop == "name":
                    continue
                used = sorted(set(value.removeprefix("!").split(",")) & set(names))
                if used and names[used[0]] is not entry:
                    raise RefusedError(
                        f"{names[used[0]].menu.path} {used[0]} akan dihapus, padahal masih dipakai {path} "
                        f"({entry.brief}) yang bukan milik Terpusat; ubah itu dulu"
                    )
