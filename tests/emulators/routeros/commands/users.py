# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords and SSH keys of users."""

from __future__ import annotations

import asyncssh

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation
from ..script.values import NOTHING
from .registry import command
from .selection import chosen

V = Takes.VALUE


@command(
    "",
    Signature("password", {"old-password": V, "new-password": V, "confirm-new-password": V}, policy="",
              required=("old-password", "new-password", "confirm-new-password")),
)  # fmt: skip
async def password(call: Invocation) -> object:
    device = call.context.device
    user = device.user_item(call.context.user)
    if user is None or user.values.get("password", "") != call.text("old-password"):
        raise RunError("failure: old password is incorrect")
    if call.text("new-password") != call.text("confirm-new-password"):
        raise RunError("failure: passwords do not match")
    device.store.update(("user",), user, {**user.values, "password": call.text("new-password")})
    return NOTHING


@command("user/ssh-keys", Signature("import", {"user": V, "public-key-file": V}, (), policy="policy",
                                    required=("public-key-file",)))  # fmt: skip
async def import_key(call: Invocation) -> object:
    device = call.context.device
    user = call.text("user", call.context.user)
    name = device.file_name(call.text("public-key-file"))
    if device.user_item(user) is None:
        raise RunError("input does not match any value of user")
    if name not in device.files:
        raise RunError(
            "failure: file not found"
            if device.version.major < 7
            else "input does not match any value of public-key-file"
        )
    _take(call, user, device.files[name])
    device.remove_file(name)
    return NOTHING


@command("user/ssh-keys", Signature("add", {"user": V, "key": V, "comment": V}, (), policy="policy", since=(7, 12)))
async def add_key(call: Invocation) -> object:
    _take(call, call.text("user", call.context.user), call.text("key").encode(), call.text("comment", ""))
    return NOTHING


def _take(call: Invocation, user: str, data: bytes, comment: str = "") -> None:
    device = call.context.device
    if device.user_item(user) is None:
        raise RunError("input does not match any value of user")
    try:
        key = asyncssh.import_public_key(data)
    except (asyncssh.KeyImportError, ValueError):
        raise RunError("failure: unable to load key file (wrong format or bad passphrase)!") from None
    if key.get_algorithm() not in ("ssh-rsa", "ssh-ed25519") or (
        device.version.numbers < (7, 12) and key.get_algorithm() != "ssh-rsa"
    ):
        raise RunError("failure: unable to load key file (wrong format or bad passphrase)!")
    device.ssh_keys.append((user, key))
    device.ssh_key_comments[id(key)] = comment


@command("user/ssh-keys", Signature("remove", {"numbers": V}, ("numbers",), policy="policy", required=("numbers",)))
async def remove_key(call: Invocation) -> object:
    device = call.context.device
    if device.personality.flags.get("keeps_keys"):
        raise RunError("failure: can not remove key")
    numbers = {item.number for item in chosen(call, call.values["numbers"])}
    device.ssh_keys[:] = [key for place, key in enumerate(device.ssh_keys, 1) if place not in numbers]
    return NOTHING


@command(
    "user/active",
    Signature("remove", {"numbers": V}, ("numbers",), policy="policy", required=("numbers",), since=(7, 0)),
)
async def remove_active(call: Invocation) -> object:
    device = call.context.device
    own = list(device.sessions)
    for item in chosen(call, call.values["numbers"]):
        if item.number <= len(own):
            own[item.number - 1].abort()
        else:
            del device.others[item.number - len(own) - 1]
    return NOTHING
