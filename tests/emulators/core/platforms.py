# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds a platform's emulator by name: the folder `emulators/<platform>`, module `device`, class `Device`."""

import importlib
import re

from .device import Device


def device_class(platform: str) -> type[Device]:
    """ValueError for a platform without an emulator."""
    package = __package__.rpartition(".")[0]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", platform):
        raise ValueError(f"platform {platform!r} tidak dikenal")
    try:
        module = importlib.import_module(f"{package}.{platform}.device")
    except ModuleNotFoundError as error:
        raise ValueError(
            f"platform {platform!r} tidak punya emulator (tests/emulators/{platform}/device.py)"
        ) from error
    kind: type[Device] = module.Device
    return kind
