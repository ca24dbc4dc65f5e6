# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What git knows about a file on the controller."""

from __future__ import annotations

import subprocess
from pathlib import Path

_PATIENCE = 20


def kept_in_git(path: Path) -> bool:
    """Whether the index of the repository around ``path`` has it; no repository or no git means no.

    A file that was only deleted from the folder is still in the index, one taken out with ``git rm`` is not.
    """
    command = ["git", "-C", str(path.parent), "ls-files", "--error-unmatch", "--", path.name]
    try:
        found = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0
