# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an application is run, as the register says it; a key is there only when the register has it."""

from __future__ import annotations

from typing import Any, cast

from ...register.models import Application
from ..shapes import ApplicationRun


def application_run(application: Application) -> ApplicationRun:
    """Its part of the intent's ``Application``."""
    found: dict[str, Any] = {
        "health": {"path": application.health.path, "status": list(application.health.status)},
        "start": application.start,
        "image": application.image,
        "local_port": application.port,
        "packages": list(application.packages),
        "environment": {setting.name: setting.value for setting in application.environment},
        "release": application.release,
    }
    return cast(ApplicationRun, {key: value for key, value in found.items() if value})
