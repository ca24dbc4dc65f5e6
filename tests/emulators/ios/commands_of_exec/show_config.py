# SPDX-License-Identifier: GPL-3.0-or-later
"""Showing configurations."""

from .. import clocktext
from ..exec_state import Run, command
from ..shell_text import contextual


def _running(run: Run) -> str:
    """With everything volatile: times, sizes, the NTP clock period."""
    device = run.device
    text = device.config()
    if device.personality.flags.get("ntp_clock_period"):
        # The value follows the oscillator: another one at each look.
        period = 17179869 + int(device.clock.monotonic() * 7) % 997
        text = text.replace("\nntp ", f"\nntp clock-period {period}\nntp ", 1)
    head = ""
    if device.changed_by:
        head += (
            f"! Last configuration change at {clocktext.full(device.changed_at, device.zone)} by {device.changed_by}\n"
        )
    if device.written_by:
        head += (
            f"! NVRAM config last updated at {clocktext.full(device.written_at, device.zone)} by {device.written_by}\n"
        )
    body = text.removeprefix("!\n")
    return f"!\n{head}!\n{body}" if head else f"!\n{body}"


@command
async def show_running(run: Run) -> str | None:
    text = _running(run)
    return f"Building configuration...\n\nCurrent configuration : {len(text)} bytes\n{text}\n"


@command
async def show_running_interface(run: Run) -> str | None:
    section = run.device.running.interface(run.words[-1])
    if section is None:
        return "                                  ^\n% Invalid input detected at '^' marker.\n\n"
    body = "".join(f"{line}\n" for line in [f"interface {section.name}", *run.device.running.body(section, 1), "end"])
    return f"Building configuration...\n\nCurrent configuration : {len(body)} bytes\n!\n{body}\n"


@command
async def show_running_part(run: Run) -> str | None:
    lines = run.device.running.lines()
    start = run.words[2]
    out: list[str] = []
    inside = False
    for line in lines:
        inside = line.startswith((f"{start} ", f"no {start} ")) or (inside and line.startswith(" "))
        if inside:
            out.append(line)
    return (
        "Building configuration...\n\n"
        + "".join(f"{line}\n" for line in ["Current configuration:", "!", *out])
        + "end\n\n"
    )


@command
async def show_startup(run: Run) -> str | None:
    device = run.device
    if not device.saved:
        return "startup-config is not present\n"
    text = device.startup()
    head = ""
    if device.written_by:
        when = clocktext.full(device.written_at, device.zone)
        head = f"! Last configuration change at {when} by {device.written_by}\n!\n"
    body = text.removeprefix("!\n")
    return f"Using {len(text)} out of 524288 bytes\n!\n{head}{body}\n"


@command
async def show_differences(run: Run) -> str | None:
    device = run.device
    files = list(run.words[4:])
    texts = []
    for name in files:
        if name in ("system:running-config", "running-config"):
            texts.append(device.saved_form())
            continue
        if name in ("nvram:startup-config", "startup-config"):
            texts.append(device.saved or "")
            continue
        data = device.files.get(device.file_name(name))
        if data is None:
            return f"%Error opening {name} (No such file or directory)\n"
        texts.append(data.decode("utf-8", "replace"))
    if not texts:
        texts = [device.saved or ""]
    if len(texts) == 1:
        texts.append(device.saved_form())
    return contextual(texts[0].replace("\x03", "^C").splitlines(), texts[1].replace("\x03", "^C").splitlines())


@command
async def show_logging(run: Run) -> str | None:
    device = run.device
    head = (
        "Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, "
        "filtering disabled)\n\n    Console logging: level debugging, 0 messages logged\n"
        f"    Buffer logging:  level debugging, {len(device.messages)} messages logged\n\nLog Buffer (4096 bytes):\n\n"
    )
    return head + "".join(f"{line}\n" for line in device.messages[-100:])


@command
async def clear(run: Run) -> str | None:
    device, words = run.device, run.words
    if words[1] == "logging":
        key = await run.session.ask_key("Clear logging buffer [confirm]")
        if key in "\r\nyY":
            device.messages.clear()
        return "\n"
    if words[1] == "configuration":
        device.lock.free()
    if words[1] == "line":
        key = await run.session.ask_key("[confirm]")
        if key in "\r\nyY":
            for other in list(device.sessions):
                if other.state is not None and other.state.line == int(words[3]):
                    other.abort()
        return "\n [OK]\n"
    return None
