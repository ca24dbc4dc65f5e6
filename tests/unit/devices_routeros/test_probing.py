# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of probe, tried by an emulated router: it succeeds when it should and at no other time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import probing
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Session
from emulators.core.farm import Farm
from emulators.core.personality import Personality

from .run import open_session


@pytest.fixture(scope="module", params=["routeros-hex-v7", "routeros-hap-v6"])
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    known = {
        "open_ports": ["10.10.0.11:443"],
        "hosts": {"portal.lab.go.id": "10.10.0.11"},
        "unreachable": ["10.10.0.99"],
    }
    personality = Personality.load(request.param, name="r1")
    with Farm([personality.copy(flags={**personality.flags, **known})]) as farm, open_session(farm["r1"]) as session:
        yield session


@pytest.mark.parametrize(
    ("probe", "ok"),
    [
        (Probe("p", kind="ping", host="10.10.0.11"), True),
        (Probe("p", kind="ping", host="10.10.0.99"), False),
        (Probe("p", kind="tcp", host="10.10.0.11", port=443), True),
        (Probe("p", kind="tcp", host="10.10.0.11", port=444), False),
        (Probe("p", kind="tcp", host="10.10.0.99", port=443), False),
        (Probe("p", kind="dns", query="portal.lab.go.id"), True),
        (Probe("p", kind="dns", query="tidak-ada.lab.go.id"), False),
        (Probe("p", "/system identity print"), True),
        (Probe("p", "/system identity print", expect="bukan-ini"), False),
        (Probe("p", "/system tidak-ada print"), False),
    ],
)
def test_probe(session: Session, probe: Probe, ok: bool) -> None:
    assert probing.try_once(session, probe, 5.0)[0] is ok


@pytest.mark.parametrize(
    ("complaint", "taken"),
    [
        ("failure: Fetch failed with status 404", True),
        ("failure: closing connection: <404 Not Found> 10.10.0.11:80 (4)", True),
        ("failure: bad HTTP response", True),
        ("failure: connection timeout", False),
        ("failure: closing connection: connect timed out", False),
        ("failure: Idle timeout - connecting", False),
        ("failure: not allowed by device-mode", False),
        ("failure: something nobody has read yet", False),
    ],
)
def test_only_a_taken_connection_counts(complaint: str, taken: bool) -> None:
    assert bool(probing._TAKEN.search(complaint)) is taken
