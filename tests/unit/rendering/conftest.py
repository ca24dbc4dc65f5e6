# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the modules beside the tests, and the rendering of roles, importable."""

import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "templates"), str(HERE.parent)]
