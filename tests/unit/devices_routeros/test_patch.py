# SPDX-License-Identifier: GPL-3.0-or-later
"""A patch makes the intended configuration, its inverse the former one, from any point; noise makes no patch."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import (
    items,
    management,
    reading,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.menus import TABLE
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.patch import (
    Edit,
    backward,
    edits,
    forward,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.states import compare
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.values import canonical
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import differences
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

from . import configurations
from .box import Box

TARGET = Target("r1", "7.16.2", "admin", "10.99.0.2", ("10.99.0.0/24",))
_QUIET = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def plan(device: Box, text: str) -> list[Edit]:
    """The edits that lead a box to a text."""
    now = reading.parse(device.export(), None)
    intended = items.load(text)
    return edits(intended, now.config, now.version, management.Path(TARGET, now.config, intended))


def meaning(device: Box) -> dict[str, list[frozenset[tuple[str, str]]]]:
    """What a box is set to, defaults and ways of writing left out; order kept where it decides."""
    found: dict[str, list[frozenset[tuple[str, str]]]] = {}
    for path, entries in [*device.menus.items(), *((path, [values]) for path, values in device.settings.items())]:
        menu = TABLE["/" + path.replace(" ", "/")]
        fields = menu.fields((7, 16, 2))
        rows = []
        for entry in entries:
            values = {
                (name, canonical(fields[name].kind, value))
                for name, value in entry.items()
                if name in fields
                and canonical(fields[name].kind, value) != canonical(fields[name].kind, fields[name].default or "")
            }
            rows.append(frozenset(values))
        found[path] = rows if menu.kind == "ordered" else sorted(rows, key=sorted)
    return {path: rows for path, rows in found.items() if any(rows)}


def run(device: Box, lines: list[str] | tuple[str, ...]) -> Box:
    """A copy of a box after these lines."""
    after = device.copy()
    for line in lines:
        after.run(line)
    return after


_cases = st.tuples(
    configurations.items(),
    configurations.items(),
    configurations.items(foreign=True),
    configurations.settings_values(),
    configurations.settings_values(),
    st.lists(st.booleans(), max_size=8),
)


@_QUIET
@given(_cases)
def test_a_patch_makes_the_intended_and_its_inverse_the_former(case: object) -> None:
    before, after, foreign, old_dns, new_dns, mix = case  # type: ignore[misc]
    device = configurations.box(before, foreign, old_dns, mix)
    text = configurations.text(after, new_dns)
    found = plan(device, text)
    changed = run(device, forward(found).lines)
    now = reading.parse(changed.export(), None)
    compared = compare(items.load(text), now)
    assert differences(compared.running, compared.intended) == []
    assert plan(changed, text) == []
    for path, entries in foreign.items():
        left = [{k: v for k, v in item.items() if k != ".id"} for item in changed.menus.get(path, [])]
        assert [item for item in left if item in entries] == entries
    lines = forward(found).lines
    former = meaning(device)
    for count in range(len(lines) + 1):
        part = run(device, lines[:count])
        assert meaning(run(part, backward(found).lines)) == former, count


@_QUIET
@given(configurations.items(), configurations.items(foreign=True), configurations.settings_values())
def test_what_is_as_intended_needs_no_patch(
    ours: dict[str, list[dict[str, str]]], foreign: object, dns: object
) -> None:
    device = configurations.box(ours, foreign, dns, [True, False] * 4)  # type: ignore[arg-type]
    assert plan(device, configurations.text(ours, dns)) == []  # type: ignore[arg-type]
