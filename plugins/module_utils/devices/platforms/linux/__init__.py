# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian routers and white-box switches: a bundle of files, applied as one."""
