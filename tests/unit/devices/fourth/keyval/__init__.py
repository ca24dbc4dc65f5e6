# SPDX-License-Identifier: GPL-3.0-or-later
"""A platform that only the tests have: this one folder is all that adding a platform takes."""
