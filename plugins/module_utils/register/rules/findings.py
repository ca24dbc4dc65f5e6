# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings: rules and servers that exist, one waiver each, and days that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..draft import Draft, if_known
from ..hardening_ids import HARDENING_IDS
from ..problem import Problem
from ..suggest import closest
from .references import missing


def check(draft: Draft) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for finding in draft.findings:
        with if_known:
            rule = finding.record.rule
            if rule not in HARDENING_IDS:
                near = closest(rule, HARDENING_IDS)
                yield finding.problem(
                    ("rule",),
                    f"aturan pengerasan '{rule}' tidak ada." + (f' Maksud Anda "{near}"?' if near else ""),
                    "Betulkan nomornya; daftarnya ada di docs/panduan/20-pengerasan.md.",
                )
        with if_known:
            for index, server in enumerate(finding.record.servers):
                if draft.servers.complete and server not in draft.servers.by_name:
                    keys = ("servers", index)
                    yield missing(finding, keys, "server", server, draft.servers.by_name, "servers.yml")
                pair = (server, finding.record.rule)
                if pair in seen:
                    yield finding.problem(
                        ("servers", index),
                        f"{server} sudah dikecualikan dari {finding.record.rule} di {seen[pair]}.",
                        "Simpan satu saja; perpanjang dengan mengubah 'expires' di sana.",
                    )
                seen.setdefault(pair, finding.place)


def check_days(draft: Draft, today: date) -> Iterator[Problem]:
    """A waiver whose day has passed: the rule applies again."""
    for finding in draft.findings:
        with if_known:
            if not finding.record.in_force(today):
                yield finding.warning(
                    ("expires",),
                    f"pengecualian {finding.record.rule} berakhir {finding.record.expires}; aturannya berlaku lagi di "
                    f"{', '.join(finding.record.servers)}.",
                    "Hapus temuan ini bila sudah selesai, atau perpanjang dengan alasan baru.",
                )
