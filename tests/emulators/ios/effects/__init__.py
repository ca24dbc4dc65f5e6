# SPDX-License-Identifier: GPL-3.0-or-later
"""What commands do beyond standing in the configuration; importing this package registers all of it."""

from . import access_lists, interface, routing, services, switching, system

__all__ = ["access_lists", "interface", "routing", "services", "switching", "system"]
