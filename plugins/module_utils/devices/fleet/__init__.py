# SPDX-License-Identifier: GPL-3.0-or-later
"""Many devices read and compared in one process; a device's failure is its own outcome, never another's."""
