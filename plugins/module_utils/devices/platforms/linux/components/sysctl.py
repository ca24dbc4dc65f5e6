# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernel parameters (forwarding, reverse path filter …)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..shell import quote
from .base import Component, Parts, View

PATH = "/etc/sysctl.d/90-terpusat.conf"
_KEY = re.compile(r"[A-Za-z0-9_./-]+")


class Sysctl(Component):
    """Lines ``key = value``; every key named is compared with the kernel."""

    name = "sysctl"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"sysctl": "procps"}

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        return [
            f"{file.path} baris {number}: {line.strip()!r} bukan 'kunci = nilai'"
            for file in files
            for number, line in enumerate(file.text.splitlines(), 1)
            if line.strip() and not line.lstrip().startswith(("#", ";")) and not _setting(line)
        ]

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        keys = sorted({key for file in files for key in parse(file.text)})
        return {"values": "\n".join(f"printf '{key} = '; sysctl -n {key} || echo" for key in keys)}

    @override
    def intended(self, view: View) -> Parts:
        return {"nilai": _render(parse(view.text(PATH)))}

    @override
    def running(self, view: View) -> Parts:
        return {"nilai": _render(parse(view.answers.out("values")))}

    @override
    def apply(self, view: View) -> str:
        return f"sysctl -q -p {PATH}\n"

    @override
    def restore(self, view: View) -> str:
        values = parse(view.answers.out("values"))
        return "".join(f"sysctl -q -w {quote(f'{key}={value}')}\n" for key, value in values.items() if value)


def parse(text: str) -> dict[str, str]:
    """``key = value`` lines as a mapping; runs of blanks in a value count as one space."""
    return dict(pair for pair in map(_setting, text.splitlines()) if pair)


def _setting(line: str) -> tuple[str, str] | None:
    key, sign, value = line.strip().lstrip("-").partition("=")
    if not sign or line.lstrip().startswith(("#", ";")) or not _KEY.fullmatch(key.strip()):
        return None
    return key.strip(), " ".join(value.split())


def _render(values: Mapping[str, str]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in sorted(values.items()))
