# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's end of the SCP protocol (rcp over SSH): one file up (`scp -t`) or down (`scp -f`)."""

import shlex
from typing import TYPE_CHECKING

import asyncssh

from .session import Session

if TYPE_CHECKING:
    from .server import DeviceServer


async def scp_transfer(server: "DeviceServer", process: "asyncssh.SSHServerProcess[bytes]", command: str) -> int:
    """Exit status: 0 done, 1 refused or broken off."""
    words = shlex.split(command)
    options = "".join(word[1:] for word in words[1:] if word.startswith("-"))
    path = next((word for word in reversed(words[1:]) if not word.startswith("-")), "")
    session = Session(server.device, process.get_extra_info("gate"), process, "exec")
    refusal = server.device.transfer_refusal("scp", session.user, path, "t" in options)
    if refusal is not None:
        process.stdout.write(b"\x01" + refusal.encode() + b"\n")
        return 1
    try:
        if "t" in options:
            return await _receive(server, session, process, path)
        return await _send(server, session, process, path)
    except (OSError, asyncssh.Error, EOFError):
        return 1


async def _receive(
    server: "DeviceServer", session: Session, process: "asyncssh.SSHServerProcess[bytes]", path: str
) -> int:
    device = server.device
    process.stdout.write(b"\0")
    while header := await process.stdin.readline():
        if header[:1] == b"T":
            process.stdout.write(b"\0")
            continue
        if header[:1] != b"C":
            process.stdout.write(b"\x01scp: protocol error\n")
            return 1
        _, size, sent_name = header[1:].decode().rstrip("\n").split(" ", 2)
        target = path if device.file_name(path) else path + sent_name
        name = device.file_name(target)

        async def take(name: str = name, size: int = int(size)) -> None:
            process.stdout.write(b"\0")
            data = await process.stdin.readexactly(size) if size else b""
            await process.stdin.readexactly(1)
            device.files[name] = data
            device.file_stored(name, session.user)

        await server.order(session, "upload", f"scp {target} {size}", take)
        process.stdout.write(b"\0")
    return 0


async def _send(
    server: "DeviceServer", session: Session, process: "asyncssh.SSHServerProcess[bytes]", path: str
) -> int:
    device = server.device
    name = device.file_name(path)
    await process.stdin.readexactly(1)
    if name not in device.files:
        process.stdout.write(f"\x01scp: {path}: No such file or directory\n".encode())
        return 1
    device.note(session, "download", f"scp {path}")
    data = device.files[name]
    process.stdout.write(f"C0644 {len(data)} {name.rsplit('/', 1)[-1]}\n".encode())
    await process.stdin.readexactly(1)
    process.stdout.write(data + b"\0")
    await process.stdin.readexactly(1)
    return 0
