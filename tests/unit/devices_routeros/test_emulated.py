# SPDX-License-Identifier: GPL-3.0-or-later
"""Patches and inverses on an emulated router, whose author did not know the driver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import guard
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.cli import run
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Session
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

from . import configurations
from .run import open_session, target_of

HIDE = Fingerprints(b"k" * 32)
_QUIET = settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=["routeros-hex-v7", "routeros-hap-v6"])
def router(request: pytest.FixtureRequest) -> Iterator[tuple[DeviceHandle, Session]]:
    """A router and a session on it, for all examples: each leaves it as it was."""
    with Farm([Personality.load(request.param, name="r1")]) as farm, open_session(farm["r1"]) as session:
        yield farm["r1"], session


def _import(session: Session, lines: tuple[str, ...]) -> None:
    session.put(guard.plain_file(lines, "uji").encode(), "uji.rsc")
    run(session, "/import file-name=uji.rsc")
    run(session, "/file remove uji.rsc")


def _settled(config: str) -> list[str]:
    """A configuration with the order left out where it says nothing: an item that comes back stands last."""
    lines = config.splitlines()
    listed = [line for line in lines if line.startswith(("/ip firewall filter", "/queue simple"))]
    return listed + sorted(line for line in lines if line not in listed)


@_QUIET
@given(
    st.tuples(configurations.items(), configurations.settings_values()),
    st.tuples(configurations.items(), configurations.settings_values()),
    st.integers(0, 100),
)
def test_there_and_back(
    router: tuple[DeviceHandle, Session],
    first: tuple[dict[str, list[dict[str, str]]], dict[str, str]],
    second: tuple[dict[str, list[dict[str, str]]], dict[str, str]],
    share: int,
) -> None:
    device, session = router
    start = _settled(device.config())
    undo: list[tuple[str, ...]] = []
    stood: list[list[str]] = []
    for wanted in (first, second):
        platform = load("routeros")
        # This router does what its input chain says; here it is not about locking oneself out.
        text = configurations.text(*wanted).replace('chain="input"', 'chain="output"')
        intended = platform.parse(text, target_of(device))
        platform.preflight(session, intended)
        now = platform.read(session, intended)
        changes = platform.diff(platform.normalise(intended, now), HIDE)
        patch = platform.render_patch(intended, now, changes)
        inverse = platform.render_inverse(intended, now, changes)
        stood.append(_settled(device.config()))
        undo.append(inverse.lines)
        # Some way into the patch, and back; then all of it.
        _import(session, patch.lines[: len(patch.lines) * share // 100])
        _import(session, inverse.lines)
        assert _settled(device.config()) == stood[-1]
        _import(session, patch.lines)
        after = platform.read(session, intended)
        assert platform.diff(platform.normalise(intended, after), HIDE) == []
        assert platform.render_patch(intended, after, []).lines == ()
    for lines, before in zip(reversed(undo), reversed(stood), strict=True):
        _import(session, lines)
        assert _settled(device.config()) == before
    assert _settled(device.config()) == start
