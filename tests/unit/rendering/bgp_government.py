# SPDX-License-Identifier: GPL-3.0-or-later
"""The government of these tests, or the lab's (for Linux), once it speaks BGP with both of its providers."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

from variants import FOLDER, SECRETS, VARIANTS, folder, text_of

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

#: a RouterOS 7 that has no instances yet
OLD_ROUTEROS7 = "routeros7.16"
OLD_VERSION = "7.16.2"
LINUX = "linux"
MAKES = (*VARIANTS, OLD_ROUTEROS7, LINUX)
PASSWORD = "Sandi-BGP-Uji7"
#: end of the first address that judges a line -> the session on it
SESSIONS = {
    "53": "{asn: 4200000001, password: true}",
    "54": "{asn: 4200000002, own_asn: 64700, accept: table, max_prefixes: 100, ttl_security: false}",
}
PREFIXES = "{prefixes: [192.0.2.0/24, 203.0.113.128/25], nat_address: 203.0.113.129}"
_LAB = Path(__file__).resolve().parents[3] / "inventories" / "lab"


def base(make: str) -> str:
    """The variant that has the boxes of a make."""
    return "routeros7" if make == OLD_ROUTEROS7 else make


@functools.cache
def border(make: str, *, speaks: bool = True) -> dict[str, Any]:
    """Host vars of br1; without ``speaks`` those of the same register before it knew of BGP."""
    target = Path(tempfile.mkdtemp(prefix="terpusat-uji-")) / "pemda"
    shutil.copytree(_LAB if make == LINUX else folder(base(make)), target)
    edits = {"government": {"  address_pools:": f"  asn: 64600\n  bgp: {PREFIXES}\n"}}
    edits["circuits"] = {f"    track: [198.51.100.{end}": f"    bgp: {session}\n" for end, session in SESSIONS.items()}
    for stem, inserted in edits.items():
        path = target / "register" / f"{stem}.yml"
        # The lab's own register speaks BGP already.
        lines = path.read_text().splitlines(keepends=True)
        known = "".join(line for line in lines if not line.strip().startswith(("bgp: ", "asn: ")))
        for before, more in inserted.items() if speaks else ():
            assert before in known, path
            known = known.replace(before, f"{more}{before}", 1)
        path.write_text(known)
    loaded = load(target / "register")
    assert loaded.register is not None, loaded.text()
    lock = read_lock(target / "allocations.yml", loaded.register)
    assert lock.allocations is not None, lock.problems
    found = hosts(loaded.register, lock.allocations, FOLDER)
    host = next(host for host in found.hosts if host.name == "br1")
    keys = SECRETS["vpn_keys"] | {"rt-pkm-hulu": SECRETS["vpn_keys"]["br1"]}
    secrets = SECRETS | {"vpn_keys": keys, "bgp_passwords": {"isp-a": PASSWORD}}
    known = {**found.shared, **host.variables, "network_device_secrets": secrets}
    if make == OLD_ROUTEROS7:
        known["terpusat_host"] = known["terpusat_host"] | {"os_version": OLD_VERSION}
    return known


@functools.cache
def text(make: str, *, speaks: bool = True) -> str:
    """What the role renders for br1."""
    return text_of(border(make, speaks=speaks))


@functools.cache
def frr() -> str:
    """frr.conf of the Linux router."""
    return text(LINUX).split("==> /etc/frr/frr.conf", 1)[1].split("\n", 1)[1].split("\n==> ", 1)[0]
