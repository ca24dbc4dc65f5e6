# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes role_render.py importable by the tests beside it."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
