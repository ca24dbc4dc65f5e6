# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Render a role's template the way a play does: Ansible's own template lookup, search path and defaults.

Ansible's collection loader must come before anything that imports ``ansible_collections``, which other tests do. So
the rendering happens in a child process that lives as long as the tests: this file run as a program, one JSON request
a line, one JSON answer a line.
"""

from __future__ import annotations

import atexit
import base64
import functools
import json
import pathlib
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ROOT / "roles"
#: what the vault of the lab would hold
OSPF_KEY = "kunciUji16Huruf"
GOLDEN = ROOT / "tests" / "golden" / "lab"


def golden_hosts() -> list[str]:
    """Names of the lab's network devices that have golden host vars."""
    return sorted(name for name in (p.stem for p in GOLDEN.glob("*.json")) if is_device(host_vars(name)))


def is_device(host: dict[str, Any]) -> bool:
    return bool(host["terpusat_host"]["kind"] == "device")


def host_vars(host: str) -> dict[str, Any]:
    """The golden host vars of a host of the lab, a fresh copy."""
    known = json.loads((GOLDEN / f"{host}.json").read_text())
    secrets = {"ospf_key": OSPF_KEY, "vpn_keys": vpn_keys(), "bgp_passwords": {"isp-b": "SandiBgpUji"}}
    secrets |= {"snmp_auth": "sandi-snmp-auth-uji", "snmp_priv": "sandi-snmp-priv-uji"}
    return {**known, "terpusat_secrets": secrets}


def vpn_keys() -> dict[str, str]:
    """A private key for every host of the lab: any 32 bytes are one."""
    return {name: base64.b64encode(f"{name:*^32}".encode()).decode() for name in (p.stem for p in GOLDEN.glob("*"))}


def bundle_text(role: str, host: dict[str, Any], **overrides: Any) -> str:
    """The configuration that `role` renders for a host, on whatever platform that host is."""
    return str(ask({"do": "bundle", "role": role, "host": {**host, **overrides}}))


def role_variable(role: str, host: dict[str, Any], name: str) -> Any:
    """The value of one role variable for a host, fully templated."""
    return ask({"do": "variable", "role": role, "host": host, "name": name})


def files(bundle: str) -> dict[str, str]:
    """Split a bundle into path → content, refusing text before the first header and a path that comes twice."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in bundle.splitlines(keepends=True):
        if line.startswith("==> ") and line.rstrip().endswith(" <=="):
            path = line.split()[1]
            assert path not in found, f"{path} stands twice in the bundle"
            found[path] = []
        else:
            assert path, f"text before the first header: {line!r}"
            found[path].append(line)
    return {path: "".join(lines) for path, lines in found.items()}


@functools.cache
def renderer() -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    atexit.register(child.communicate)  # waited for, it counts in what `make test` says was computed
    return child


def ask(request: dict[str, Any]) -> Any:
    process = renderer()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    if "error" in answer:
        raise AssertionError(answer["error"])
    return answer["value"]


def compile_once() -> None:
    """Jinja compiles a template that Ansible loads anew for each host: three quarters of a rendering's time.

    The code depends on the text and on these settings alone, so the same ones get the same code.
    """
    from jinja2 import Environment

    compile_anew = Environment.compile
    known: dict[Any, Any] = {}

    def compile_(self: Environment, source: Any, name: Any = None, filename: Any = None, **more: Any) -> Any:
        if not isinstance(source, str) or more:
            return compile_anew(self, source, name, filename, **more)
        blocks = (self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline, self.newline_sequence)
        words = (self.variable_start_string, self.block_start_string, self.comment_start_string)
        key = (type(self), str(source), name, filename, blocks, words)
        if key not in known:
            known[key] = compile_anew(self, source, name, filename)
        return known[key]

    Environment.compile = compile_  # type: ignore[method-assign, assignment]


def serve() -> None:
    """The child: answer requests until standard input ends."""
    from ansible.parsing.dataloader import DataLoader
    from ansible.plugins.loader import init_plugin_loader, lookup_loader
    from ansible.template import Templar, trust_as_template

    init_plugin_loader([str(ROOT / "collections")])
    compile_once()

    @functools.cache
    def defaults(role: str) -> Any:
        files = [ROLES / role / folder / "main.yml" for folder in ("defaults", "vars")]
        loaded = [DataLoader().load_from_file(str(file), trusted_as_template=True) for file in files if file.exists()]
        return {name: value for variables in loaded for name, value in variables.items()}

    def answer(request: dict[str, Any]) -> Any:
        role = request["role"]
        search = [str(ROLES / "network_device"), str(ROLES / role)]
        seen = {**defaults("network_device"), **defaults(role), **request["host"], "ansible_search_path": search}
        templar = Templar(loader=DataLoader(), variables=seen)
        if request["do"] == "variable":
            return templar.template(trust_as_template("{{ " + request["name"] + " }}"))
        lookup = lookup_loader.get("ansible.builtin.template", loader=DataLoader(), templar=templar)
        return lookup.run([f"{request['host']['terpusat_host']['platform']}.j2"], seen, lstrip_blocks=True)[0]

    for line in sys.stdin:
        try:
            reply = {"value": answer(json.loads(line))}
        except Exception as error:  # the parent shows it as the failure of its test
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    serve()
