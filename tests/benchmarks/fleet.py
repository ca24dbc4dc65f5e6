# SPDX-License-Identifier: GPL-3.0-or-later
"""The drift check of a fleet, ours and the peers', against the same devices in one run."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import paramiko

from . import government
from .cost import Cost, FailedError, measure
from .farm import Address, FarmProcess
from .figures import OURS, Figure, median
from .shapes import Shape

_TIMEOUT = 1800.0


def running_config(device: Address, known_hosts: Path) -> str:
    """What a device says it runs, asked as anybody could."""
    with paramiko.SSHClient() as client:
        client.load_host_keys(str(known_hosts))
        client.connect(device.host, device.port, device.user, device.password, allow_agent=False, look_for_keys=False)
        _, out, _ = client.exec_command("show running-config")
        return out.read().decode().replace("\r\n", "\n")


def run(
    shapes: Sequence[Shape], personality: str, sizes: Sequence[int], latencies: Sequence[float], repeat: int
) -> list[Figure]:
    """Measure every shape at every size and latency, one after the other; the shapes take turns within a repetition.

    Raises:
        FailedError: a run did not look at every device.
    """
    figures: list[Figure] = []
    for latency in latencies:
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
                folder = Path(name)
                with FarmProcess(personality, size, latency, folder) as farm:
                    figures += _size(shapes, farm, folder, size, latency, repeat)
    return figures


def _size(
    shapes: Sequence[Shape], farm: FarmProcess, folder: Path, size: int, latency: float, repeat: int
) -> list[Figure]:
    running = running_config(farm.devices[0], farm.known_hosts)
    made = government.design(running)
    costs: dict[str, list[Cost]] = {}
    for turn in range(repeat):
        for shape in shapes:
            if shape.most is not None and size > shape.most:
                continue
            work = folder / f"{turn}-{len(costs)}-{shape.name.split()[0]}"
            work.mkdir()
            if shape.name == OURS:
                government.build(work, farm.devices, farm.known_hosts, "ios", made)
            argv = shape.prepare(work, farm.devices, running)
            cost, output = measure(argv, work, {"ANSIBLE_NOCOLOR": "1", **shape.environment(work)}, _TIMEOUT)
            shape.prove(work, farm.devices, output)
            costs.setdefault(shape.name, []).append(cost)
            print(
                f"{size:5} perangkat {latency:3g} ms  {shape.name:34} {cost.wall:7.2f} s  cpu {cost.cpu:7.2f} s",
                file=sys.stderr, flush=True,
            )  # fmt: skip
            government.clear(work)
    return [median(shape, size, latency, found) for shape, found in costs.items()]


def machine() -> str:
    """What the figures depend on, without a name: cores and Python."""
    return f"{os.cpu_count()} cores, Python {'.'.join(map(str, sys.version_info[:3]))}"


__all__ = ["FailedError", "machine", "run", "running_config"]
