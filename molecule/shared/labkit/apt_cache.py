# SPDX-License-Identifier: GPL-3.0-or-later
"""apt-cacher-ng for the servers of a lab, as a data centre with a thin uplink has one.

One daemon per checkout runs on the machine (unprivileged, on a loopback port of its own, fetching as the machine's apt
does); each management network gets a forwarder that listens on the controller's address.
"""

import fcntl
import os
import pwd
import random
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labkit import forwarder, mirror, namespaces, processes, wires
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.model import Topology

PORT = 3142
USER = "apt-cacher-ng"
_LOOPBACK = "127.0.0.1"
_CACHES = Path("/var/cache/terpusat")  # outlives `down`, so that the next `up` installs from disk
_RUN = Path("/run/terpusat")
_ATTEMPTS = 3  # somebody may take the free port before the daemon does


def cache_folder(identity: Identity) -> Path:
    """Downloaded packages of a checkout."""
    return _CACHES / identity.checkout


def ensure(identity: Identity, topology: Topology) -> None:
    """Have the daemon and this lab's forwarder running.

    :raises LabError: one of them does not start.
    """
    with _alone(identity):
        port = _daemon_port(identity) or _start_daemon(identity)
    name = identity.name(wires.MANAGEMENT)
    # The namespace's number and the port are in the mark: a forwarder of a former namespace or daemon is not ours.
    mark = f"{_forwarder_mark(identity)}{namespaces.inode(name)}:{port}"
    current = processes.find(mark)
    processes.end([pid for pid in processes.find_starting(_forwarder_mark(identity)) if pid not in current])
    argv = [sys.executable, forwarder.__file__, str(namespaces.path(name))]
    argv += [str(topology.management.ip), str(PORT), _LOOPBACK, str(port)]
    processes.start(mark, argv, identity.folder / "log" / "apt-forwarder.log")


def stop(identity: Identity) -> None:
    """End this lab's forwarder, and the daemon when no other lab of the checkout is left."""
    processes.end(processes.find_starting(_forwarder_mark(identity)))
    with _alone(identity):
        if not namespaces.names(f"terpusat-{identity.checkout}"):
            processes.end(processes.find(_daemon_mark(identity)))
            shutil.rmtree(_RUN / identity.checkout, ignore_errors=True)


@contextmanager
def _alone(identity: Identity) -> Iterator[None]:
    """Keeps scenarios of one checkout, which share the daemon, from starting or ending it at the same time."""
    with Path(f"/run/lock/terpusat-apt-{identity.checkout}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def forget(identity: Identity) -> None:
    """Delete the checkout's downloaded packages."""
    shutil.rmtree(cache_folder(identity), ignore_errors=True)


def _daemon_mark(identity: Identity) -> str:
    return f"terpusat-{identity.checkout}:apt-cache"


def _forwarder_mark(identity: Identity) -> str:
    return f"{identity.prefix}:apt-forwarder:"


def _configuration_path(identity: Identity) -> Path:
    return _RUN / identity.checkout / "apt-cacher-ng" / "acng.conf"


def _daemon_port(identity: Identity) -> int | None:
    """The port of the running daemon; None when it has to be started (again)."""
    pids = processes.find(_daemon_mark(identity))
    try:
        written = re.search(r"^Port: (\d+)$", _configuration_path(identity).read_text(), re.MULTILINE)
    except FileNotFoundError:
        written = None
    if pids and written and _answers(int(written[1])):
        return int(written[1])
    processes.end(pids)
    return None


def _start_daemon(identity: Identity) -> int:
    try:
        account = pwd.getpwnam(USER)
    except KeyError as error:
        raise LabError(f"Pengguna {USER} tidak ada; pasang ulang paket apt-cacher-ng.") from error
    cache, configuration = cache_folder(identity), _configuration_path(identity)
    for folder in (cache / "packages", cache / "log"):
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, account.pw_uid, account.pw_gid)
    configuration.parent.mkdir(parents=True, exist_ok=True)
    log = identity.root / ".lab" / "log" / "apt-cache.log"
    source = mirror.read()
    argv = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups"]
    argv += ["apt-cacher-ng", "-c", str(configuration.parent), "ForeGround=1"]
    for _ in range(_ATTEMPTS):
        port = _free_port()
        configuration.write_text(settings(cache, port, source))
        processes.start(_daemon_mark(identity), argv, log)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            if _answers(port):
                return port
            time.sleep(0.1)
        processes.end(processes.find(_daemon_mark(identity)))
    raise LabError(f"apt-cacher-ng tidak mau menyala; catatannya ada di {log} dan {cache / 'log'}.")


def settings(cache: Path, port: int, source: mirror.Mirror) -> str:
    """The text of ``acng.conf``."""
    lines = [
        f"CacheDir: {cache / 'packages'}",
        f"LogDir: {cache / 'log'}",
        f"BindAddress: {_LOOPBACK}",
        f"Port: {port}",
        "SupportDir: /usr/lib/apt-cacher-ng",
        "ExThreshold: 30",
    ]
    proxies = dict(source.proxies)
    proxy = proxies.get("Acquire::http::Proxy") or proxies.get("Acquire::https::Proxy")
    if proxy and proxy != "DIRECT":
        lines.append(f"Proxy: {proxy}")
    # A machine whose apt uses HTTPS: the servers ask by HTTP (only so can it be cached), the cache fetches by HTTPS.
    lines += [f"Remap-tls{number}: {mirror.plain(uri)} ; {uri}" for number, uri in enumerate(source.secure)]
    return "\n".join(lines) + "\n"


def _free_port() -> int:
    """A port that nobody listens on now; apt-cacher-ng refuses those above 32767 and the kernel hands those out."""
    for port in random.sample(range(20000, 32000), 50):
        if not _answers(port):
            return port
    raise LabError("Tidak ada port loopback yang bebas untuk apt-cacher-ng.")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((_LOOPBACK, port)) == 0
