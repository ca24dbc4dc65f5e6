# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers' own Python environment and collections, installed once into a folder of the caller's choice."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

#: the release whose archive holds the collections; Galaxy is not asked
_ANSIBLE = "ansible==14.5.0"
_COLLECTIONS = ("ansible/netcommon", "ansible/utils", "cisco/ios")
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


@dataclass(frozen=True)
class Tools:
    """Where the peers are."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "venv" / "bin" / "python"

    @property
    def ansible_playbook(self) -> Path:
        return self.folder / "venv" / "bin" / "ansible-playbook"

    @property
    def collections(self) -> Path:
        return self.folder / "collections"

    def install(self) -> None:
        """Install what is not there yet; asks the Python package index. Raises CalledProcessError."""
        stamp = self.folder / "installed"
        wanted = f"{_REQUIREMENTS.read_text()}{_ANSIBLE} {_COLLECTIONS}\n"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        _say("memasang pembanding (nornir, cisco.ios) di", self.folder)
        subprocess.run([sys.executable, "-m", "venv", self.folder / "venv"], check=True)
        pip = [self.python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-r", _REQUIREMENTS], check=True)
        subprocess.run([*pip, "download", "--no-deps", "--dest", self.folder / "archive", _ANSIBLE], check=True)
        (archive,) = (self.folder / "archive").glob("ansible-*.whl")
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if any(name.startswith(f"ansible_collections/{part}/") for part in _COLLECTIONS):
                    wheel.extract(name, self.collections)
        archive.unlink()
        stamp.write_text(wanted)


def _say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)
