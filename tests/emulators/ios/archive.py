# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration archive: copies of the running configuration on flash."""

from typing import TYPE_CHECKING

from . import clocktext
from .tree import Section

if TYPE_CHECKING:
    from .device import Device

_LIMIT = 10


class Archive:
    def __init__(self, device: "Device") -> None:
        self._device = device
        self.names: list[str] = []
        self._number = 0

    @property
    def _section(self) -> Section | None:
        return next(iter(self._device.running.root.sections("archive")), None)

    @property
    def path(self) -> str | None:
        """`flash:cfg` as configured, `$h` filled in; None: not enabled."""
        section = self._section
        entry = section.get("path") if section else None
        return entry.words[1].replace("$h", self._device.running.hostname) if entry else None

    @property
    def after_write(self) -> bool:
        section = self._section
        return section is not None and section.get("write-memory") is not None

    @property
    def limit(self) -> int:
        section = self._section
        entry = section.get("maximum") if section else None
        return int(entry.words[1]) if entry else _LIMIT

    def save(self) -> str:
        """Writes one more copy, throws away the oldest; returns its name. The archive must be enabled."""
        assert self.path is not None
        name = f"{self.path}-{clocktext.archive(self._device.now())}-{self._number}"
        self._number += 1
        self.names.append(name)
        self._device.files[self._device.file_name(name)] = self._device.saved_form().encode()
        while len(self.names) > self.limit:
            self._device.files.pop(self._device.file_name(self.names.pop(0)), None)
        return name

    def show(self) -> str:
        if self.path is None:
            return " Archive feature not enabled\n"
        count = len(self.names)
        text = f"The maximum archive configurations allowed is {self.limit}.\n"
        if count:
            text += f"There are currently {count} archive configurations saved.\n"
        text += f"The next archive file will be named {self.path}-<timestamp>-{self._number}\n Archive #  Name\n"
        for number in range(1, self.limit + 1):
            name = self.names[number - 1] if number <= count else ""
            recent = " <- Most Recent" if number == count else ""
            text += f"   {number:<8} {name}{recent}".rstrip() + " \n"
        return text
