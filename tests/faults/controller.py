# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller in a process of its own, to be killed: one transaction from a pickled job on standard input."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What pytest has by its own configuration.
PATHS = (ROOT / "collections", ROOT / "tests")


def start(case: object, where: object) -> subprocess.Popen[bytes]:
    """Start one; it prints the outcome as JSON when nobody kills it before."""
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps((case, where)))
    process.stdin.close()
    process.stdin = None
    return process


def main() -> None:
    """The child."""
    sys.path[:0] = [str(path) for path in PATHS]
    from faults.case import transact

    report = transact(*pickle.loads(sys.stdin.buffer.read()))
    print(json.dumps({"outcome": report.outcome.value, "message": report.message}))


if __name__ == "__main__":
    main()
