# SPDX-License-Identifier: GPL-3.0-or-later
"""The measuring itself: CPU of detached processes counts, strangers do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.cost import FailedError, measure

# Starts a daemon that burns, and ends as soon as the daemon says that it has burnt.
_DAEMON = (
    "import os, sys\nr, w = os.pipe()\n"
    "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    "        import time\n        while time.process_time() < 0.3: pass\n"
    "        os.write(w, b'x')\n        time.sleep(60)\n"
    "    os._exit(0)\nos.wait()\nos.read(r, 1)\nprint('selesai')\n"
)


def test_cpu_of_a_daemon_that_outlives_the_program_counts(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        cost, output = measure([sys.executable, "-c", _DAEMON], tmp_path, {}, 60)
        assert output == "selesai\n"
        assert cost.cpu >= 0.3
        assert cost.wall >= 0.3
        assert bystander.poll() is None, "somebody else's process was ended"
    finally:
        bystander.kill()
        bystander.wait()


def test_memory_is_that_of_the_program(tmp_path: Path) -> None:
    code = "import time\nheld = bytearray(b'x') * (80 * 1024 * 1024)\ntime.sleep(0.7)"
    cost, _ = measure([sys.executable, "-c", code], tmp_path, {}, 60)
    assert 80 * 1024 * 1024 <= cost.memory < 160 * 1024 * 1024


def test_a_program_without_an_end_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="belum selesai"):
        measure([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, {}, 0.3)
