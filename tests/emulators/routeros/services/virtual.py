# SPDX-License-Identifier: GPL-3.0-or-later
"""Items that no configuration holds: files, log lines, sessions, what the board says about itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..schema.menu import Menu
from ..script.values import text_of
from ..store.item import Item
from ..values.quantities import print_time
from . import device_mode

if TYPE_CHECKING:
    from ..device import Device


def items(device: Device, menu: Menu) -> list[Item]:
    return _SOURCES[menu.virtual](device, menu)


def _item(number: int, facts: dict[str, object], marks: set[str] | None = None) -> Item:
    return Item(number, {}, marks or set(), {name: str(value) for name, value in facts.items()})


def _mib(size: int) -> str:
    return f"{size / (1 << 20):.1f}MiB"


def _files(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    found = []
    if device.board["flash_folder"]:
        found.append(_item(device.file_number("flash"), {"name": "flash", "type": "disk"}))
    for name in sorted(device.files):
        data = device.files[name]
        kind = _kind(name)
        facts: dict[str, object] = {"name": name, "type": kind, "size": len(data)}
        facts["last-modified" if device.version.major >= 7 else "creation-time"] = device.file_times.get(
            name, device.stamp()
        )
        if len(data) <= 60 * 1024 and kind != "backup":
            facts["contents"] = data.decode("utf-8", "replace")
        found.append(_item(device.file_number(name), facts))
    return found


def _kind(name: str) -> str:
    suffix = name.rpartition(".")[2] if "." in name else ""
    return {"rsc": "script", "backup": "backup", "": "file", "npk": "package"}.get(suffix, f".{suffix} file")


def _log(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    return [
        _item(number, {"time": at, "topics": topics, "message": message})
        for number, (at, topics, message) in enumerate(device.log_lines, 1)
    ]


def _history(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    found = []
    for number, action in enumerate(reversed(device.store.history.actions), 1):
        facts: dict[str, object] = {"action": action.text, "by": action.by, "policy": action.policy, "time": action.at}
        found.append(_item(number, facts, {"redoable" if action.undone else "undoable"}))
    return found


def _sessions(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    found = []
    for number, session in enumerate(device.sessions, 1):
        found.append(_item(number, {"when": device.stamp(), "name": session.user, "address": session.peer, "via": "ssh",
                                    "group": device.group_of(session.user)}))  # fmt: skip
    for number, (user, address, via) in enumerate(device.others, len(found) + 1):
        found.append(
            _item(number, {"when": device.stamp(), "name": user, "address": address, "via": via, "group": "full"})
        )
    return found


def _resource(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    board = device.board
    total, free = int(str(board["flash_kib"])) * 1024, device.free_space()
    modern = device.version.major >= 7
    unit = _mib
    facts = {
        "uptime": print_time(int(device.clock.uptime) * 1000),
        "version": f"{device.personality.version} ({'stable' if modern else 'long-term'})",
        "build-time": board["build_time"],
        "factory-software": board["factory_version"],
        "free-memory": unit(int(str(board["memory_mib"])) * 3 * (1 << 20) // 4),
        "total-memory": unit(int(str(board["memory_mib"])) * (1 << 20)),
        "cpu": board["cpu"],
        "cpu-count": board["cpu_count"],
        "cpu-frequency": f"{board['cpu_mhz']}MHz",
        "cpu-load": "3%",
        "free-hdd-space": unit(free),
        "total-hdd-space": unit(total),
        "architecture-name": board["architecture"],
        "board-name": device.personality.model,
        "platform": "MikroTik",
    }
    return [_item(0, facts)]


def _routerboard(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    board, version = device.board, device.personality.version
    facts = {"routerboard": "yes", "board-name": device.personality.model, "model": board["model_code"],
             "serial-number": device.personality.serial, "firmware-type": board["firmware_type"],
             "factory-firmware": board["factory_version"], "current-firmware": version,
             "upgrade-firmware": version}  # fmt: skip
    return [_item(0, facts)]


def _license(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    return [
        _item(
            0,
            {
                "software-id": device.software_id,
                "nlevel": "4" if device.personality.model.startswith("hAP") else "6",
                "features": "",
            },
        )
    ]


def _packages(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    names = ["routeros"] if device.version.major >= 7 else [
        "routeros-arm", "system", "ipv6", "wireless", "hotspot", "dhcp", "mpls", "routing", "ppp", "security",
        "advanced-tools",
    ]  # fmt: skip
    facts = {"version": device.personality.version, "build-time": device.board["build_time"], "scheduled": ""}
    return [_item(number, {"name": name, **facts}) for number, name in enumerate(names, 1)]


def _device_mode(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    facts: dict[str, object] = {"mode": device.mode, "flagged": "no", "flagging-enabled": "yes"}
    for feature in device_mode.FEATURES:
        facts[feature] = "yes" if not device.mode_forbids(feature) else "no"
    return [_item(0, facts)]


def _jobs(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    return [
        _item(number, {"type": "command", "owner": "admin", "started": device.stamp()})
        for number in sorted(device.jobs)
    ]


def _facts(device: Device, menu: Menu) -> list[Item]:
    records = device.personality.flags.get("facts", {}).get("/" + "/".join(menu.path), [])
    found = []
    for number, record in enumerate(records, 1):
        marks = {name for name, value in record.items() if name in menu.flags and value is True}
        found.append(_item(number, {name: value for name, value in record.items() if name not in marks}, marks))
    return found


def _environment(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    found = []
    for number, name in enumerate(sorted(device.globals), 1):
        found.append(_item(number, {"name": name, "value": text_of(device.globals[name])}))
    return found


def _safe_mode(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    """`current` is added where the asking session is known."""
    held = device.safe_mode.holder is not None
    facts: dict[str, object] = {"enabled": "yes" if held else "no", "current": "no"}
    if held:
        facts |= {"user": device.safe_mode.user, "owner": "ssh"}
    return [_item(0, facts)]


def _interfaces(device: Device, menu: Menu) -> list[Item]:
    return device.store.items(menu.path)


def _ssh_keys(device: Device, menu: Menu) -> list[Item]:  # noqa: ARG001
    found = []
    for number, (user, key) in enumerate(device.ssh_keys, 1):
        kind, owner = key.get_algorithm().removeprefix("ssh-"), (key.get_comment() or "")
        facts: dict[str, object] = {"user": user, "key-owner": owner, "info": owner, "key-type": kind,
                                    "bits": 256 if kind == "ed25519" else 2048,
                                    "comment": device.ssh_key_comments.get(id(key), "")}  # fmt: skip
        found.append(_item(number, facts))
    return found


_SOURCES: dict[str, Callable[[Device, Menu], list[Item]]] = {
    "files": _files,
    "log": _log,
    "history": _history,
    "sessions": _sessions,
    "resource": _resource,
    "routerboard": _routerboard,
    "license": _license,
    "packages": _packages,
    "device-mode": _device_mode,
    "jobs": _jobs,
    "facts": _facts,
    "interfaces": _interfaces,
    "ssh-keys": _ssh_keys,
    "environment": _environment,
    "safe-mode": _safe_mode,
}
