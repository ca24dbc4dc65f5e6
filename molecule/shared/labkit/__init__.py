# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded lab: a small government made of containers, namespaces and veth pairs on one Linux machine."""
