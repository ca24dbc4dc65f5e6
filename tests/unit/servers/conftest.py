# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs modules in this process with Ansible's own AnsibleModule, and makes helpers importable."""

from __future__ import annotations

import grp
import io
import json
import os
import pwd
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import pytest
from ansible.module_utils.testing import patch_module_args

Runner = Callable[..., dict[str, Any]]


@pytest.fixture
def me() -> dict[str, str]:
    """Owner and group that whoever runs the tests may give to files."""
    return {"owner": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name}


@pytest.fixture
def run_module() -> Runner:
    """``run_module(main, check=False, **arguments)`` → what the module answered; a failure has key ``failed``."""

    def run(main: Callable[[], None], check: bool = False, **arguments: Any) -> dict[str, Any]:
        output = io.StringIO()
        settings = {"_ansible_check_mode": check, "_ansible_diff": True, **arguments}
        with patch_module_args(settings), redirect_stdout(output), pytest.raises(SystemExit):
            main()
        return dict(json.loads(output.getvalue()))

    return run
