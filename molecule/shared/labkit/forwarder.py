# SPDX-License-Identifier: GPL-3.0-or-later
"""Listens inside a network namespace and passes every connection on to an address of the machine itself.

Runs as a process of its own (``python forwarder.py NAMESPACE ADDRESS PORT TO_ADDRESS TO_PORT``), without other imports
from this package.
"""

import asyncio
import os
import socket
import sys
from pathlib import Path

_CHUNK = 65536


def listen_in(namespace: Path, address: str, port: int) -> socket.socket:
    """A listening socket that stays in ``namespace`` after the process has gone back to its own."""
    with Path("/proc/self/ns/net").open() as home, namespace.open() as there:
        os.setns(there.fileno(), os.CLONE_NEWNET)
        try:
            return socket.create_server((address, port), backlog=64)
        finally:
            os.setns(home.fileno(), os.CLONE_NEWNET)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        writer.close()  # one side is gone; the other copy ends by itself


async def serve(listener: socket.socket, address: str, port: int) -> None:
    """Forward until the process is ended."""

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(address, port)
        except OSError as error:
            print(f"{address}:{port}: {error}", file=sys.stderr, flush=True)
            writer.close()
            return
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        far_writer.close()
        writer.close()

    server = await asyncio.start_server(forward, sock=listener)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    name, at, at_port, to, to_port = sys.argv[1:]
    asyncio.run(serve(listen_in(Path(name), at, int(at_port)), to, int(to_port)))
