# SPDX-License-Identifier: GPL-3.0-or-later
"""What a drift check and a guarded change cost, beside what others cost, in one run against the same devices."""

import sys
from pathlib import Path

# From tests/ the collection is found as from anywhere else in the checkout.
sys.path.append(str(Path(__file__).resolve().parents[2] / "collections"))
