# SPDX-License-Identifier: GPL-3.0-or-later
"""What a node reaches: TCP connections, pings and DNS questions, many at once, tried from inside the node."""

from __future__ import annotations

import json
from collections.abc import Iterable

from labkit.running import RunningLab

#: seconds without any answer that count as silence
PATIENCE = 2.0

# Runs in the node with nothing but Debian's python3. Outcomes: open (connected), refused (somebody answered with a
# reset), prohibited (a router said no), silent (nothing came back).
_TCP = """
import asyncio, errno, json, sys
job = json.load(sys.stdin)
gate = asyncio.Semaphore(400)
async def attempt(address, port):
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
        writer.close()
        return "open"
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
