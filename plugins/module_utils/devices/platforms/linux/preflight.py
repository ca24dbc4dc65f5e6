# SPDX-License-Identifier: GPL-3.0-or-later
"""Before anything is read: rights, tools, and whether another run is in the middle of a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ...guard import Strength
from ...outcome import BusyError, RefusedError, UnsupportedError
from ...preflight import Preflight
from ...session import Session
from .guard_scripts import ROOT, TIMER, describe_record
from .shell import Answers, collect, command, quote

_CAUSES = {"timer": "batas waktu konfirmasi habis", "boot": "perangkat menyala ulang di tengah perubahan"}


def check(session: Session, tools: Mapping[str, str]) -> Preflight:
    """Find out what can be done here; ``tools`` are commands and the Debian packages that bring them.

    Raises:
        RefusedError: a tool is missing. BusyError: somebody else is at work. UnsupportedError: no systemd.
    """
    tools = {**tools, "systemd-run": "systemd", "flock": "util-linux", "base64": "coreutils"}
    missing = "".join(f"command -v {quote(name)} >/dev/null || echo {quote(name)}\n" for name in sorted(tools))
    answers = collect(
        session,
        command("systemd", "test -d /run/systemd/system")
        + command("missing", missing)
        + command("armed", f"test ! -L {ROOT}/armed || {{ cat {ROOT}/armed/meta; readlink {ROOT}/armed; }}")
        + command("timer", f"systemctl is-active {TIMER}.timer || :")
        + command("restoring", f"systemctl is-active {TIMER}.service terpusat-guard-boot.service || :")
        + command("restored", f"cat {ROOT}/last-restore 2>/dev/null || :")
        + command("now", "date +%s")
        + command("release", '. /etc/os-release && printf %s "$PRETTY_NAME"'),
    )
    host = session.login.host
    if answers.commands["systemd"].code:
        raise UnsupportedError(
            f"{host}: tidak memakai systemd, padahal pengaman perubahan bergantung padanya; pakai Debian 12 ke atas"
        )
    lacking = answers.out("missing").split()
    if lacking:
        packages = sorted({tools[name] for name in lacking})
        raise RefusedError(
            f"{host}: paket {', '.join(packages)} belum terpasang (tidak ada {', '.join(lacking)}); "
            f"jalankan: apt install {' '.join(packages)}"
        )
    if answers.out("armed").strip():
        raise BusyError(f"{host}: {_armed_by_another(answers)}")
    record = describe_record(answers.out("restored").splitlines())
    notices = (_restored_notice(record),) if record else ()
    return Preflight(Strength.INVERSE, notices, facts={"version": answers.out("release").strip()})


def _armed_by_another(answers: Answers) -> str:
    lines = answers.out("armed").splitlines()
    meta = describe_record(lines)
    who, at = meta.get("author", "tidak diketahui"), _clock(meta.get("at"))
    left = int(meta.get("fires", 0)) - int(answers.out("now").strip() or 0)
    if answers.out("timer").strip() == "active":
        return (
            f"ada perubahan lain yang belum dikonfirmasi (oleh {who}, {at}); perangkat mengembalikannya sendiri "
            f"dalam {max(0, left)} detik. Tunggu lalu ulangi"
        )
    if {"active", "activating"} & set(answers.out("restoring").split()):
        return (
            f"perangkat sedang mengembalikan perubahan yang tidak dikonfirmasi (oleh {who}, {at}). Tunggu lalu ulangi"
        )
    return (
        f"ada perubahan yang belum dikonfirmasi (oleh {who}, {at}) dan pewaktunya tidak berjalan; kembalikan dengan: "
        f"sudo sh {ROOT}/armed/restore.sh timer"
    )


def _restored_notice(record: Mapping[str, str]) -> str:
    cause = _CAUSES.get(record.get("cause", ""), record.get("cause", "tidak diketahui"))
    return (
        f"perubahan {_clock(record.get('at'))} oleh {record.get('author', 'tidak diketahui')} dikembalikan otomatis "
        f"{_clock(record.get('restored'))}: {cause}"
    )


def _clock(epoch: str | None) -> str:
    try:
        return f"{datetime.fromtimestamp(int(epoch or '')):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OSError):
        return "waktu tidak diketahui"
