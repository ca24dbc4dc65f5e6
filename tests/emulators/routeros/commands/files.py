# SPDX-License-Identifier: GPL-3.0-or-later
"""/file: what lies on the flash."""

from __future__ import annotations

from ..errors import PermissionFailureError, RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation
from ..script.values import NOTHING
from .registry import command
from .selection import chosen

V = Takes.VALUE


@command("file", Signature("remove", {"numbers": V}, ("numbers",), policy="write", required=("numbers",)))
async def remove(call: Invocation) -> object:
    _need_ftp(call)
    for item in chosen(call, call.values["numbers"]):
        call.context.device.remove_file(item.facts["name"])
    return NOTHING


@command(
    "file",
    Signature("set", {"numbers": V, "contents": V, "name": V}, ("numbers",), policy="write", required=("numbers",)),
)
async def set_(call: Invocation) -> object:
    _need_ftp(call)
    device = call.context.device
    for item in chosen(call, call.values["numbers"]):
        name = item.facts["name"]
        if call.has("contents"):
            device.store_file(name, call.text("contents").encode())
        if call.has("name"):
            device.store_file(call.text("name"), device.files[name])
            device.remove_file(name)
    return NOTHING


@command(
    "file",
    Signature("add", {"name": V, "contents": V, "type": V}, (), policy="write", required=("name",), since=(7, 9)),
)
async def add(call: Invocation) -> object:
    _need_ftp(call)
    device, name = call.context.device, call.text("name")
    if device.file_name(name) in device.files:
        raise RunError("failure: file already exists")
    device.store_file(name, call.text("contents").encode())
    return NOTHING


def _need_ftp(call: Invocation) -> None:
    if not call.context.may("ftp"):
        raise PermissionFailureError
