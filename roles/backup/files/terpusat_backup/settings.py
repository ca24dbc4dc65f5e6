# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this server keeps and where: /etc/terpusat/backup/client.json, written by the role ``backup``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import BackupError

CLIENT = Path("/etc/terpusat/backup/client.json")
STATE = Path("/var/lib/terpusat/backup")


@dataclass(frozen=True)
class Place:
    """One repository of one client. ``user`` and ``http_password`` open the door, ``password`` what lies behind it."""

    name: str
    url: str
    user: str
    http_password: str
    password: str
    #: File with the authority that signed the place's certificate; empty: those of the operating system.
    ca: str = ""

    @property
    def address(self) -> str:
        """Where the repository lies: every client has a folder of its own name."""
        return f"{self.url}/{self.user}/"


@dataclass(frozen=True)
class Client:
    """``name`` is the host in the snapshots."""

    name: str
    paths: tuple[str, ...]
    exclude: tuple[str, ...]
    places: tuple[Place, ...]


def client_of(given: Mapping[str, Any]) -> Client:
    """The settings out of what the role wrote."""
    places = tuple(Place(**place) for place in given["places"])
    return Client(given["name"], tuple(given.get("paths", ())), tuple(given.get("exclude", ())), places)


def read_client(path: Path = CLIENT) -> Client:
    try:
        return client_of(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BackupError(
            f"{path} tidak ada: server ini tidak punya yang dicadangkan menurut register, atau peran backup belum "
            "dijalankan (servers.yml --tags backup)."
        ) from None
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BackupError(f"{path} tidak dapat dibaca ({error}); jalankan servers.yml --tags backup.") from error
