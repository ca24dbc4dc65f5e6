# SPDX-License-Identifier: GPL-3.0-or-later
"""The EXEC commands; importing this package registers all of them."""

from . import configuration, files, network, restart, show_config, show_hardware, show_network, terminal

__all__ = [
    "configuration",
    "files",
    "network",
    "restart",
    "show_config",
    "show_hardware",
    "show_network",
    "terminal",
]
