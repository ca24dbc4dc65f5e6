# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of a lab, made at run time, and the OpenSSH files that people, Ansible and netmiko log in with."""

import os
import secrets
import string
from pathlib import Path

from labkit import namespaces, wires
from labkit.identity import Identity
from labkit.model import File, Node, Topology
from labkit.shell import run

USER = "terpusat"
_UID = 1000  # of USER in the images
_SHARED_LENGTH = 16


def ssh_config_path(identity: Identity) -> Path:
    """The OpenSSH client configuration of a lab."""
    return identity.folder / "ssh_config"


def known_hosts_path(identity: Identity) -> Path:
    """The host keys of a lab's nodes."""
    return identity.folder / "known_hosts"


def control_folder(identity: Identity) -> Path:
    """Where OpenSSH keeps the sockets of shared connections (their paths must be short)."""
    return Path("/run/terpusat") / identity.checkout / (identity.scenario or "lab")


def private_key_path(identity: Identity) -> Path:
    """The operator's key of a lab."""
    return identity.folder / "keys" / "id_ed25519"


def ensure(identity: Identity, topology: Topology) -> None:
    """Make the keys that are missing, then write ``known_hosts`` and ``ssh_config`` whole."""
    control_folder(identity).mkdir(parents=True, exist_ok=True, mode=0o700)
    _ensure_key(private_key_path(identity), f"{USER}@{identity.prefix}")
    for node in topology.managed:
        _ensure_key(_host_key(identity, node.name), f"root@{node.name}")
    write_whole(known_hosts_path(identity), _known_hosts(identity, topology))
    write_whole(ssh_config_path(identity), ssh_config(identity, topology))


def files(identity: Identity, node: Node) -> tuple[File, ...]:
    """What enrolment leaves on a managed node: its host key and the operator's public key."""
    host_key = _host_key(identity, node.name)
    public = private_key_path(identity).with_suffix(".pub").read_text()
    home = f"/home/{USER}/.ssh"
    return (
        File("/etc/ssh/ssh_host_ed25519_key", host_key.read_text(), 0o600),
        File("/etc/ssh/ssh_host_ed25519_key.pub", host_key.with_suffix(".pub").read_text()),
        File(f"{home}/", mode=0o700, uid=_UID),
        File(f"{home}/authorized_keys", public, 0o600, _UID),
    )


def shared(identity: Identity, name: str) -> str:
    """A secret that two ends share, made on first use; Ansible's password lookup finds it under the same name."""
    path = identity.folder / "keys" / name
    if not path.exists():
        write_whole(path, "".join(secrets.choice(string.ascii_letters) for _ in range(_SHARED_LENGTH)) + "\n")
    return path.read_text().split()[0]


def ssh_config(identity: Identity, topology: Topology) -> str:
    """OpenSSH client configuration: every node by name and by management address, through the lab's namespace."""
    namespace = namespaces.path(identity.name(wires.MANAGEMENT))
    blocks = ["# Dibuat oleh lab; jangan diubah. Pakai: ssh -F berkas-ini <node>"]
    for node in topology.managed:
        assert node.management is not None
        address = node.management.ip
        blocks.append(f"Host {node.name} {address}\n    HostName {address}\n    HostKeyAlias {address}")
    blocks.append(
        "Host *\n"
        f"    User {USER}\n"
        f'    IdentityFile "{private_key_path(identity)}"\n'
        "    IdentitiesOnly yes\n"
        f'    UserKnownHostsFile "{known_hosts_path(identity)}"\n'
        "    GlobalKnownHostsFile /dev/null\n"
        "    StrictHostKeyChecking yes\n"
        "    HostKeyAlgorithms ssh-ed25519\n"
        "    CheckHostIP no\n"
        # Two labs use the same addresses: a shared connection of one must never serve the other.
        f"    ControlPath {control_folder(identity)}/%C\n"
        "    ServerAliveInterval 5\n"
        "    ServerAliveCountMax 3\n"
        "    LogLevel ERROR\n"
        f"    ProxyCommand nsenter --net={namespace} socat -t 600 STDIO TCP4:%h:%p,nodelay,connect-timeout=10"
    )
    return "\n\n".join(blocks) + "\n"


def _known_hosts(identity: Identity, topology: Topology) -> str:
    lines = []
    for node in topology.managed:
        assert node.management is not None
        algorithm, key = _host_key(identity, node.name).with_suffix(".pub").read_text().split()[:2]
        lines.append(f"{node.management.ip},{node.name} {algorithm} {key}\n")
    return "".join(lines)


def _host_key(identity: Identity, node: str) -> Path:
    return identity.folder / "keys" / "hosts" / node / "ssh_host_ed25519_key"


def _ensure_key(path: Path, comment: str) -> None:
    public = path.with_suffix(".pub")
    if path.exists() and public.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    public.unlink(missing_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(draft)])
    # The public half last: both there means the pair is complete.
    draft.replace(path)
    draft.with_name(f"{draft.name}.pub").replace(public)


def write_whole(path: Path, content: str, mode: int = 0o600) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(content)
    draft.chmod(mode)
    draft.replace(path)
