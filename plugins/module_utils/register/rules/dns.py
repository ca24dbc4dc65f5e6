# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The government's zone: names that clash, names that would be lost, the list of the filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..dns_feed import read_feed
from ..draft import Draft, Entry, if_known
from ..models import Dns, Government
from ..problem import Problem
from .central import two_of_them
from .references import missing

_APEX = "@"
_SHOWN = 40


def check(draft: Draft) -> Iterator[Problem]:
    entry = draft.government
    if entry is None:
        return
    with if_known:
        dns = entry.record.dns
        if dns is None:
            return
        with if_known:
            yield from two_of_them(draft, ("dns", "servers"), dns.servers, "server DNS")
        with if_known:
            yield from _names(draft, entry, dns)
        with if_known:
            yield from _lost(draft, entry, dns)
        with if_known:
            yield from _public(draft, entry, dns)
        with if_known:
            yield from _filter(draft, entry, dns)


def _names(draft: Draft, entry: Entry[Government], dns: Dns) -> Iterator[Problem]:
    """Records beside those that the register itself gives."""
    root = entry.record.domain
    ours = dict.fromkeys((f"ns{number}" for number, _ in enumerate(dns.servers, 1)), "server DNS")
    ours[dns.host_label] = "perangkat dan server"
    for application in draft.applications:
        with if_known:
            if application.record.runs_at.server is not None:
                ours[_relative(application.record.domain, root)] = f"aplikasi {application.record.code}"
    for name in ours:
        if ours[name].startswith("aplikasi") and (name == dns.host_label or name.endswith(f".{dns.host_label}")):
            yield entry.problem(
                ("dns", "host_label"),
                f"'{dns.host_label}' dipakai juga oleh {ours[name]}.",
                "Pilih host_label lain, misalnya infra, atau ganti domain aplikasinya.",
            )
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(dns.records):
        by_name[record.name].append(index)
        if record.name.endswith(f".{dns.host_label}") or (record.name in ours and record.name != _APEX):
            owner = ours.get(record.name, ours[dns.host_label])
            yield entry.problem(
                ("dns", "records", index, "name"),
                f"nama '{record.name}' sudah diisi dari register untuk {owner}.",
                "Hapus catatan ini, atau beri nama lain.",
            )
    for name, indexes in by_name.items():
        aliases = [index for index in indexes if dns.records[index].type == "CNAME"]
        if aliases and (len(indexes) > 1 or name == _APEX):
            other = "domain utama" if name == _APEX else "catatan lain"
            yield entry.problem(
                ("dns", "records", aliases[0]),
                f"CNAME '{name}' tidak boleh berdampingan dengan {other} (RFC 1034).",
                "Tulis A sebagai ganti CNAME, atau hapus catatan lainnya dengan nama itu.",
            )


def _lost(draft: Draft, entry: Entry[Government], dns: Dns) -> Iterator[Problem]:
    """An application outside was resolved by whoever had the zone before; now the zone is ours."""
    root = entry.record.domain
    known = {record.name for record in dns.records}
    delegated = {record.name for record in dns.records if record.type == "NS"}
    for application in draft.applications:
        with if_known:
            name = _relative(application.record.domain, root)
            if application.record.runs_at.outside is None:
                continue
            parents = {name.split(".", depth)[-1] for depth in range(1, name.count(".") + 1)}
            if not known & {name, "*", *(f"*.{parent}" for parent in parents)} and not delegated & parents:
                yield application.warning(
                    ("domain",),
                    f"{application.record.domain} berjalan di luar dan tidak ada di zona {root}, jadi namanya tidak "
                    "akan ditemukan siapa pun begitu zona itu dilayani sendiri.",
                    f"Tambahkan di government.yml, dns.records: {{name: {name}, type: A, value: "
                    "alamatnya} (atau CNAME).",
                )


def _public(draft: Draft, entry: Entry[Government], dns: Dns) -> Iterator[Problem]:
    pools = entry.record.address_pools
    ours = (pools.management, pools.office_lan, pools.transit, pools.loopback)
    seen: set[str] = set()
    for index, public in enumerate(dns.public):
        keys = ("dns", "public", index)
        if draft.servers.complete and public.server not in draft.servers.by_name:
            yield missing(entry, (*keys, "server"), "server", public.server, draft.servers.by_name, "servers.yml")
        for value in (public.server, str(public.address)):
            if value in seen:
                yield entry.problem(keys, f"'{value}' disebut dua kali.", "Hapus salah satunya.")
            seen.add(value)
        pool = next((pool for pool in ours if public.address in pool), None)
        if pool is not None:
            yield entry.problem(
                (*keys, "address"),
                f"{public.address} ada di {pool}, bukan alamat publik sebuah server.",
                "Tulis alamat yang diberikan penyedia internet untuk server itu.",
            )
    if dns.public and not {public.server for public in dns.public} & set(dns.servers):
        yield entry.problem(
            ("dns", "public"),
            "tidak satu pun server DNS punya alamat publik, jadi internet tidak dapat menanyakan zona ini.",
            f"Tambahkan alamat publik untuk {' dan '.join(dns.servers)}, atau hapus 'public'.",
        )


def _filter(draft: Draft, entry: Entry[Government], dns: Dns) -> Iterator[Problem]:
    if dns.filter is None:
        return
    feed, keys = dns.filter.feed, ("dns", "filter", "feed")
    try:
        text = (draft.folder / feed).read_text(encoding="utf-8", errors="replace")
    except OSError:
        yield entry.problem(
            keys,
            f"berkas '{feed}' tidak ada di folder {draft.folder.name}, atau tidak dapat dibaca.",
            "Buat berkas itu (satu domain sebaris; boleh kosong), atau betulkan namanya.",
        )
        return
    unread = read_feed(text).unread
    if unread:
        shown = ", ".join(f"baris {number} ({line[:_SHOWN]})" for number, line in unread[:3])
        more = f" dan {len(unread) - 3} lagi" if len(unread) > 3 else ""
        yield entry.warning(
            keys,
            f"{feed}: {shown}{more} bukan domain, jadi tidak disaring.",
            "Tulis satu domain sebaris tanpa 'https://' dan tanpa garis miring, atau hapus barisnya.",
        )


def _relative(domain: str, root: str) -> str:
    """The name in front of the government's domain."""
    return _APEX if domain == root else domain.removesuffix(f".{root}")
