# SPDX-License-Identifier: GPL-3.0-or-later
"""Advancing OPDs through their stages: facts gathered, stages written, every step kept so that a killed run goes on."""
