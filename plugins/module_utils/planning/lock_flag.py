# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Problems at keys of the lock file, and subnets that overlap there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network

from ..register.document import Document, KeyPath
from ..register.problem import Problem

_OUTSIDE = (
    "Kembalikan kolamnya di register/government.yml, atau hapus baris ini lalu jalankan playbooks/plan.yml; pemiliknya "
    "mendapat nomor baru. Bila jaringan ini belum dipasang, hapus saja seluruh berkasnya (git rm allocations.yml)."
)
# More than this outside one pool is no slip in a line.
_SEVERAL = 3
_POOL_CHANGED = (
    "Kolamnya diganti sesudah nomornya dibagikan, atau berkas ini milik pemerintah daerah lain. Kembalikan kolam "
    "semula di register/government.yml (boleh diperbesar tanpa memindahkan awalnya), atau pulihkan dari git. "
    "Bila jaringan ini belum dipasang, hapus saja seluruh berkasnya (git rm allocations.yml)."
)
_REMOVE = "Hapus baris yang salah lalu jalankan playbooks/plan.yml; pemiliknya mendapat {} yang masih kosong."


class Flag:
    """Builds a problem at a key of the lock file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._outside: dict[str, list[Problem]] = {}

    def __call__(self, path: KeyPath, what: str, action: str) -> Problem:
        return Problem(self._document.position(path), self._document.key(path), what, action)

    def outside(self, path: KeyPath, number: object, pool_name: str, pool: object) -> Problem:
        problem = self(path, f"{number} di luar {pool_name} ({pool}).", _OUTSIDE)
        self._outside.setdefault(f"{pool_name} ({pool})", []).append(problem)
        return problem

    def condensed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """``problems`` with many numbers outside one pool as one: somebody changed the pool, not a hundred lines."""
        many = {pool: listed for pool, listed in self._outside.items() if len(listed) > _SEVERAL}
        told = {id(problem) for listed in many.values() for problem in listed}
        yield from (problem for problem in problems if id(problem) not in told)
        for pool, listed in many.items():
            first, *others = sorted(listed, key=lambda problem: problem.line)
            number = first.what.partition(" di luar ")[0]
            yield replace(
                first,
                what=f"{number} dan {len(others)} nomor lain (sampai baris {others[-1].line}) di luar {pool}.",
                action=_POOL_CHANGED,
            )

    def twice(self, path: KeyPath, number: object, first: str) -> Problem:
        return self(path, f"{number} sudah dipakai {first}.", _REMOVE.format("nomor"))

    def repeated(self, section: str, entries: Mapping[str, object]) -> Iterator[Problem]:
        """Numbers that stand twice in a section, told at the second place."""
        first: dict[object, str] = {}
        for key, number in entries.items():
            if number in first:
                yield self.twice((section, key), number, f"{section}.{first[number]}")
            first.setdefault(number, key)

    def overlapping[N: (IPv4Network, IPv6Network)](self, subnets: Mapping[KeyPath, N]) -> Iterator[Problem]:
        """Subnets that overlap, told at the later one; its path begins with its section and its owner."""
        order = {path: place for place, path in enumerate(subnets)}
        for one, other in _neighbours(subnets.items()):
            first, second = sorted((one, other), key=lambda path: order[path])
            yield self(
                second,
                f"{subnets[second]} beririsan dengan {subnets[first]} milik {'.'.join(map(str, first[:2]))}.",
                _REMOVE.format("subnet"),
            )


def _neighbours[N: (IPv4Network, IPv6Network)](
    subnets: Iterable[tuple[KeyPath, N]],
) -> Iterator[tuple[KeyPath, KeyPath]]:
    """Pairs that overlap; each subnet is held against the widest one that began before it."""
    widest: KeyPath = ()
    end = -1
    for path, subnet in sorted(subnets, key=lambda item: (int(item[1].network_address), item[1].prefixlen)):
        if int(subnet.network_address) <= end:
            yield widest, path
        if int(subnet.broadcast_address) > end:
            widest, end = path, int(subnet.broadcast_address)
