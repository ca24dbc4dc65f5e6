# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of every test run."""

import os

from hypothesis import HealthCheck, settings

# A busy two-core machine is slow, not wrong; in CI the same commit tries the same examples.
settings.register_profile(
    "terpusat", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("terpusat")
