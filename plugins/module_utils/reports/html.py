# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as one HTML file that needs nothing from the network: it is printed, mailed and archived."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .table import Report, long_day, shown

_TEMPLATES = Path(__file__).parent / "templates"


def html(report: Report) -> str:
    """Everything is escaped; the same report gives the same text."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    environment.filters["long_day"] = long_day
    return environment.get_template("report.html.j2").render(report=report)
