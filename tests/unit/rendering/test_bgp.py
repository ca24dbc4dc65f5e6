# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP on every platform: what the register adds for people to review, and the real transaction on emulated boxes."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest
import test_routeros_tree
from bgp_government import LINUX, MAKES, OLD_ROUTEROS7, OLD_VERSION, PASSWORD, border, frr, text
from emulated import personality, transact
from role_render import bundle_text
from variants import VARIANTS

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.frr import Frr
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import items, version
from emulators.core.farm import Farm

tree = test_routeros_tree.tree
GOLDEN = Path(__file__).parents[2] / "golden" / "bgp"
_GONE = ("bgp", "BGP")


def added(make: str) -> str:
    """The lines that come and go with BGP, as a diff without its line numbers."""
    both = (text(make, speaks=speaks).splitlines() for speaks in (False, True))
    lines = difflib.unified_diff(*both, lineterm="", n=0)
    return "".join(f"{line.rstrip()}\n" for line in lines if not line.startswith(("@@", "---", "+++")))


@pytest.mark.parametrize("make", MAKES)
def test_golden_differences_are_fresh(make: str) -> None:
    path = GOLDEN / f"{make}.diff"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(added(make), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == added(make), "jalankan: make golden"


@pytest.mark.parametrize("make", VARIANTS)
def test_begun_kept_and_ended(make: str) -> None:
    """Static lines become sessions, nothing is done twice, and a register without BGP leaves nothing of it."""
    host = border(make)
    with Farm([personality(make, host)]) as farm:
        device = farm["br1"]
        before, speaking = text(make, speaks=False), text(make)
        for wanted in (before, speaking):
            report = transact(host, device, wanted)
            assert report.outcome is Outcome.CHANGED, report.message
            report = transact(host, device, wanted)
            assert report.outcome is Outcome.IN_SYNC, report.message
        shown = device.config()
        report = transact(host, device, before)
        assert report.outcome is Outcome.CHANGED, report.message
        left = [line for line in device.config().splitlines() if any(word in line for word in _GONE)]
        own = [line for line in left if "TERPUSAT-" in line or "terpusat-" in line]
        assert not own
        assert "4200000001" in shown
        assert "4200000001" not in device.config()


def test_every_line_is_the_vendors(tree: dict[str, object]) -> None:
    assert test_routeros_tree.complaints(tree, text("routeros7")) == []


@pytest.mark.parametrize("make", ["routeros6", "routeros7", OLD_ROUTEROS7])
def test_no_version_is_told_what_it_lacks(make: str) -> None:
    """What every version knows stands in our menus; instances came to version 7 with 7.20."""
    release = OLD_VERSION if make == OLD_ROUTEROS7 else border(make)["terpusat_host"]["os_version"]
    wrong, lacking = items.check(items.load(text(make)), version.parse(release))
    assert (wrong, lacking) == ([], [])
    assert ("instance=terpusat-64600" in text(make)) is (make != OLD_ROUTEROS7)


@pytest.mark.parametrize("make", MAKES)
def test_the_password_comes_from_the_vault_or_the_run_ends(make: str) -> None:
    assert text(make).count(PASSWORD) == 1
    host = border(make)
    secrets = host["network_device_secrets"]
    for passwords, words in (
        ({}, r"terpusat_secrets\.bgp_passwords\.isp-a"),
        ({"isp-a": "dua kata"}, "memuat spasi"),
        ({"isp-a": "x" * 81}, "terlalu panjang"),
    ):
        with pytest.raises(Exception, match=words):
            bundle_text("border_router", host, network_device_secrets=secrets | {"bgp_passwords": passwords})


def test_what_is_told_of_frr_hides_the_password() -> None:
    (line,) = (line for line in frr().splitlines() if PASSWORD in line)
    found = Frr.secret.search(line)
    assert found
    assert found[2] == PASSWORD


def test_linux_keeps_its_watcher_for_what_follows_a_change_of_lines() -> None:
    lines = text(LINUX).split("==> /etc/terpusat/lines.conf", 1)[1].split("\n==> ", 1)[0]
    assert lines.count("bgp = yes") == 2
    assert lines.count("address = 203.0.113.129") == 2, "connections live on when the other line takes over"
    assert "ip route 0.0.0.0/0" not in text(LINUX)
