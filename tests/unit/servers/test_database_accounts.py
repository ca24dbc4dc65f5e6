# SPDX-License-Identifier: GPL-3.0-or-later
"""database_accounts on servers that keep no database."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.modules import database_accounts


@pytest.mark.parametrize("engine", ["mariadb", "postgresql"])
def test_a_client_alone_is_no_engine(engine: str, run_module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second server of the list has none yet; somebody installed a client there to look into the first one's."""
    clients = {"mariadb", "psql", "runuser"}
    monkeypatch.setattr(
        AnsibleModule, "get_bin_path", lambda _self, name, *_more, **_options: name if name in clients else None
    )
    monkeypatch.setattr(
        AnsibleModule, "run_command", lambda *_self, **_more: (1, "", "Can't connect to local server through socket")
    )
    found = run_module(database_accounts.main, engine=engine, databases=[])
    assert (found.get("failed"), found["changed"], found["unlisted"]) == (None, False, [])
