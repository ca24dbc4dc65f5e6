# SPDX-License-Identifier: GPL-3.0-or-later
"""The flash: names, free space, what survives a restart."""

from __future__ import annotations

from abc import abstractmethod

import asyncssh

from ...core.device import Device as CoreDevice
from ..boards import Board
from ..errors import RunError

# RouterOS itself fills most of a 16 MB flash.
_SYSTEM_SHARE = 0.75


class Storage(CoreDevice):
    board: Board
    file_times: dict[str, str]
    file_numbers: dict[str, int]

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.file_times = {}
        self.file_numbers = {}

    def boot_storage(self) -> None:
        """Boards with a `flash` folder keep the rest in memory."""
        if self.board["flash_folder"]:
            for name in [name for name in self.files if not name.startswith("flash/")]:
                self.remove_file(name)

    def capacity(self) -> int:
        free = self.personality.flags.get("free_kib")
        if free is not None:
            return int(free) * 1024
        return int(int(str(self.board["flash_kib"])) * 1024 * (1 - _SYSTEM_SHARE))

    def free_space(self) -> int:
        """Bytes."""
        return max(0, self.capacity() - sum(map(len, self.files.values())))

    def file_name(self, path: str) -> str:
        return path.lstrip("/").removeprefix("./")

    def file_number(self, name: str) -> int:
        return self.file_numbers.setdefault(name, len(self.file_numbers) + 1)

    def store_file(self, name: str, data: bytes) -> None:
        """RunError when it does not fit."""
        name = self.file_name(name)
        if len(data) - len(self.files.get(name, b"")) > self.free_space():
            raise RunError("failure: not enough space on disk")
        self.files[name] = data
        self.file_times[name] = self.stamp()

    def remove_file(self, name: str) -> None:
        self.files.pop(name, None)
        self.file_times.pop(name, None)
        self.file_numbers.pop(name, None)

    def file_stored(self, name: str, user: str) -> None:  # noqa: ARG002
        """An upload arrived; without space for it, it is cut off and refused."""
        if sum(map(len, self.files.values())) > self.capacity():
            self.remove_file(name)
            raise asyncssh.SFTPFailure("write failed: no space left on device")
        self.file_times[name] = self.stamp()

    @abstractmethod
    def stamp(self) -> str:
        """The device's date and time, as its files show it."""
