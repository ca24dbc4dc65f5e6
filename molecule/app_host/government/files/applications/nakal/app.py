# SPDX-License-Identifier: GPL-3.0-or-later
"""Contoh aplikasi yang menghabiskan apa saja, untuk menguji batasnya."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any


def eat() -> str:
    """Ambil 64 MB demi 64 MB sampai ditolak atau dihentikan."""
    held = []
    try:
        while len(held) < 64:
            held.append(bytearray(os.urandom(1) * (64 << 20)))
    except MemoryError:
        return f"ditolak setelah {len(held) * 64} MB"
    return "tidak ada batas"


def fork() -> str:
    """Buat proses sampai ditolak; semuanya tinggal sebentar."""
    children = []
    try:
        while len(children) < 4000:
            child = os.fork()
            if child == 0:
                time.sleep(8)
                os._exit(0)
            children.append(child)
    except OSError:
        return f"ditolak setelah {len(children)} proses"
    return "tidak ada batas"


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Halaman biasa, dan dua yang nakal."""
    text = {"/makan": eat, "/garpu": fork}.get(environ["PATH_INFO"], lambda: "nakal")()
    start("200 OK", [("Content-Type", "text/plain")])
    return [text.encode()]
