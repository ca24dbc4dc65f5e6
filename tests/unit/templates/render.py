# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Render a role's template the way a play does: Ansible's own template lookup, search path and defaults."""

from __future__ import annotations

import functools
import json
import pathlib
from typing import Any

import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, lookup_loader
from ansible.template import Templar, trust_as_template

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ROOT / "roles"
GOLDEN = ROOT / "tests" / "golden" / "lab"


@functools.cache
def _collections() -> None:
    init_plugin_loader([str(ROOT / "collections")])


def defaults(role: str) -> dict[str, Any]:
    """The role's defaults, with their templates marked as trusted, as a play would load them."""
    loaded = DataLoader().load_from_file(str(ROLES / role / "defaults" / "main.yml"), trusted_as_template=True)
    return dict(loaded)


def golden_hosts() -> list[str]:
    """Names of the lab's network devices that have golden host vars."""
    return sorted(p.stem for p in GOLDEN.glob("*.json") if json.loads(p.read_text())["terpusat_host"]["kind"] == "device")


def host_vars(host: str) -> dict[str, Any]:
    """The golden host vars of a host of the lab."""
    return dict(json.loads((GOLDEN / f"{host}.json").read_text()))


def variables(role: str, host: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    """What a task of the shared role sees when `role` imports it for a host with these host vars."""
    search = [str(ROLES / "network_device"), str(ROLES / role)]
    return {**defaults("network_device"), **defaults(role), **host, **overrides, "ansible_search_path": search}


def bundle_text(role: str, host: dict[str, Any], **overrides: Any) -> str:
    """The bundle that `role` renders for a host on the linux platform."""
    _collections()
    templar = Templar(loader=DataLoader(), variables=variables(role, host, **overrides))
    lookup = lookup_loader.get("ansible.builtin.template", loader=DataLoader(), templar=templar)
    [text] = lookup.run(["linux.j2"], variables(role, host, **overrides), lstrip_blocks=True)
    return str(text)


def files(bundle: str) -> dict[str, str]:
    """Split a bundle into path → content, refusing text before the first header and a path that comes twice."""
    found: dict[str, list[str]] = {}
    for line in bundle.splitlines(keepends=True):
        if line.startswith("==> ") and line.rstrip().endswith(" <=="):
            path = line.split()[1]
            assert path not in found, f"{path} stands twice in the bundle"
            found[path] = []
        else:
            assert found, f"text before the first header: {line!r}"
            found[path].append(line)
    return {path: "".join(lines) for path, lines in found.items()}


def evaluated(role: str, host: dict[str, Any], name: str) -> Any:
    """The value of one role variable for a host, fully templated."""
    _collections()
    templar = Templar(loader=DataLoader(), variables=variables(role, host))
    return templar.template(trust_as_template("{{ " + name + " }}"))


def argument_spec(role: str) -> dict[str, Any]:
    """The main entry point's argument spec of a role."""
    spec = yaml.safe_load((ROLES / role / "meta" / "argument_specs.yml").read_text())
    return dict(spec["argument_specs"]["main"]["options"])
