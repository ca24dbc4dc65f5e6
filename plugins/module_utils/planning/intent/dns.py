# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Name resolution: PCs ask their OPD router, that asks the border, the border asks the provider.

The border alone knows our own names: the applications that run on a server here. An application that runs outside gets
no record, so its name resolves as it does for everyone else.
"""

from __future__ import annotations

from ..central.edge_proxy import proxies
from ..network import Network
from ..shapes import DnsRecord


def records(network: Network) -> list[DnsRecord]:
    """Domain of every application that runs on a planned server -> where it is reached, sorted by name.

    That is the first proxy where there are some: not every platform keeps two addresses of a name. Our own DNS does.
    """
    entrance = next(iter(proxies(network)), None)
    found: list[DnsRecord] = [
        {"name": application.domain, "address": str((entrance or planned).address)}
        for planned in network.servers
        for application in network.register.applications_on(planned.server.name)
    ]
    return sorted(found, key=lambda record: record["name"])
