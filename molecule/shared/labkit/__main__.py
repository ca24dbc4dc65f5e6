# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m labkit``."""

import sys

from labkit.cli import main

sys.exit(main())
