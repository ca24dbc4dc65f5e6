# SPDX-License-Identifier: GPL-3.0-or-later
"""/log: scripts write to it, people read it."""

from __future__ import annotations

from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed
from ..script.values import NOTHING, text_of
from .registry import command


def _level(level: str) -> None:
    signature = Signature(level, {"message": Takes.VALUE}, ("message",), policy="write", required=("message",))

    @command("log", signature)
    async def write(call: Invocation) -> object:
        call.context.device.add_log(f"script,{level}", text_of(as_typed(call.values["message"])))
        return NOTHING


for _name in ("debug", "info", "warning", "error"):
    _level(_name)
