# SPDX-License-Identifier: GPL-3.0-or-later
"""Every order of a transaction × every fault, on emulated devices."""
