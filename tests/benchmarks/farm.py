# SPDX-License-Identifier: GPL-3.0-or-later
"""A farm of emulated devices in a process of its own, so that neither its CPU nor its memory is the controller's."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_TESTS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Address:
    """How one device is reached."""

    name: str
    host: str
    port: int
    user: str
    password: str
    secret: str


class FarmProcess:
    """``count`` devices of one personality that think ``latency_ms`` about each command."""

    def __init__(self, personality: str, count: int, latency_ms: float, folder: Path) -> None:
        self._argv = [
            sys.executable, "-m", "emulators", "--personality", personality, "--count", str(count),
            "--latency-ms", str(latency_ms), "--known-hosts", str(folder),
        ]  # fmt: skip
        self.devices: list[Address] = []
        self.known_hosts = folder / "known_hosts"

    def __enter__(self) -> FarmProcess:
        self._process = subprocess.Popen(
            self._argv, cwd=_TESTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"peternakan perangkat tidak hidup: {' '.join(self._argv)}")
        told = json.loads(line)
        self.devices = [Address(**device) for device in told["devices"]]
        self.known_hosts = Path(told["known_hosts"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
