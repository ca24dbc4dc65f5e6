# SPDX-License-Identifier: GPL-3.0-or-later
"""Defaults, argument specs and READMEs of the server roles say the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from server_render import ROLES, ROOT, SERVER_ROLES

GOLDEN = ROOT / "tests" / "golden" / "lab"


def options(role: str) -> dict[str, Any]:
    spec = yaml.safe_load((ROLES / role / "meta" / "argument_specs.yml").read_text())
    return dict(spec["argument_specs"]["main"]["options"])


def described(entries: dict[str, Any]) -> bool:
    return all(option.get("description") and described(option.get("options", {})) for option in entries.values())


@pytest.mark.parametrize("role", SERVER_ROLES)
def test_defaults_are_the_ones_in_the_spec(role: str) -> None:
    spec = options(role)
    values = yaml.safe_load((ROLES / role / "defaults" / "main.yml").read_text())
    assert {name for name in spec if not name.startswith("terpusat_")} == set(values)
    assert {name: spec[name].get("default") for name in values} == values


@pytest.mark.parametrize("role", SERVER_ROLES)
def test_every_option_is_described(role: str) -> None:
    assert described(options(role))


@pytest.mark.parametrize("role", SERVER_ROLES)
@pytest.mark.parametrize("server", ["srv1", "srv2"])
def test_spec_takes_what_the_inventory_gives(role: str, server: str) -> None:
    host = json.loads((GOLDEN / f"{server}.json").read_text())
    given = {name: host[name] for name in options(role) if name in host}
    spec = options(role)
    for option in spec.values():
        # Ansible fills it in before anybody looks at its type.
        if isinstance(option.get("default"), str) and "{{" in option["default"]:
            del option["default"]
    assert ArgumentSpecValidator(spec).validate(given).error_messages == []


def test_every_role_has_a_fresh_readme() -> None:
    tool = ROOT / "docs" / "tools" / "role_readme.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_stale_readme_is_noticed(tmp_path: Any) -> None:
    """The check above can fail: a copy of the project with one changed description is refused by name."""
    (tmp_path / "docs" / "tools").mkdir(parents=True)
    tool = tmp_path / "docs" / "tools" / "role_readme.py"
    tool.write_text((ROOT / "docs" / "tools" / "role_readme.py").read_text())
    for path in ("README.md", "meta/argument_specs.yml"):
        copy = tmp_path / "roles" / "time" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text((ROLES / "time" / path).read_text().replace("slewed", "moved"))
        done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, "the same change in both files is consistent"
    specs = tmp_path / "roles" / "time" / "meta" / "argument_specs.yml"
    specs.write_text(specs.read_text().replace("moved", "carried"))
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "time" in done.stdout


def test_a_role_stands_without_the_defaults_of_another() -> None:
    """drift.yml includes the roles one by one: what another role's defaults say is not there."""
    names = sorted(path.name for path in ROLES.iterdir() if path.is_dir())
    for role in names:
        others = "|".join(name for name in names if name != role and not name.startswith(role))
        for path in (ROLES / role / "defaults").glob("*.yml"):
            for line in path.read_text(encoding="utf-8").splitlines():
                for found in re.findall(rf"(?<![\w.'])((?:{others})_\w+)\b(?! *\| *default)", line.partition(": ")[2]):
                    raise AssertionError(f"{path}: {found}")
