# SPDX-License-Identifier: GPL-3.0-or-later
"""Contoh aplikasi WSGI: menceritakan apa yang diterimanya dan apa yang dapat dilihatnya."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import itsdangerous


def seen(path: str) -> list[str] | str:
    """Isi folder, atau mengapa tidak terlihat."""
    try:
        return sorted(os.listdir(path))
    except OSError as error:
        return type(error).__name__


def written(path: str) -> str:
    """Apakah berkas di sini dapat ditulis."""
    try:
        with open(path, "a") as stream:
            stream.write("x")
        return "bisa"
    except OSError as error:
        return type(error).__name__


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Satu halaman untuk semua jalur."""
    data = os.environ["TERPUSAT_DATA"]
    answer = {
        "aplikasi": "antrean",
        "pustaka": itsdangerous.__name__,
        "dari": environ.get("HTTP_X_REAL_IP"),
        "skema": environ.get("HTTP_X_FORWARDED_PROTO"),
        "rilis": os.environ.get("TERPUSAT_RELEASE"),
        "database": {name: os.environ.get(f"DB_{name}") for name in ("ENGINE", "HOST", "PORT", "NAME", "USER", "CA")},
        "sandi": hashlib.sha256(os.environ.get("DB_PASSWORD", "").encode()).hexdigest(),
        "aplikasi_lain": seen("/srv/terpusat"),
        "rahasia": seen("/etc/terpusat/applications"),
        "rumah": seen("/home"),
        "proses": sum(name.isdigit() for name in os.listdir("/proc")),
        "tulis": {
            "data": written(f"{data}/catatan.txt"),
            "kode": written("/srv/terpusat/antrean/current/app.py"),
            "sistem": written("/etc/hosts"),
            "sementara": written("/tmp/antrean"),
        },
    }
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]
