# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The register: the only thing people edit. YAML in, typed models or a list of problems out.

Knows nothing of Ansible or devices.
"""

from __future__ import annotations

from .loading import LoadResult, load
from .models import Register
from .problem import Position, Problem, Severity
from .render import count_line, render

__all__ = ["LoadResult", "Position", "Problem", "Register", "Severity", "count_line", "load", "render"]
