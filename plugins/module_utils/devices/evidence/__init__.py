# SPDX-License-Identifier: GPL-3.0-or-later
"""Evidence of every change: a hash-chained ledger, and the devices' configurations in a git repository."""
