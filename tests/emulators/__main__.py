# SPDX-License-Identifier: GPL-3.0-or-later
"""A farm as a process of its own: `python -m emulators --platform ios --count 100 --latency-ms 50`.

Prints one JSON line when all devices listen, then runs until its standard input ends or SIGTERM/SIGINT comes.
"""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from .core import Farm, Personality
from .core.personality import PERSONALITIES


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulators", description=__doc__)
    parser.add_argument("--personalities", type=Path, default=PERSONALITIES, help="folder of *.yml")
    parser.add_argument("--personality", action="append", default=[], help="name of a file there (several times)")
    parser.add_argument("--platform", help="all personalities of this platform")
    parser.add_argument("--count", type=int, help="this many devices, made from the personalities in turn")
    parser.add_argument("--port", type=int, default=2222)
    parser.add_argument("--latency-ms", type=float)
    parser.add_argument("--rtt-ms", type=float)
    parser.add_argument("--time-scale", type=float)
    parser.add_argument("--known-hosts", type=Path, help="folder for known_hosts; default: a temporary one")
    parser.add_argument("--stay", action="store_true", help="do not end with standard input")
    return parser.parse_args()


def personalities(options: argparse.Namespace) -> list[Personality]:
    given = {"latency_ms": options.latency_ms, "rtt_ms": options.rtt_ms, "time_scale": options.time_scale}
    changes = {key: value for key, value in given.items() if value is not None}
    names = options.personality or sorted(path.stem for path in options.personalities.glob("*.yml"))
    found = [Personality.load(options.personalities / f"{name}.yml", **changes) for name in names]
    found = [item for item in found if options.platform in (None, item.platform)]
    if not found:
        sys.exit(f"tidak ada personality yang cocok di {options.personalities}")
    if options.count is None:
        return found
    return [
        found[i % len(found)].copy(name=f"{found[i % len(found)].platform}{i + 1:04}") for i in range(options.count)
    ]


def main() -> None:
    options = arguments()
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    with Farm(personalities(options), port=options.port, folder=options.known_hosts) as farm:
        devices = [
            {"name": d.name, "host": d.host, "port": d.port, "user": d.user, "password": d.password, "secret": d.secret}
            for d in farm
        ]
        print(json.dumps({"ready": True, "devices": devices, "known_hosts": str(farm.known_hosts)}), flush=True)
        if not options.stay:
            threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
        done.wait()


if __name__ == "__main__":
    main()
