# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of every test run."""

import os

from hypothesis import HealthCheck, settings

#: set by `make explore`: new random examples, and what once failed is tried first
_EXPLORE = bool(os.environ.get("TERPUSAT_EXPLORE"))

# A busy two-core machine is slow, not wrong; the same commit tries the same examples wherever it is tested.
settings.register_profile(
    "terpusat", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not _EXPLORE
)
settings.load_profile("terpusat")
