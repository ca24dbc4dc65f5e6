# SPDX-License-Identifier: GPL-3.0-or-later
"""ping and telnet: probes from the device."""

from ...core.session import SessionEnd
from ..exec_state import Run, command
from ..reach import reaches, resolve

_PORTS = {"www": "80", "domain": "53", "smtp": "25", "ssh": "22"}
_ESCAPE = "\x1e"


@command
async def ping(run: Run) -> str | None:
    words = run.words
    host = words[3] if "vrf" in words[:2] else words[2] if words[1] == "ip" else words[1]
    count, size = int(run.after("repeat") or 5), run.after("size") or "100"
    timeout = int(run.after("timeout") or 2)
    address = resolve(run.device, host)
    if address is None:
        return "% Unrecognized host or address, or protocol not running.\n"
    await run.session.write(
        "Type escape sequence to abort.\n"
        f"Sending {count}, {size}-byte ICMP Echos to {address}, timeout is {timeout} seconds:\n"
    )
    if not reaches(run.device, address):
        for _ in range(count):
            await run.device.clock.sleep(timeout)
            await run.session.write(".")
        return f"\nSuccess rate is 0 percent (0/{count})\n"
    marks = "!" * count
    rows = "".join(marks[i : i + 70] + "\n" for i in range(0, count, 70))
    return f"{rows}Success rate is 100 percent ({count}/{count}), round-trip min/avg/max = 1/1/4 ms\n"


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
