# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's storage over SFTP: flat, in memory."""

import errno
import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import asyncssh

from .session import SessionEnd

if TYPE_CHECKING:
    from .server import DeviceServer


class _OpenFile:
    def __init__(self, name: str, data: bytes, writing: bool) -> None:
        self.name = name
        self.data = bytearray(data)
        self.writing = writing

    def seek(self, offset: int, whence: int) -> int:
        """What asyncssh asks for `ranges` requests: data begins at once, the only hole is the end."""
        if whence == os.SEEK_HOLE:
            return len(self.data)
        if offset >= len(self.data):
            raise OSError(errno.ENXIO, "no data")
        return offset


class StorageServer(asyncssh.SFTPServer):
    def __init__(self, channel: "asyncssh.SSHServerChannel[bytes]", server: "DeviceServer") -> None:
        super().__init__(channel)
        self._server = server
        self._gate = channel.get_connection().get_extra_info("gate")

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> _OpenFile:  # noqa: ARG002
        device = self._server.device
        text = path.decode()
        name = device.file_name(text)
        writing = bool(pflags & asyncssh.FXF_WRITE)
        self._permit(text, writing)
        if name not in device.files and not pflags & asyncssh.FXF_CREAT:
            raise asyncssh.SFTPNoSuchFile("No such file")
        old = b"" if pflags & asyncssh.FXF_TRUNC else device.files.get(name, b"")
        file = _OpenFile(name, old, writing)
        if not writing:
            self._note("download", f"sftp {text}")
        return file

    async def close(self, file_obj: object) -> None:
        assert isinstance(file_obj, _OpenFile)
        if file_obj.writing:
            # Whole files only: what breaks off before the close leaves the former file.
            try:
                await self._server.upload(self._gate, "sftp", file_obj.name, bytes(file_obj.data))
            except SessionEnd as error:
                raise asyncssh.SFTPConnectionLost("connection lost") from error

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        assert isinstance(file_obj, _OpenFile)
        return bytes(file_obj.data[offset : offset + size])

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        assert isinstance(file_obj, _OpenFile)
        if len(file_obj.data) < offset:
            file_obj.data.extend(b"\0" * (offset - len(file_obj.data)))
        file_obj.data[offset : offset + len(data)] = data
        return len(data)

    def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        name = self._server.device.file_name(path.decode())
        if name in ("", "."):
            return asyncssh.SFTPAttrs(permissions=0o40755, size=0)
        return self._attrs(name)

    lstat = stat

    def fstat(self, file_obj: object) -> asyncssh.SFTPAttrs:
        assert isinstance(file_obj, _OpenFile)
        return asyncssh.SFTPAttrs(permissions=0o100644, size=len(file_obj.data))

    def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Accepted and forgotten: clients set modes and times after an upload."""

    def lsetstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """As setstat."""

    def fsetstat(self, file_obj: object, attrs: asyncssh.SFTPAttrs) -> None:
        """As setstat."""

    def realpath(self, path: bytes) -> bytes:
        return b"/" + path.decode().strip("./").encode()

    def remove(self, path: bytes) -> None:
        text = path.decode()
        name = self._server.device.file_name(text)
        self._permit(text, True)
        if self._server.device.files.pop(name, None) is None:
            raise asyncssh.SFTPNoSuchFile("No such file")

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        files = self._server.device.files
        old, new = (self._server.device.file_name(path.decode()) for path in (oldpath, newpath))
        self._permit(newpath.decode(), True)
        if old not in files:
            raise asyncssh.SFTPNoSuchFile("No such file")
        files[new] = files.pop(old)

    posix_rename = rename

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:  # noqa: ARG002
        for name in sorted(self._server.device.files):
            yield asyncssh.SFTPName(name.encode(), attrs=self._attrs(name))

    def _attrs(self, name: str) -> asyncssh.SFTPAttrs:
        data = self._server.device.files.get(name)
        if data is None:
            raise asyncssh.SFTPNoSuchFile("No such file")
        return asyncssh.SFTPAttrs(permissions=0o100644, size=len(data))

    def _permit(self, path: str, writing: bool) -> None:
        refusal = self._server.device.transfer_refusal("sftp", self._gate.user, path, writing)
        if refusal is not None:
            raise asyncssh.SFTPPermissionDenied(refusal)

    def _note(self, kind: str, text: str) -> None:
        device = self._server.device
        device.log.add(self._gate.number, kind, text, device.clock.monotonic() / device.clock.scale)  # type: ignore[arg-type]
