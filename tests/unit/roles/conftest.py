# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the helpers importable by the tests beside them."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
