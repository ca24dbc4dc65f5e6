# SPDX-License-Identifier: GPL-3.0-or-later
"""The helper module beside the tests."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
