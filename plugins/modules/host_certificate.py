#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: host_certificate
short_description: Certificates of the government's own authority, with keys that never leave their server
description:
  - For each entry C(<path>.key) is made on the server and C(<path>.crt) is signed on the controller; it holds the whole
    chain. A certificate that lacks a name, belongs to another key or authority, or ends soon is made anew, and its
    key with it.
  - The authority lies in O(ca_folder) on the controller and is made at the first use.
  - This is an action plugin with a module behind it.
options:
  certificates:
    description: The certificates of this server.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description: Absolute path without C(.crt) and C(.key).
        type: str
        required: true
      names:
        description: DNS names and addresses; the first one is the common name.
        type: list
        elements: str
      owner:
        description: Owner of the key.
        type: str
        default: root
      group:
        description: Group of the key.
        type: str
        default: root
      mode:
        description: Octal mode of the key, quoted.
        type: str
        default: "0640"
      unit:
        description: Systemd unit that shows the certificate. While it runs with an older one the task reports a change.
        type: str
      chain:
        description: Filled in by the action plugin.
        type: str
  ca_folder:
    description: Folder on the controller that holds C(ca.key) and C(ca.crt). Required.
    type: str
  ca_name:
    description: Name of the authority when it is made.
    type: str
  ca_path:
    description: Where to put the authority's certificate on the server.
    type: str
  renew_days:
    description: A certificate with fewer days left is made anew.
    type: int
    default: 30
  ca:
    description: Filled in by the action plugin.
    type: str
  step:
    description: Filled in by the action plugin.
    type: str
    choices: [inspect, request, install]
    default: inspect
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Give each domain a certificate
  diskominfo.terpusat.host_certificate:
    certificates:
      - path: /etc/terpusat/edge/simpus.lab.go.id
        names: [simpus.lab.go.id]
    ca_folder: "{{ certificate_ca_folder }}"
"""

RETURN = r"""
paths:
  description: Paths (without C(.crt)) that were renewed or, in check mode, would be.
  type: list
  elements: str
  returned: always
"""

import os
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import config_file, units
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.config_file import ConfigFileError

Entry = dict[str, Any]


def text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return ""


def openssl(module: AnsibleModule, *arguments: str) -> str:
    command = ["openssl", *arguments]
    _code, output, _error = module.run_command(command, check_rc=True, environ_update={"LC_ALL": "C"}, umask=0o077)
    return str(output)


def inspect(module: AnsibleModule, entry: Entry) -> Entry:
    path = entry["path"]
    key = config_file.read(f"{path}.key")
    uid, gid = config_file.account_ids(entry["owner"], entry["group"], missing_ok=True)
    public = ""
    if key.kind == "file" and module.get_bin_path("openssl"):
        code, output, _error = module.run_command(["openssl", "pkey", "-in", f"{path}.key", "-pubout"])
        public = output if code == 0 else ""
    wrong = (key.mode, key.uid, key.gid) != (int(entry["mode"], 8), uid, gid)
    return {
        "path": path,
        "chain": text(f"{path}.crt"),
        "public_key": public,
        "wrong_access": wrong,
        "stale": stale(module, entry),
    }


def stale(module: AnsibleModule, entry: Entry) -> bool:
    """Whether the unit still shows an older certificate: a run was killed before it was told."""
    certificate, unit = config_file.read(f"{entry['path']}.crt"), entry["unit"]
    if not unit or certificate.kind != "file" or not module.get_bin_path("systemctl"):
        return False
    code, output, _error = module.run_command(units.show_command([unit]))
    running = units.parse_show(output, [unit]).get(unit) if code == 0 else None
    return running is not None and running.active and int(certificate.mtime) > int(running.since)


def request(module: AnsibleModule, entry: Entry) -> Entry:
    """A new key beside the old one, which stays in use until its certificate is there."""
    path = entry["path"]
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    draft = f"{path}.key.new"
    openssl(module, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", draft)
    asked = openssl(module, "req", "-new", "-key", draft, "-subj", "/CN=terpusat")
    return {"path": path, "request": asked}


def install(entry: Entry) -> None:
    path, mode = entry["path"], int(entry["mode"], 8)
    uid, gid = config_file.account_ids(entry["owner"], entry["group"], missing_ok=False)
    draft = f"{path}.key.new"
    source = draft if entry["chain"] else f"{path}.key"
    config_file.write(f"{path}.key", "file", Path(source).read_bytes(), mode, uid or 0, gid or 0)
    if entry["chain"]:
        config_file.write(f"{path}.crt", "file", entry["chain"].encode(), 0o644, 0, 0)
        os.unlink(draft)


def run(module: AnsibleModule) -> dict[str, Any]:
    entries, step = module.params["certificates"], module.params["step"]
    if step == "inspect":
        found = [inspect(module, entry) for entry in entries]
        authority = module.params["ca_path"]
        return {"changed": False, "certificates": found, "ca": text(authority) if authority else ""}
    if not module.get_bin_path("openssl"):
        raise ConfigFileError("program openssl tidak ada di server ini; pasang paket openssl lebih dulu.")
    if step == "request":
        return {"changed": True, "certificates": [request(module, entry) for entry in entries]}
    for entry in entries:
        install(entry)
    if module.params["ca_path"]:
        config_file.write(module.params["ca_path"], "file", module.params["ca"].encode(), 0o644, 0, 0)
    return {"changed": True}


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "certificates": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "path": {"type": "str", "required": True},
                    "names": {"type": "list", "elements": "str"},
                    "owner": {"type": "str", "default": "root"},
                    "group": {"type": "str", "default": "root"},
                    "mode": {"type": "str", "default": "0640"},
                    "unit": {"type": "str"},
                    "chain": {"type": "str"},
                },
            },
            "ca_folder": {"type": "str"},
            "ca_name": {"type": "str"},
            "ca_path": {"type": "str"},
            "renew_days": {"type": "int", "default": 30},
            "ca": {"type": "str"},
            "step": {"type": "str", "choices": ["inspect", "request", "install"], "default": "inspect"},
        },
        supports_check_mode=True,
    )
    try:
        module.exit_json(**run(module))
    except ConfigFileError as error:
        module.fail_json(msg=str(error))


if __name__ == "__main__":
    main()
