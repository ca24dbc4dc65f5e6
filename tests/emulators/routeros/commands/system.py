# SPDX-License-Identifier: GPL-3.0-or-later
"""reboot, shutdown, backup, device-mode, stored scripts, quit."""

from __future__ import annotations

import copy

from ...core.session import SessionEnd
from ..errors import RunError, ScriptExit
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, evaluate
from ..script.values import NOTHING, text_of
from ..services import device_mode
from ..store.config import Config
from .imports import run_text
from .registry import command
from .selection import chosen

V, F = Takes.VALUE, Takes.FLAG


@command("", Signature("quit", {}, policy=""))
async def quit_(call: Invocation) -> object:
    session = call.context.session
    if session is None or call.context.depth:
        raise ScriptExit
    call.context.device.safe_mode.left(session)
    await call.context.write("interrupted\n" if session.kind == "exec" else "")
    raise SessionEnd


@command("system", Signature("reboot", {}, policy="reboot"))
async def reboot(call: Invocation) -> object:
    return await _power(call, "Reboot, yes? [y/N]: ", "system will reboot shortly")


@command("system", Signature("shutdown", {}, policy="reboot"))
async def shutdown(call: Invocation) -> object:
    return await _power(call, "Shutdown, yes? [y/N]: ", "system will shutdown shortly")


async def _power(call: Invocation, question: str, announcement: str) -> object:
    """On a terminal it asks; in a script or an exec channel it does it."""
    context = call.context
    if context.session is not None and context.session.kind == "shell" and not context.depth:
        answer = await context.session.ask_key(question)
        await context.write(f"{answer if answer.isprintable() else ''}\n")
        if answer not in "yY":
            return NOTHING
    await context.write(f"{announcement}\n")
    device = context.device
    device.clock.after(0.0, device.power_cycle)
    return NOTHING


@command(
    "system/backup",
    Signature("save", {"name": V, "password": V, "dont-encrypt": V, "encryption": V}, (), policy="write"),
)
async def backup_save(call: Invocation) -> object:
    if not (call.context.may("sensitive") and call.context.may("policy")):
        raise RunError("not enough permissions (9)")
    device = call.context.device
    name = (
        call.text("name") or f"{device.store.value(('system', 'identity'), 'name')}-{device.local_time():%Y%m%d-%H%M}"
    )
    name = device.file_name(name if name.endswith(".backup") else f"{name}.backup")
    await call.context.write("Saving system configuration\n")
    device.store_file(name, b"\x88\xac\xa1\xb1" + device.config().encode())
    device.backups[name] = (call.text("password"), copy.deepcopy(_frozen(device.store)))
    await call.context.write("Configuration backup saved\n")
    return NOTHING


def _frozen(store: Config) -> dict[tuple[str, ...], list[object]]:
    return {path: list(store.items(path)) for path in store.menus}


@command(
    "system/backup", Signature("load", {"name": V, "password": V}, (), policy="write", required=("name", "password"))
)
async def backup_load(call: Invocation) -> object:
    device, name = call.context.device, call.text("name")
    name = device.file_name(name if name.endswith(".backup") else f"{name}.backup")
    saved = device.backups.get(name) if name in device.files else None
    if saved is None:
        raise RunError("failure: backup file not found")
    password, state = saved
    if call.text("password") != password:
        raise RunError("failure: wrong password or corrupt backup file")
    device.restore(copy.deepcopy(state))
    await call.context.write("System configuration restored, rebooting now\n")
    device.clock.after(0.0, device.power_cycle)
    return NOTHING


_UPDATE = {
    "mode": V,
    "flagging-enabled": V,
    "flagged": V,
    "activation-timeout": V,
    **dict.fromkeys(device_mode.FEATURES, V),
}


@command("system/device-mode", Signature("update", _UPDATE, (), policy="write", since=(7, 0)))
async def update(call: Invocation) -> object:
    """Takes effect only when somebody presses the button or cuts the power; nobody does, so it is called off."""
    if call.has("mode") and call.text("mode") not in device_mode.MODES:
        raise RunError("input does not match any value of mode")
    await call.context.write(
        "update: please activate by turning power off or pressing reset or mode button\n        in 5m00s\n"
    )
    return NOTHING


@command("system/script", Signature("run", {"number": V, "use-script-permissions": F}, ("number",), policy="write",
                                    required=("number",)))  # fmt: skip
async def run_script(call: Invocation) -> object:
    device = call.context.device
    for item in chosen(call, call.values["number"]):
        wanted = frozenset(p for p in item.values.get("policy", "").split(",") if p)
        if not wanted <= call.context.policies and item.values.get("dont-require-permissions") != "yes":
            raise RunError("not enough permissions (9)")
        inner = call.context.fresh()
        if call.has("use-script-permissions"):
            inner.policies = wanted
        item.facts["run-count"] = str(int(item.facts.get("run-count", "0")) + 1)
        item.facts["last-started"] = device.stamp()
        error = await run_text(item.values.get("source", ""), inner)
        if error is not None:
            raise error if isinstance(error, RunError) else RunError(str(error))
    return NOTHING


@command("", Signature("parse", {"value": V}, ("value",), policy="", required=("value",)))
async def parse(call: Invocation) -> object:
    from ..schema.tree import tree
    from ..script.nodes import Code
    from ..script.parser import Parser

    device = call.context.device
    script = Parser(text_of(call.values["value"]), tree(device.version), device.version).parse()
    return await evaluate(Code(0, script), call.context)
