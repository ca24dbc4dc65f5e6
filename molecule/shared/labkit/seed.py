# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies on a node before it is switched on for the first time: what an installer or an enrolment would leave."""

from dataclasses import replace

from labkit import keys
from labkit.identity import Identity
from labkit.mirror import Mirror
from labkit.model import File, Node


def files(identity: Identity, node: Node, source: Mirror) -> tuple[File, ...]:
    """All first files of a node; ``source`` is where the machine gets its packages from."""
    hosts = f"127.0.0.1 localhost\n127.0.1.1 {node.name}\n::1 localhost ip6-localhost ip6-loopback\n"
    first = [File("/etc/hostname", f"{node.name}\n"), File("/etc/hosts", hosts)]
    if node.management is None:
        # The world outside has no enrolment: nobody logs in there over the network.
        first.append(File("/etc/systemd/system/ssh.service", link="/dev/null"))
    else:
        first += [_management(node), *keys.files(identity, node)]
    if source.secure:
        # The cache fetches by HTTPS; the node asks it by HTTP.
        lines = [line.replace(" https:", " http:", 1) for line in source.sources(node.image.suite)]
        first.append(File("/etc/apt/sources.list", "".join(f"{line}\n" for line in lines)))
    return (*first, *(_with_secret(identity, file) for file in node.files))


def _with_secret(identity: Identity, file: File) -> File:
    if not file.secret:
        return file
    return replace(file, content=file.content.replace("{secret}", keys.shared(identity, file.secret)))


def _management(node: Node) -> File:
    return File(
        "/etc/systemd/network/05-management.network",
        f"# Set at enrolment: the way in for the controller.\n[Match]\nName={node.management_port}\n\n"
        f"[Network]\nAddress={node.management}\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n",
    )
