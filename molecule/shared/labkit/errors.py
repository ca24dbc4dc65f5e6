# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception that ends a lab command; its text (Bahasa Indonesia) is what the operator reads."""


class LabError(Exception):
    """What went wrong, where, and what to do, in one or two sentences."""
