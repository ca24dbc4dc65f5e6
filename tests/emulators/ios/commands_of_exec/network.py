# SPDX-License-Identifier: GPL-3.0-or-later
"""ping and telnet: probes from the device."""

from ...core.echo import Line, line_to
from ...core.session import SessionEnd
from ..exec_state import Run, command
from ..reach import reaches, resolve

_PORTS = {"www": "80", "domain": "53", "smtp": "25", "ssh": "22"}
_ESCAPE = "\x1e"
#: an answer takes so long where the personality says nothing of the line
USUAL = Line((1.0, 1.0, 4.0))


@command
async def ping(run: Run) -> str | None:
    words = run.words
    host = words[3] if "vrf" in words[:2] else words[2] if words[1] == "ip" else words[1]
    count, size = int(run.after("repeat") or 5), run.after("size") or "100"
    timeout = int(run.after("timeout") or 2)
    address = resolve(run.device, host)
    if address is None:
        return "% Unrecognized host or address, or protocol not running.\n"
    line = line_to(run.device.personality.flags, str(address))
    if line is not None and line.printed is not None:
        return f"{line.printed}\n"
    head = f"Sending {count}, {size}-byte ICMP Echos to {address}, timeout is {timeout} seconds:\n"
    source = run.after("source")
    if source:
        head += f"Packet sent with a source address of {source}\n"
    await run.session.write(f"Type escape sequence to abort.\n{head}")
    times: list[float] = []
    for number, echo in enumerate((line or USUAL).echoes(count, alive=reaches(run.device, address)), 1):
        late = echo.answered and echo.ms > timeout * 1000
        if echo.mark == "." or late:
            await run.device.clock.sleep(timeout)
        elif echo.answered:
            times.append(echo.ms)
        await run.session.write(("." if late else echo.mark) + ("\n" if number % 70 == 0 and number < count else ""))
    told = f"\nSuccess rate is {100 * len(times) // count} percent ({len(times)}/{count})"
    if times:
        least, mean, most = (round(ms) for ms in (min(times), sum(times) / len(times), max(times)))
        told += f", round-trip min/avg/max = {least}/{mean}/{most} ms"
    return f"{told}\n"


@command
async def telnet(run: Run) -> str | None:
    host = run.words[1]
    port = run.words[2] if len(run.words) > 2 and not run.words[2].startswith("/") else "23"
    port = _PORTS.get(port, port)
    address = resolve(run.device, host)
    if address is None:
        return f'Translating "{host}"\n% Unknown command or computer name, or unable to find computer address\n'
    suffix = "" if port == "23" else f", {port}"
    await run.session.write(f"Trying {address}{suffix} ... ")
    if not reaches(run.device, address):
        await run.device.clock.sleep(10)
        return "\n% Connection timed out; remote host not responding\n"
    if f"{address}:{port}" not in run.device.personality.flags.get("open_ports", []):
        return "\n% Connection refused by remote host\n"
    await run.session.write("Open\n")
    return await _talk(run, str(address))


async def _talk(run: Run, address: str) -> str | None:
    """An open connection: the other end hangs up at the first line typed; ^^x comes back here."""
    escaped = False
    try:
        while True:
            key = await run.session.key()
            if escaped and key in "xX":
                run.vty.outgoing = address
                return "\n"
            escaped = key == _ESCAPE
            if key in "\r\n":
                return f"\n[Connection to {address} closed by foreign host]\n"
    except SessionEnd:
        return f"\n[Connection to {address} closed by foreign host]\n"


@command
async def disconnect(run: Run) -> str | None:
    if not run.vty.outgoing:
        return "% No current connection\n"
    key = await run.session.ask_key(f"Closing connection to {run.vty.outgoing} [confirm]")
    if key in "\r\nyY":
        run.vty.outgoing = ""
    return "\n"
