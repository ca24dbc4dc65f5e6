# SPDX-License-Identifier: GPL-3.0-or-later
"""Safe mode as commands (7.18 and later), undo and redo."""

from __future__ import annotations

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, run_code
from ..script.values import NOTHING
from .registry import command

SINCE = (7, 18)


def holder(call: Invocation) -> object:
    """Who holds safe mode when this command takes it: the session, or the script's device-wide run."""
    return call.context.session if call.context.session is not None else call.context.user


@command("safe-mode", Signature("take", {"on-error": Takes.CODE}, (), "write", since=SINCE))
async def take(call: Invocation) -> object:
    safe = call.context.device.safe_mode
    if safe.holder is not None and safe.holder is not holder(call):
        if call.code("on-error") is not None:
            return await run_code(call.code("on-error"), call.context)
        raise RunError(f"failure: safe mode is already taken by {safe.user}")
    safe.take(holder(call), call.context.user)
    return NOTHING


@command("safe-mode", Signature("release", {}, (), "write", since=SINCE))
async def release(call: Invocation) -> object:
    _held(call)
    call.context.device.safe_mode.release()
    return NOTHING


@command("safe-mode", Signature("unroll", {}, (), "write", since=SINCE))
async def unroll(call: Invocation) -> object:
    _held(call)
    call.context.device.safe_mode.unroll()
    return NOTHING


def _held(call: Invocation) -> None:
    if call.context.device.safe_mode.holder is not holder(call):
        raise RunError("failure: safe mode is not taken by this session")


@command("", Signature("undo", {}, (), "write"))
async def undo(call: Invocation) -> object:
    store = call.context.device.store
    for action in reversed(store.history.actions):
        if not action.undone:
            store.undo(action)
            return NOTHING
    raise RunError("failure: nothing to undo")


@command("", Signature("redo", {}, (), "write"))
async def redo(call: Invocation) -> object:
    store = call.context.device.store
    for action in store.history.actions:
        if action.undone:
            store.redo(action)
            return NOTHING
    raise RunError("failure: nothing to redo")
