# SPDX-License-Identifier: GPL-3.0-or-later
"""What a node reaches: TCP connections, pings and DNS questions, many at once, tried from inside the node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from labkit.running import RunningLab

#: seconds without any answer that count as silence
PATIENCE = 2.0

# Runs in the node with nothing but Debian's python3. Outcomes: open (connected), refused (somebody answered with a
# reset), prohibited (a router said no), silent (nothing came back).
_TCP = """
import asyncio, errno, json, sys
job = json.load(sys.stdin)
gate = asyncio.Semaphore(400)
async def attempt(address, port, left=3):
    async with gate:
        try:
            local = (job["source"], 0) if job["source"] else None
            connection = asyncio.open_connection(address, port, local_addr=local)
            _, writer = await asyncio.wait_for(connection, job["patience"])
        except asyncio.TimeoutError:
            return "silent"
        except ConnectionRefusedError:
            return "refused"
        except OSError as error:
            if error.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EACCES):
                return "prohibited"
            raise
        peer = writer.get_extra_info("peername")
        writer.close()
    # Seen once under load: asyncio takes a socket whose refusal is still on its way for a connected one. Such a socket
    # has no peer; it is tried again, and counts as open when that does not settle it.
    return "open" if peer or not left else await attempt(address, port, left - 1)
async def main():
    return await asyncio.gather(*(attempt(a, p) for a, p in job["targets"]))
print(json.dumps(asyncio.run(main())))
"""


def tcp(
    lab: RunningLab, node: str, targets: Iterable[tuple[str, int]], *, source: str = "", patience: float = PATIENCE
) -> dict[tuple[str, int], str]:
    """Try every (address, port) from a node; target → open, refused, prohibited or silent."""
    wanted = list(targets)
    job = json.dumps({"targets": wanted, "source": source, "patience": patience})
    done = lab.exec(node, f"python3 -c '{_TCP}' <<'JOB'\n{job}\nJOB", timeout=60 + len(wanted) / 100 * patience)
    assert done.returncode == 0, f"pencoba koneksi di {node} gagal: {done.stderr}"
    return dict(zip(wanted, json.loads(done.stdout), strict=True))


# The answers to datagrams, in the order of the packets; nothing for silence. A lost question is asked again.
_UDP = """
import json, select, socket, sys, time
job = json.load(sys.stdin)
waiting, answers = {}, [""] * len(job["packets"])
for at, (address, packet) in enumerate(job["packets"]):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if job["source"]:
        one.bind((job["source"], 0))
    one.connect((address, job["port"]))
    waiting[one] = (at, bytes.fromhex(packet))
for attempt in range(job["attempts"]):
    for one, (_, packet) in waiting.items():
        try:
            one.send(packet)
        except OSError:
            pass  # somebody on the way said no to the one before
    end = time.monotonic() + job["patience"]
    while waiting and (left := end - time.monotonic()) > 0:
        for one in select.select(list(waiting), [], [], left)[0]:
            try:
                answers[waiting[one][0]] = one.recv(65535).hex()
                del waiting[one]
            except OSError:
                pass
print(json.dumps(answers))
"""


def datagrams(
    lab: RunningLab,
    node: str,
    packets: Iterable[tuple[str, bytes]],
    port: int,
    *,
    source: str = "",
    attempts: int = 5,
    patience: float = PATIENCE,
) -> list[bytes]:
    """Send each (address, packet) from a node; the answers in the same order, empty where none came.

    ``node`` may be "" for the operators' machine.
    """
    wanted = [(address, packet.hex()) for address, packet in packets]
    job = {"packets": wanted, "port": port, "source": source, "attempts": attempts, "patience": patience}
    command = f"python3 -c '{_UDP}' <<'JOB'\n{json.dumps(job)}\nJOB"
    done = lab.exec(node, command) if node else lab.exec_management(command)
    assert done.returncode == 0, f"pengirim UDP di {node or 'mesin pengelola'} gagal: {done.stderr}"
    return [bytes.fromhex(found) for found in json.loads(done.stdout)]


def pings(lab: RunningLab, node: str, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that answer a ping from a node."""
    wanted = list(addresses)
    each = " ".join(wanted)
    done = lab.exec(
        node, f"for a in {each}; do (ping -n -c 2 -i 0.5 -W 1 $a >/dev/null 2>&1 && echo $a) & done; wait", timeout=30
    )
    return set(done.stdout.split())


def dns(lab: RunningLab, node: str, resolvers: Iterable[str], name: str) -> dict[str, str]:
    """Ask each resolver for an A record over UDP: resolver → first line of the answer, empty when none came."""
    each = " ".join(resolvers)
    ask = f"dig +short +time=2 +tries=1 @$r {name} 2>/dev/null | grep -v '^;' | head -1"
    done = lab.exec(node, f"for r in {each}; do (echo $r $({ask})) & done; wait", timeout=30)
    return {line.split()[0]: " ".join(line.split()[1:]) for line in done.stdout.splitlines()}


def spoofed(
    lab: RunningLab, node: str, sources: list[str], targets: list[tuple[str, int]], router: str, port: str
) -> str:
    """Send from ``node`` under addresses that are not its own, past ``router``, which hears them on ``port``.

    Nothing when every packet ended there; else what went further or was answered. Routing would hide an answer from the
    liar, so the router's own wires are listened to. Operators' ssh is left out.
    """
    listen = "tcpdump -l -n -i any 'tcp and not port 22 and (" + " or ".join(f"host {lie}" for lie in sources) + ")'"
    lab.exec(router, f"(timeout 30 {listen} >/run/spoofed 2>/dev/null &) ; sleep 1")
    lab.exec(node, "; ".join(f"ip address add {lie}/32 dev lo" for lie in sources))
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda lie: tcp(lab, node, targets, source=lie), sources))
    finally:
        lab.exec(node, "; ".join(f"ip address del {lie}/32 dev lo" for lie in sources))
        lab.exec(router, "pkill -x tcpdump; sleep 0.3")
    seen = [line.split() for line in lab.exec(router, "grep ' IP ' /run/spoofed").stdout.splitlines()]
    for lie in sources:
        if not any(words[1:3] == [port, "In"] and words[4].startswith(f"{lie}.") for words in seen):
            return f"paket dari {lie} tidak sampai di {router}, jadi tidak ada yang terbukti"
    return "\n".join(" ".join(words) for words in seen if words[1:3] != [port, "In"])
