# SPDX-License-Identifier: GPL-3.0-or-later
"""How long an office is without internet when the central line dies, by really taking it away and giving it back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from ...planning.acceptance.orders import Order
from ...planning.acceptance.statistics import longest_gap
from ..outcome import SessionLostError
from .linux_router import LinuxRouter
from .linux_source import LinuxSource
from .measuring import Notes
from .source import Unmeasured

#: the line stays away for so long beyond what the rules allow, and somebody is given so long to come back
_BEYOND, _BACK = 15, 60
#: seconds with answers again that count as taken over
_SETTLED = 3.0
_SILENT = 1.0


def failover(
    router: LinuxRouter, source: LinuxSource, order: Order, notes: Notes, wait: Callable[[float], None]
) -> None:
    """Measure, and note it. ``wait(seconds)`` sleeps. Raises `Unmeasured`, `SessionLostError`.

    What is taken away is the line that carries the office's internet now: the central one, before cutover its own. That
    another one takes over and that the former comes back is looked up in the router, not assumed.
    """
    target = next(iter(order.ping_targets), None)
    if target is None:
        raise Unmeasured("tidak ada alamat untuk di-ping")
    interface = router.interface_to(target)
    if not interface:
        raise Unmeasured("kantor sedang tanpa internet")
    line = "jalur pusat" if router.central(target) else "jalur sendiri"
    longest = order.rules.failover_seconds + _BEYOND
    file = source.start_pinging(target, longest + _BACK + 30)
    try:
        wait(2.0)
        if not source.answers(file):
            raise Unmeasured(f"{target} tidak menjawab {source.name} sebelum jalur diputus")
        begin = source.now()
        with router.cut(interface, longest + 10):
            end = _until_answered(source, file, begin, longest, wait)
            took_over = router.interface_to(target) not in ("", interface)
        answers = source.answers(file)
        outage = longest_gap(answers, begin, end)
        back = _until_back(router, target, interface, wait)
        given_back = longest_gap(source.answers(file), end, source.now())
    finally:
        with suppress(Unmeasured, SessionLostError):
            source.forget(file)
    notes.values["failover_seconds"] = outage
    notes.samples["pindah jalur detik"] = (outage,)
    notes.samples["kembali detik"] = (given_back,)
    told = f"{line} ({interface}) diputus tanpa mematikan port, ping {target} tiap 0,2 detik"
    told += "" if took_over else "; tidak ada jalur lain yang mengambil alih"
    told += f"; kembali tanpa jawaban {given_back:.1f} detik".replace(".", ",")
    told += "" if back else f"; PERHATIAN: sesudah {_BACK} detik kantor belum kembali ke {line}"
    notes.method["failover_seconds"] = told


def _until_answered(
    source: LinuxSource, file: str, begin: float, longest: float, wait: Callable[[float], None]
) -> float:
    """Until answers have come again for some time after a silence; the source's clock then, or when time is over."""
    while (now := source.now()) < begin + longest:
        answers = [moment for moment in source.answers(file) if moment >= begin]
        if answers and longest_gap(answers, begin, answers[-1]) > _SILENT:
            taken_over = _after_silence(answers, begin)
            if now - taken_over > _SETTLED and answers[-1] > now - _SILENT:
                return now
        wait(1.0)
    return now


def _after_silence(answers: list[float], begin: float) -> float:
    """The first answer after the longest silence."""
    moments = [begin, *answers]
    index = max(range(1, len(moments)), key=lambda i: moments[i] - moments[i - 1])
    return moments[index]


def _until_back(router: LinuxRouter, target: str, interface: str, wait: Callable[[float], None]) -> bool:
    deadline = time.monotonic() + _BACK
    while not (back := router.interface_to(target) == interface) and time.monotonic() < deadline:
        wait(1.0)
    wait(2.0)
    return back
