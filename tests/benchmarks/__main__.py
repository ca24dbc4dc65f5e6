# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m benchmarks fleet`, `change` and `register`; see README.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from . import change, figures, fleet, registers, shapes
from .cost import FailedError
from .tools import Tools

_TOOLS = Path(__file__).resolve().parents[2] / ".cache" / "benchmarks"


def _numbers(text: str) -> list[float]:
    return [float(word) for word in text.split(",")]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--output", type=Path, help="JSON file for the figures")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("fleet", help="drift check of many devices, beside nornir and cisco.ios.ios_config")
    one.add_argument("--devices", type=_numbers, default=[10, 100, 500])
    one.add_argument("--latency-ms", type=_numbers, default=[0, 50])
    one.add_argument("--personality", default="ios-access")
    one.add_argument("--repeat", type=int, default=3)
    one.add_argument("--slow-most", type=int, default=100, help="ios_config is not run with more devices")
    one.add_argument("--only", action="append", help="shapes whose name begins so (several times)")
    one.add_argument("--tools", type=Path, default=_TOOLS, help="where the peers are installed")
    two = commands.add_parser("change", help="guarded change of many lines on one device")
    two.add_argument("--lines", type=int, default=200)
    two.add_argument("--latency-ms", type=float, default=50)
    two.add_argument("--platform", action="append", choices=sorted(change.CASES))
    three = commands.add_parser("register", help="validate, plan and list governments of growing size")
    three.add_argument("--locations", type=_numbers, default=[200, 1000, 5000])
    three.add_argument("--repeat", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    try:
        result, text = {"fleet": _fleet, "change": _change, "register": _register}[options.command](options)
    except FailedError as error:
        print(f"GALAT: {error}", file=sys.stderr)
        return 1
    print(f"{fleet.machine()}\n\n{text}")
    if options.output:
        options.output.write_text(json.dumps({"machine": fleet.machine(), **result}, indent=2) + "\n")
    return 0


def _fleet(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    tools = Tools(options.tools)
    chosen = [shapes.ours(), shapes.nornir(tools), shapes.ios_config(tools, options.slow_most)]
    if options.only:
        chosen = [shape for shape in chosen if shape.name.startswith(tuple(options.only))]
    if any(shape.name != figures.OURS for shape in chosen):
        tools.install()
    sizes = [int(size) for size in options.devices]
    found = fleet.run(chosen, options.personality, sizes, options.latency_ms, options.repeat)
    text = f"{figures.cost_table(found)}\n{figures.growth_table(found)}"
    return {"fleet": [figure.as_dict() for figure in found]}, text


def _change(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    found = [change.run(name, options.lines, options.latency_ms) for name in options.platform or sorted(change.CASES)]
    return {"change": [figure.as_dict() for figure in found]}, change.table(found)


def _register(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    found = registers.run([int(size) for size in options.locations], options.repeat)
    return {"register": [figure.as_dict() for figure in found]}, figures.size_table(found)


if __name__ == "__main__":
    sys.exit(main())
