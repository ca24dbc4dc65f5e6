# SPDX-License-Identifier: GPL-3.0-or-later
"""Times as IOS writes them."""

import datetime


def full(when: datetime.datetime, zone: str) -> str:
    """`03:12:01 UTC Sun Nov 22 2026`"""
    return f"{when:%H:%M:%S} {zone} {when:%a %b} {when.day} {when.year}"


def log(when: datetime.datetime) -> str:
    """`*Nov 22 03:12:01.123: `, the star for a clock that is not synchronised."""
    return f"*{when:%b} {when.day:2} {when:%H:%M:%S}.{when.microsecond // 1000:03}: "


def archive(when: datetime.datetime) -> str:
    """`Nov-22-03-12-01.123`; a day of one digit has two dashes before it."""
    day = f"-{when.day}" if when.day < 10 else str(when.day)
    return f"{when:%b}-{day}-{when:%H-%M-%S}.{when.microsecond // 1000:03}"


def uptime(seconds: float) -> str:
    """`1 week, 2 days, 3 hours, 4 minutes`"""
    minutes = int(seconds // 60)
    parts = []
    for name, size in (("week", 10080), ("day", 1440), ("hour", 60)):
        if minutes >= size:
            count, minutes = divmod(minutes, size)
            parts.append(f"{count} {name}{'s' if count != 1 else ''}")
    parts.append(f"{minutes} minute{'s' if minutes != 1 else ''}")
    return ", ".join(parts)


def span(seconds: float) -> str:
    """`20 minutes`, `1 hour and 5 minutes`"""
    hours, minutes = divmod(int(seconds + 30) // 60, 60)
    text = f"{minutes} minute{'s' if minutes != 1 else ''}"
    return f"{hours} hour{'s' if hours != 1 else ''} and {text}" if hours else text
