# SPDX-License-Identifier: GPL-3.0-or-later
"""Podman containers that run systemd, one per node. Podman's own list is the truth."""

import io
import json
import subprocess
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

from labkit import machine, namespaces
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.model import File
from labkit.shell import Completed, run, tail

LABEL = "terpusat.spec"
_CAPABILITIES = "NET_ADMIN,NET_RAW,SYS_ADMIN,AUDIT_WRITE"
# A small machine refuses more, and systemd's own units ask for less.
_LIMITS = ("nofile=1024:8192", "nproc=4096:8192")
_SECURITY = ("seccomp=unconfined", "apparmor=unconfined", "label=disable")


@dataclass(frozen=True)
class Container:
    """What podman says about one of ours; ``spec`` is the fingerprint it was created with."""

    name: str
    state: str
    spec: str
    pid: int

    @property
    def running(self) -> bool:
        """Whether its systemd runs."""
        return self.state == "running"


def find(prefix: str) -> dict[str, Container]:
    """Existing containers whose name starts with ``prefix``."""
    listed = run(machine.podman("ps", "--all", "--format", "json")).stdout
    found = {}
    for item in json.loads(listed or "[]"):
        name = item["Names"][0]
        if name.startswith(prefix):
            labels = item.get("Labels") or {}
            found[name] = Container(name, item["State"], labels.get(LABEL, ""), item.get("Pid") or 0)
    return found


def create(name: str, hostname: str, image: str, spec: str, files: tuple[File, ...]) -> None:
    """Create a stopped container in its namespace and put the node's first files into it."""
    options = ["--name", name, "--hostname", hostname, "--label", f"{LABEL}={spec}"]
    options += ["--systemd=always", f"--network=ns:{namespaces.path(name)}", "--no-hosts", "--dns=none"]
    options += [f"--cap-add={_CAPABILITIES}", "--device=/dev/net/tun", "--log-opt=max-size=1mb"]
    options += [f"--ulimit={limit}" for limit in _LIMITS]
    options += [f"--security-opt={option}" for option in _SECURITY]
    run(machine.podman("create", *options, image, "/sbin/init"))
    put(name, files)


def put(name: str, files: tuple[File, ...]) -> None:
    """Write files into a container, running or not, with their owners and modes."""
    if not files:
        return
    # Without --archive=false podman gives every file to root.
    command = machine.podman("cp", "--archive=false", "-", f"{name}:/")
    copied = subprocess.run(command, input=_archive(files), capture_output=True, check=False)
    if copied.returncode != 0:
        raise LabError(f"Berkas awal tidak dapat ditulis ke {name}:\n{tail(copied.stderr.decode(errors='replace'))}")


def _archive(files: tuple[File, ...]) -> bytes:
    """A tar archive; folders that the image lacks are made by podman with root's ownership."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for file in files:
            entry = tarfile.TarInfo(file.path.lstrip("/"))
            entry.mode, entry.uid, entry.gid, entry.mtime = file.mode, file.uid, file.uid, int(time.time())
            if file.link:
                entry.type, entry.linkname = tarfile.SYMTYPE, file.link
                archive.addfile(entry)
            elif file.path.endswith("/"):
                entry.name, entry.type = entry.name.rstrip("/"), tarfile.DIRTYPE
                archive.addfile(entry)
            else:
                content = file.content.encode()
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def start(name: str) -> None:
    """Switch a container on."""
    run(machine.podman("start", name))


def stop(name: str, seconds: int = 20) -> None:
    """Shut a container down in order; after ``seconds`` its power is cut."""
    run(machine.podman("stop", "--ignore", "--time", str(seconds), name), timeout=seconds + 60)


def kill(name: str) -> None:
    """Cut a container's power."""
    run(machine.podman("kill", "--signal", "KILL", name), check=False)
    run(machine.podman("wait", "--condition", "exited", "--condition", "stopped", name), check=False, timeout=30)


def remove(names: list[str]) -> None:
    """Remove containers and everything they wrote."""
    if names:
        run(machine.podman("rm", "--force", "--ignore", "--volumes", "--time", "0", *names), timeout=300)


def execute(name: str, argv: list[str], *, timeout: float | None = 120, data: str | None = None) -> Completed:
    """Run a program in a container; its exit code is in the result, no exception for a failure of the program."""
    options = ["--interactive"] if data is not None else []
    return run(machine.podman("exec", *options, name, *argv), check=False, timeout=timeout, data=data)


def wait_booted(identity: Identity, node: str, seconds: float) -> list[str]:
    """Wait until systemd has finished starting; give back the names of units that failed.

    :raises LabError: it has not within ``seconds``, or the container ended.
    """
    name = identity.name(node)
    deadline = time.monotonic() + seconds
    state = ""
    while time.monotonic() < deadline:
        asked = execute(name, ["systemctl", "is-system-running", "--wait"], timeout=seconds + 10)
        state = asked.stdout.strip()
        if state == "running":
            return []
        if state == "degraded":
            listed = execute(name, ["systemctl", "list-units", "--failed", "--plain", "--no-legend"]).stdout
            return [line.split()[0] for line in listed.splitlines() if line.strip()]
        time.sleep(0.3)
    raise LabError(
        f"{node} belum selesai menyala setelah {seconds:g} detik (keadaan: {state or 'tidak menjawab'}); "
        f"lihat sebabnya dengan: podman logs {name}"
    )


def has_netns(container: Container, name: str) -> bool:
    """Whether a running container really is in the namespace that carries its name."""
    return Path(f"/proc/{container.pid}").exists() and namespaces.of_process(container.pid) == namespaces.inode(name)
