# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of host_certificate: judge what the server has, sign what it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.certificate_authority import CertificateAuthority

MODULE = "diskominfo.terpusat.host_certificate"
SPEC = {
    "certificates": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "path": {"type": "str", "required": True},
            "names": {"type": "list", "elements": "str", "required": True},
            "owner": {"type": "str", "default": "root"},
            "group": {"type": "str", "default": "root"},
            "mode": {"type": "str", "default": "0640"},
            "unit": {"type": "str"},
        },
    },
    "ca_folder": {"type": "str", "required": True},
    "ca_name": {"type": "str", "default": "Terpusat"},
    "ca_path": {"type": "str"},
    "renew_days": {"type": "int", "default": 30},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Options and results are documented in plugins/modules/host_certificate.py."""

    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=SPEC)
        folder, dry = Path(arguments["ca_folder"]).expanduser(), bool(self._task.check_mode)
        try:
            if dry:
                authority = CertificateAuthority.load(folder)
            else:
                authority = CertificateAuthority.load_or_make(folder, arguments["ca_name"])
        except (ValueError, OSError) as error:
            return {**result, "failed": True, "msg": f"CA pemerintah daerah tidak dapat dipakai. {error}"}
        return {**result, **self._perform(arguments, authority, dry, task_vars)}

    def _perform(
        self, arguments: dict[str, Any], authority: CertificateAuthority | None, dry: bool, task_vars: Any
    ) -> dict[str, Any]:
        wanted = {entry["path"]: entry for entry in arguments["certificates"]}
        found = self._ask(
            {"step": "inspect", "certificates": [*wanted.values()], "ca_path": arguments["ca_path"]}, task_vars
        )
        if found.get("failed"):
            return found
        due: dict[str, str] = {}
        for item in found["certificates"]:
            why = (
                "belum ada"
                if authority is None
                else authority.why_renew(
                    item["chain"], item["public_key"], wanted[item["path"]]["names"], arguments["renew_days"]
                )
            )
            if why:
                due[item["path"]] = why
        pem = authority.pem if authority else ""
        stale_ca = arguments["ca_path"] is not None and found["ca"] != pem
        access = [item["path"] for item in found["certificates"] if item["wrong_access"] and item["path"] not in due]
        late = [item["path"] for item in found["certificates"] if item["stale"] and item["path"] not in (*due, *access)]
        written = [*due, *access, *([arguments["ca_path"]] if stale_ca else [])]
        paths = [*written, *late]
        answer = {
            "changed": bool(paths),
            "paths": paths,
            "diff": [
                {
                    "before_header": path,
                    "after_header": path,
                    "before": f"{due.get(path, 'belum dipakai' if path in late else 'hak akses atau isi salah')}\n",
                    "after": "sertifikat CA pemerintah daerah\n",
                }
                for path in paths
            ],
        }
        if dry or not written or authority is None:
            return answer
        entries = [wanted[path] for path in due]
        asked = self._ask({"step": "request", "certificates": entries}, task_vars) if entries else {"certificates": []}
        if asked.get("failed"):
            return asked
        signed = {
            item["path"]: authority.sign(item["request"], wanted[item["path"]]["names"])
            for item in asked["certificates"]
        }
        done = self._ask(
            {
                "step": "install",
                "certificates": [{**wanted[path], "chain": signed.get(path)} for path in [*due, *access]],
                "ca_path": arguments["ca_path"],
                "ca": pem,
            },
            task_vars,
        )
        return done if done.get("failed") else answer

    def _ask(self, arguments: dict[str, Any], task_vars: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._execute_module(module_name=MODULE, module_args=arguments, task_vars=task_vars)
        return answer
