# SPDX-License-Identifier: GPL-3.0-or-later
"""What a drift check and a guarded change cost, beside what others cost, in one run against the same devices."""
