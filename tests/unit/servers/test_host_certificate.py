# SPDX-License-Identifier: GPL-3.0-or-later
"""host_certificate on the server: what it tells the controller of a certificate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.modules import host_certificate


@pytest.mark.parametrize(
    ("unit", "state", "since", "stale"),
    [
        ("nginx.service", "active", 1000, True),
        ("nginx.service", "active", 2000, False),
        ("nginx.service", "inactive", 1000, False),
        (None, "active", 1000, False),
    ],
)
def test_a_unit_that_was_not_told_is_named(
    tmp_path: Path,
    run_module: Any,
    monkeypatch: pytest.MonkeyPatch,
    unit: str | None,
    state: str,
    since: int,
    stale: bool,
) -> None:
    """A run was killed between the certificate and the reload; no later run would see a difference in the files."""
    (tmp_path / "a.crt").write_text("x")
    os.utime(tmp_path / "a.crt", (1500, 1500))
    shown = f"Id=nginx.service\nActiveState={state}\nStateChangeTimestamp=@{since}\nNeedDaemonReload=no\n"
    monkeypatch.setattr(AnsibleModule, "get_bin_path", lambda _self, name, *_more, **_options: name)
    monkeypatch.setattr(AnsibleModule, "run_command", lambda *_self, **_more: (0, shown, ""))
    entry = {"path": f"{tmp_path}/a", "names": ["a.lab.go.id"], **({"unit": unit} if unit else {})}
    found = run_module(host_certificate.main, step="inspect", certificates=[entry])
    assert [item["stale"] for item in found["certificates"]] == [stale]
