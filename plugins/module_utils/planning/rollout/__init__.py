# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages of an OPD on its way from its own line to the central one: what each needs, in which order, and back."""
