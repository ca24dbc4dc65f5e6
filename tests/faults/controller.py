# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller in a process of its own, to be killed: one transaction.

Controllers are forked from a process that has imported what they need and has neither devices nor threads: each by
itself would spend more on importing than on what is tested.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
# What pytest has by its own configuration.
PATHS = (ROOT / "collections", ROOT / "tests")

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["faults.case"])
_starting = threading.Lock()


def start(case: object, where: object) -> BaseProcess:
    """Start one; it ends with 0 when nobody kills it before."""
    with _starting, patch.dict(os.environ, PYTHONPATH=os.pathsep.join(map(str, PATHS))):
        forkserver.ensure_running()  # the one that all are forked from reads the path when it begins
    process = _context.Process(target=run, args=(case, where), daemon=True)
    process.start()
    return process


def run(case: object, where: object) -> None:
    """The child; what it would say belongs to nobody."""
    from faults.case import transact

    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    transact(case, where)  # type: ignore[arg-type]  # only the child imports what a Case and a Login are
