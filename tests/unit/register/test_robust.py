# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever stands in the files, loading ends with a register or with problems that point into the files."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import LoadResult, load, render

from .conftest import BASE

_STEMS = sorted(BASE)
_SCRAPS = [
    "",
    " ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "&a ",
    "*a",
    "~",
    "no",
    "0",
    "-1",
    "\t",
    "#",
    "!!x ",
    "é",
    "\n",
]


@st.composite
def damaged_register(draw: st.DrawFn) -> dict[str, str]:
    """The base register with a few lines dropped, doubled, moved in or out, or with scraps typed into them."""
    files = dict(BASE)
    for _ in range(draw(st.integers(1, 6))):
        stem = draw(st.sampled_from(_STEMS))
        lines = files[stem].splitlines(keepends=True)
        if not lines:
            continue
        index = draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        action = draw(st.sampled_from(["drop", "double", "in", "out", "type", "value"]))
        if action == "drop":
            lines[index] = ""
        elif action == "double":
            lines[index] = line * 2
        elif action == "in":
            lines[index] = "  " + line
        elif action == "out":
            lines[index] = line.removeprefix("  ")
        elif action == "type":
            place = draw(st.integers(0, len(line)))
            lines[index] = line[:place] + draw(st.sampled_from(_SCRAPS)) + line[place:]
        else:
            key, colon, _ = line.partition(": ")
            value = draw(
                st.sampled_from(["", "[]", "{}", "[a, b]", "{a: b}", "x" * 300, "-5", "2026-13-01", "a b", "~"])
            )
            lines[index] = f"{key}{colon}{value}\n"
        files[stem] = "".join(lines)
    return files


def load_files(files: dict[str, str]) -> LoadResult:
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "uji" / "register"
        register.mkdir(parents=True)
        for name in ("simpus", "portal"):
            (register.parent / "files" / name).mkdir(parents=True)
        for stem, text in files.items():
            (register / f"{stem}.yml").write_text(text, encoding="utf-8")
        return load(register)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_register())
def test_damage_is_told_and_never_raises(files: dict[str, str]) -> None:
    result = load_files(files)
    assert (result.register is None) is any(problem.is_error for problem in result.problems)
    for problem in result.problems:
        text = files[Path(problem.file).stem]
        lines = text.split("\n")
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.what.strip()
        assert problem.action.strip()
    assert render(result.problems).count("  tindakan : ") == len(set(result.problems))
    assert result.tally.lines()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(_STEMS), st.text(max_size=200))
def test_any_text_as_a_file(stem: str, text: str) -> None:
    result = load_files({**BASE, stem: text.encode("utf-8", "ignore").decode()})
    assert result.register is None


def test_a_thousand_locations_load_in_a_couple_of_seconds(write_register: Any) -> None:
    count = 1000
    opds, devices, bandwidth, ports = [BASE["opds"]], [], [BASE["bandwidth"]], []
    for number in range(count):
        opds.append(
            f"  - code: kel-{number}\n    name: Kelurahan {number}\n    kind: kelurahan\n    users: 9\n"
            "    public_service: true\n    priority: 3\n    stage: provisioned\n    coverage: {reachable: true}\n"
            "    locations:\n      - {code: kantor, name: Kantor, kind: office}\n"
        )
        devices.append(
            f"  - name: rt-{number}\n    platform: linux\n    model: R\n    role: opd_router\n    opd: kel-{number}\n"
            f"    location: kantor\n    management_address: 10.96.{number // 250}.{number % 250 + 1}\n"
            '    asset: {code: 1.3.2.10.02.04.002, register: "0001"}\n    readiness: in_service\n    ports:\n'
            f'      - {{name: eth0, use: management}}\n      - {{name: eth1, use: link, to: "core1:p{number}"}}\n'
            "      - {name: eth2, use: lan}\n"
        )
        ports.append(f'      - {{name: p{number}, use: link, to: "rt-{number}:eth1"}}\n')
        bandwidth.append(
            f"  - {{opd: kel-{number}, requested: 10 Mbps, proposed: 5 Mbps, granted: 1 Mbps, allocated: 100 kbps}}\n"
        )
    core = '      - {name: eth3, use: server, to: "srv1:eth1"}\n'
    folder = write_register(
        ("government", "10.99.0.0/24", "10.96.0.0/14"),
        opds="".join(opds),
        bandwidth="".join(bandwidth),
        devices=BASE["devices"].replace(core, core + "".join(ports)) + "".join(devices),
    )
    start = time.process_time()
    result = load(folder)
    spent = time.process_time() - start
    assert result.problems == (), result.text()
    assert result.register is not None
    assert len(result.register.devices) == count + 4
    assert spent < 6, f"{spent:.1f} s of CPU"  # 1.4 s on the slowest machine so far; the margin is for shared ones
