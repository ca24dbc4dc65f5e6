# SPDX-License-Identifier: GPL-3.0-or-later
"""Who an emulated device is: platform, model, version, first configuration, speed. From Python or from a YAML file."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PERSONALITIES = Path(__file__).parent.parent / "personalities"


@dataclass
class Personality:
    """All of it has a default except name and platform.

    seed: configuration text in the device's own form, or (`seed_file`) the path of a file with it, relative to the
    YAML file. latency_ms: real milliseconds the device thinks about each command. rtt_ms: real milliseconds everything
    typed takes to arrive. time_scale: device seconds per real second (timers, clock). reboot_seconds: device time.
    user, password: the account of the seed configuration that tests log in with; secret: its enable password.
    files: what lies on the device's storage. flags: what only the platform understands.
    """

    name: str
    platform: str
    model: str = ""
    version: str = ""
    serial: str = ""
    user: str = "admin"
    password: str = "rahasia"
    secret: str = ""
    seed: str = ""
    seed_file: str = ""
    address: str = ""
    port: int = 0
    latency_ms: float = 0.0
    rtt_ms: float = 0.0
    time_scale: float = 1.0
    reboot_seconds: float = 60.0
    host_key: str = "ed25519"
    ssh: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.seed_file and not self.seed:
            self.seed = (PERSONALITIES / self.seed_file).read_text(encoding="utf-8")

    @classmethod
    def load(cls, source: str | Path, **changes: Any) -> "Personality":
        """From `personalities/<source>.yml` or a path; `changes` overrule the file. ValueError for an unknown key."""
        path = Path(source)
        if path.suffix not in (".yml", ".yaml"):
            path = PERSONALITIES / f"{source}.yml"
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        record.setdefault("name", path.stem)
        record.update(changes)
        unknown = set(record) - {item.name for item in dataclasses.fields(cls)}
        if unknown:
            raise ValueError(f"{path}: kunci tidak dikenal: {', '.join(sorted(unknown))}")
        if record.get("seed_file") and not record.get("seed"):
            record["seed"] = (path.parent / record["seed_file"]).read_text(encoding="utf-8")
        record["files"] = {
            name: data.encode() if isinstance(data, str) else data for name, data in record.get("files", {}).items()
        }
        return cls(**record)

    def copy(self, **changes: Any) -> "Personality":
        """The same with other values: `copy(name="sw2")`."""
        fresh = {"files": dict(self.files), "flags": dict(self.flags), "ssh": dict(self.ssh)}
        return dataclasses.replace(self, **{**fresh, **changes})
