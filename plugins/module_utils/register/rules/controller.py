# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server can run what it is there for."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Government, Server
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        controller = draft.government.record.controller
        for index, name in enumerate(controller.servers if controller is not None else ()):
            with if_known:
                server = draft.servers.by_name.get(name)
                if server is not None and server.record.system == "debian12":
                    yield draft.government.problem(
                        ("controller", "servers", index),
                        f"server pengelola {name} memakai Debian 12, yang Python-nya 3.11; Ansible memerlukan 3.12.",
                        "Pakai server dengan Debian 13, atau pasang Debian 13 di server itu dan ubah system.",
                    )
                if server is not None:
                    yield from _reaches(draft.government, index, server.record)


def _reaches(government: Entry[Government], index: int, server: Server) -> Iterator[Problem]:
    """Hosts answer management sources only, and a server's packet filter lets nobody else out to them."""
    address = server.management_address
    if not any(address in source for source in government.record.management_sources):
        yield government.problem(
            ("controller", "servers", index),
            f"server pengelola {server.name} ({address}) tidak termasuk management_sources, jadi tidak dapat masuk ke "
            "server dan perangkat lain.",
            f"Tambahkan {address}/32 ke management_sources.",
        )
