# SPDX-License-Identifier: GPL-3.0-or-later
"""Chains that jump to each other: a copy is made only where one is needed, and what cannot be done is refused."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.patch import forward

from .configurations import Values, box, text
from .test_packets import assert_safe
from .test_patch import plan

PATH = "ip firewall filter"


def rule(key: str, chain: str, action: str = "accept", **values: str) -> Values:
    return {"chain": chain, "action": action, "comment": key, **{n.replace("_", "-"): v for n, v in values.items()}}


def ours(key: str, chain: str, action: str = "accept", **values: str) -> Values:
    return rule(f"terpusat:{key}", chain, action, **values)


def lines(before: list[Values], after: list[Values], foreign: tuple[Values, ...] = ()) -> tuple[str, ...]:
    device = box({PATH: before}, {PATH: list(foreign)}, {}, [])
    return forward(plan(device, text({PATH: after}, {}))).lines


def copied(found: tuple[str, ...]) -> bool:
    return any("terpusat-salinan" in line for line in found)


JUMP = ours("lompat", "forward", "jump", jump_target="kantor")
AGAIN = ours("lagi", "forward", "jump", jump_target="kantor", protocol="udp")
DROP = ours("sisa", "forward", "drop")
A, B = ours("a", "kantor", protocol="tcp"), ours("b", "kantor", "drop", protocol="udp")
C, D = ours("c", "kantor", src_address="10.1.0.0/16"), ours("d", "kantor", "drop", src_address="10.0.0.0/8")
RETURN = ours("kembali", "kantor", "return", protocol="udp")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([JUMP, A, B, DROP], [JUMP, C, A, D, DROP], id="one jump that stays"),
        pytest.param([JUMP, AGAIN, A, B], [JUMP, AGAIN, A, B, C], id="one command"),
        pytest.param([DROP], [JUMP, A, B, AGAIN, RETURN, DROP], id="a new chain"),
        pytest.param([JUMP, A, B, AGAIN, RETURN, DROP], [DROP], id="a chain that goes"),
        pytest.param([JUMP, DROP, A, B], [DROP, A, B, JUMP], id="only the jump moves"),
        pytest.param([JUMP, AGAIN, A, RETURN, DROP], [AGAIN, A, RETURN, DROP], id="a jump goes"),
    ],
)
def test_no_copy_where_none_is_needed(before: list[Values], after: list[Values]) -> None:
    assert not copied(lines(before, after))
    assert_safe(before, after, [], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([JUMP, A, B, DROP], [C, A, D, DROP, JUMP], id="the jump moves"),
        pytest.param([JUMP, DROP, AGAIN, A, B], [JUMP, DROP, AGAIN, C, A, D], id="two jumps"),
        pytest.param([JUMP, DROP, A, B], [JUMP, DROP, C, RETURN], id="a return"),
        pytest.param(
            [JUMP, ours("l", "kantor", "jump", jump_target="tamu"), ours("x", "tamu", "drop"), DROP],
            [DROP, ours("l", "kantor", "jump", jump_target="tamu"), ours("y", "tamu"), ours("z", "tamu", "drop"), JUMP],
            id="below it",
        ),
    ],
)
def test_a_copy_where_the_chain_would_be_seen_half_made(before: list[Values], after: list[Values]) -> None:
    assert copied(lines(before, after))
    assert_safe(before, after, [], [])


def test_a_jump_that_moves_past_a_drop_while_its_chain_gets_rules() -> None:
    """Found by a machine: the new rules decided at the jump's old place."""
    off = ours("b", "forward", disabled="yes")
    assert_safe([JUMP, ours("a", "forward", disabled="yes"), off, DROP], [ours("a", "kantor"), off, DROP, JUMP], [], [])


def test_a_copy_has_the_rules_of_others_too_and_a_name_that_nobody_has() -> None:
    strange = rule("asing", "kantor", "drop", dst_port="25", protocol="tcp")
    taken = rule("asing", "terpusat-salinan-kantor")
    found = lines([JUMP, AGAIN, A, B], [JUMP, AGAIN, C, D], (strange, taken))
    assert any("chain=terpusat-salinan-kantor-2" in line and "dst-port=25" in line for line in found)
    assert_safe([JUMP, AGAIN, A, B], [JUMP, AGAIN, C, D], [strange, taken], [])


def test_a_jump_of_somebody_else_to_a_chain_that_changes_is_refused() -> None:
    strange = rule("asing", "forward", "jump", jump_target="kantor")
    with pytest.raises(RefusedError, match="chain kantor, yang akan berubah, bukan milik Terpusat"):
        lines([JUMP, A, B], [JUMP, C, D], (strange,))
    # What is done in one command is whole anyway.
    assert not copied(lines([JUMP, A, B], [JUMP, A, B, C], (strange,)))


def test_a_built_in_chain_that_is_jumped_to_is_refused_when_it_changes() -> None:
    back = ours("balik", "input", "jump", jump_target="forward")
    with pytest.raises(RefusedError, match="chain bawaan forward menjadi tujuan jump"):
        lines([back, DROP], [back, ours("p", "forward", protocol="tcp"), ours("q", "forward", "drop")])
