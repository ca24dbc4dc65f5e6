# SPDX-License-Identifier: GPL-3.0-or-later
"""Safe mode as commands, undo and redo.

The commands came with 7.18. What they say, and that they do nothing without a terminal, was measured on 7.21
(a reference of 50 tests in a public repository); the manual says the rest.
"""

from __future__ import annotations

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation
from ..script.values import NOTHING
from .registry import command

SINCE = (7, 18)
TAKEN = "Taking Safe Mode session... Success!\n"
RELEASED = "Releasing Safe Mode... Success!\n"
UNROLLED = "Unrolling Safe Mode... Success!\n"
NOT_TAKEN = "Safe Mode has not been taken. Action aborted."
_ON_ERROR = ("abort", "ask", "release", "unroll")


@command("safe-mode", Signature("take", {"on-error": Takes.VALUE}, policy="write", since=SINCE))
async def take(call: Invocation) -> object:
    """`on-error` says what becomes of the changes when the session breaks off; unroll unless told otherwise."""
    on_error = call.text("on-error", "unroll")
    if on_error not in _ON_ERROR:
        raise RunError("input does not match any value of on-error")
    context = call.context
    safe, session = context.device.safe_mode, context.session
    if safe.holder is not None and safe.holder is not session:
        whom = "current user in another session" if safe.user == context.user else f"another user ({safe.user})"
        raise RunError(f"Safe Mode is taken by {whom}. Action aborted.")
    if session is not None and session.kind == "shell":
        safe.take(session, context.user, keep=on_error == "release")
    # Without a terminal it says the same and nothing is taken.
    await context.write(TAKEN)
    return NOTHING


@command("safe-mode", Signature("release", policy="write", since=SINCE))
async def release(call: Invocation) -> object:
    _held(call)
    call.context.device.safe_mode.release()
    await call.context.write(RELEASED)
    return NOTHING


@command("safe-mode", Signature("unroll", policy="write", since=SINCE))
async def unroll(call: Invocation) -> object:
    _held(call)
    call.context.device.safe_mode.unroll()
    await call.context.write(UNROLLED)
    return NOTHING


@command("safe-mode", Signature("toggle", policy="write", since=SINCE))
async def toggle(call: Invocation) -> object:
    session = call.context.session
    held = session is not None and call.context.device.safe_mode.holder is session
    return await (release if held else take)(call)


def _held(call: Invocation) -> None:
    session = call.context.session
    if session is None or call.context.device.safe_mode.holder is not session:
        raise RunError(NOT_TAKEN)


@command("", Signature("undo", policy="write"))
async def undo(call: Invocation) -> object:
    store = call.context.device.store
    for action in reversed(store.history.actions):
        if not action.undone:
            store.undo(action)
            return NOTHING
    raise RunError("failure: nothing to undo")


@command("", Signature("redo", policy="write"))
async def redo(call: Invocation) -> object:
    store = call.context.device.store
    for action in store.history.actions:
        if action.undone:
            store.redo(action)
            return NOTHING
    raise RunError("failure: nothing to redo")
