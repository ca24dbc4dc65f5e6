# SPDX-License-Identifier: GPL-3.0-or-later
"""What a component is: an owner of some paths who knows what the files mean for the running system."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import ClassVar

from ..bundle import File
from ..services import Properties, Unit
from ..shell import Answers, LiveFile

#: parts of the running state of one component: name → canonical text
Parts = Mapping[str, str]


@dataclass(frozen=True)
class View:
    """One component's share of a transaction.

    ``files``: intended. ``answers``: what its reads brought, by the names it gave them. ``live``: its files on the
    device, by path. ``units``: systemd properties. ``changed``: names of the parts and paths of the files that differ.
    """

    files: Sequence[File]
    answers: Answers
    live: Mapping[str, LiveFile]
    units: Properties
    changed: frozenset[str] = field(default_factory=frozenset)

    def text(self, path: str) -> str:
        """Intended text of a file, or nothing."""
        return next((file.text for file in self.files if file.path == path), "")

    def live_text(self, path: str) -> str:
        """Text of a file on the device, or nothing."""
        return self.live[path].text if path in self.live else ""


class Component(ABC):
    """Subclasses hold no state. Shell they return runs as root, with ``set -e`` in `apply` and without in `restore`."""

    name: ClassVar[str]
    #: globs of the paths owned; a star does not cross a slash
    globs: ClassVar[tuple[str, ...]]
    #: command → Debian package that brings it
    tools: ClassVar[Mapping[str, str]] = {}
    units: ClassVar[tuple[Unit, ...]] = ()
    #: what is secret in its texts: each match's last group is shown as a fingerprint
    secret: ClassVar[re.Pattern[str] | None] = None
    #: components whose change can undo this one's running state, so that it is applied again after them
    follows: ClassVar[frozenset[str]] = frozenset()

    def claims(self, path: str) -> bool:
        """Whether the path is this component's."""
        return any(glob.count("/") == path.count("/") and fnmatchcase(path, glob) for glob in self.globs)

    def stands(self, paths: Collection[str]) -> bool:
        """Whether files at these paths, all of which it claims, are a configuration of ours rather than the
        distribution's own."""
        return bool(paths)

    def used_units(self, files: Sequence[File]) -> tuple[Unit, ...]:
        """The units that these files need."""
        return self.units if files else ()

    def used_tools(self, files: Sequence[File]) -> Mapping[str, str]:
        """The tools that these files need: command → Debian package."""
        return self.tools if files else {}

    def validate(self, files: Sequence[File]) -> list[str]:
        """Problems that can be seen in the text alone, before login."""
        del files
        return []

    def check(self, files: Sequence[File]) -> str:
        """Shell that fails when the files, staged below ``$STAGE``, are not acceptable to the device's own tools."""
        del files
        return ""

    @abstractmethod
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        """Commands that show what runs: name → shell. The intended files are staged below ``$STAGE``."""

    @abstractmethod
    def intended(self, view: View) -> Parts:
        """What ought to run, in canonical form."""

    @abstractmethod
    def running(self, view: View) -> Parts:
        """What runs, in canonical form."""

    def unmanaged(self, view: View) -> list[str]:
        """What is there beside ours and ought to be known; told, never touched."""
        del view
        return []

    def degraded(self, view: View) -> Mapping[str, tuple[str, str]]:
        """What is configured as intended and does not work so: name → how it is, how it should be."""
        del view
        return {}

    @abstractmethod
    def apply(self, view: View) -> str:
        """Shell that makes the intended state run. The files are already in place; units are enabled afterwards."""

    @abstractmethod
    def restore(self, view: View) -> str:
        """Shell that makes run what was read. The former files are already in place; ``$OLD`` is their folder.

        Idempotent; it must work from any point of `apply`.
        """
