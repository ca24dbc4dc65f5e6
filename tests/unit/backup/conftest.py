# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that role ``backup`` puts on servers."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "roles" / "backup" / "files"))
