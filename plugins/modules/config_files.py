#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: config_files
short_description: Write several configuration files as one unit
description:
  - Brings all given files to their content, mode and owner in one module run, so a role costs one task for them.
  - Each file is checked by its own validator before it is written. When everything stands, O(checks) must succeed;
    otherwise every file is put back as it was and the task fails.
  - A file that names its unit also counts as changed while that unit still runs with an older version of it, so a run
    that was interrupted between writing and restarting is completed by the next one.
options:
  files:
    description: The files, links and absences.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description: Absolute path on the server.
        type: str
        required: true
      content:
        description: The whole content.
        type: str
      link:
        description: Make the path a symbolic link to this target instead.
        type: str
      state:
        description: V(absent) removes the path.
        type: str
        choices: [present, absent]
        default: present
      mode:
        description: Octal mode, quoted.
        type: str
        default: "0644"
      owner:
        description: Owner of the file.
        type: str
        default: root
      group:
        description: Group of the file.
        type: str
        default: root
      validate:
        description: Command that checks the content before it is written; C(%s) is the name of a temporary file.
        type: str
      unit:
        description: systemd unit that reads this file.
        type: str
      secret:
        description: The content is a secret; neither the diff, nor a validator's message, nor the log tells it.
        type: bool
        default: false
  purge:
    description: Glob patterns; files and links that match but are not in O(files) are removed.
    type: list
    elements: str
    default: []
  checks:
    description: Commands that must succeed when all files stand.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    support: full
    description: Validators run in check mode too when their program is installed.
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Write the configuration of chrony
  diskominfo.terpusat.config_files:
    files:
      - path: /etc/chrony/chrony.conf
        content: "{{ lookup('ansible.builtin.template', 'chrony.conf.j2') }}"
        validate: chronyd -p -f %s
        unit: chrony.service
  notify: Restart chrony
"""

RETURN = r"""
paths:
  description: Paths that were changed or, in check mode, would be.
  type: list
  elements: str
  returned: always
unverified:
  description: Validators and checks that could not run in check mode because their program is not installed yet.
  type: list
  elements: str
  returned: always
"""

import glob
import os
import shlex
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import config_file, units
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.config_file import (
    ConfigFileError,
    Snapshot,
    Wanted,
)

Change = tuple[Wanted, Snapshot]

#: What a diff shows of a secret; its length would be a hint, too.
HIDDEN = "disembunyikan\n"


class DiscreetModule(AnsibleModule):  # type: ignore[misc]
    """AnsibleModule writes all arguments into the journal and, with -vvv, into the output: of a secret file, too."""

    def _log_invocation(self) -> None:
        self.log(f"Invoked with files: {', '.join(str(entry['path']) for entry in self.params['files'])}")

    def told_arguments(self) -> dict[str, Any]:
        """The arguments as the output may show them."""
        files = [
            {**entry, "content": HIDDEN.strip()} if entry["secret"] and entry["content"] is not None else entry
            for entry in self.params["files"]
        ]
        return {**self.params, "files": files}


def wanted_of(entry: dict[str, Any], check_mode: bool) -> Wanted:
    """One entry of the option ``files`` as a Wanted. Raises ConfigFileError."""
    path = entry["path"]
    if not os.path.isabs(path):
        raise ConfigFileError(f"{path}: tulis jalur lengkap yang dimulai dengan '/'.")
    if entry["state"] == "absent":
        return Wanted(path, "absent", unit=entry["unit"], secret=entry["secret"])
    if (entry["content"] is None) == (entry["link"] is None):
        raise ConfigFileError(f"{path}: isi salah satu dari content atau link.")
    if entry["link"] is not None:
        return Wanted(path, "link", os.fsencode(entry["link"]), unit=entry["unit"])
    uid, gid = config_file.account_ids(entry["owner"], entry["group"], missing_ok=check_mode)
    return Wanted(
        path,
        "file",
        entry["content"].encode(),
        int(entry["mode"], 8),
        uid,
        gid,
        entry["owner"],
        entry["group"],
        entry["validate"],
        entry["unit"],
        entry["secret"],
    )


def purged(patterns: list[str], keep: list[str]) -> list[Wanted]:
    found = {path for pattern in patterns for path in glob.glob(pattern)}
    return [
        # Nobody says of a file that left the role whether it was secret; what not everybody may read counts as such.
        Wanted(path, "absent", secret=not os.lstat(path).st_mode & 0o004)
        for path in sorted(found - set(keep))
        if not os.path.isdir(path)
    ]


def side(path: str, kind: str, content: bytes, access: str) -> tuple[str, str]:
    """Header and text of one side of a diff."""
    if kind == "absent":
        return f"{path} (tidak ada)", ""
    if kind == "link":
        return f"{path} (tautan)", os.fsdecode(content) + "\n"
    return f"{path} ({access})", content.decode(errors="replace")


def diff_of(want: Wanted, found: Snapshot, stale: bool) -> dict[str, str]:
    before_header, before = side(want.path, found.kind, found.content, f"{found.mode:04o} {found.uid}:{found.gid}")
    after_header, after = side(want.path, want.kind, want.content, f"{want.mode:04o} {want.uid}:{want.gid}")
    if want.secret:
        # Both sides: what stood there may be the secret of yesterday, which is still in use somewhere.
        before = HIDDEN if found.kind == "file" else before
        after = HIDDEN + "(isinya lain)\n" if found.content != want.content else HIDDEN
        after = after if want.kind == "file" else ""
    if stale:
        before_header = f"{want.path} ({want.unit} masih memakai isi yang lebih lama)"
        before = ""
    return {"before_header": before_header, "before": before, "after_header": after_header, "after": after}


def ask_units(module: AnsibleModule, wanted: list[Wanted]) -> dict[str, units.Unit]:
    names = sorted({want.unit for want in wanted if want.unit})
    if not names or not module.get_bin_path("systemctl"):
        return {}
    code, output, _error = module.run_command(units.show_command(names))
    return units.parse_show(output, names) if code == 0 else {}


def run_check(module: AnsibleModule, command: str, subject: str, unverified: list[str], secret: bool = False) -> None:
    """Run a validator or check. Raises ConfigFileError when it fails; notes it when it cannot run in check mode."""
    argv = shlex.split(command)
    if not module.get_bin_path(argv[0], opt_dirs=["/usr/local/sbin", "/usr/sbin", "/sbin"]):
        if not module.check_mode:
            raise ConfigFileError(f"{subject}: program pemeriksa '{argv[0]}' tidak ada; pasang paketnya lebih dulu.")
        unverified.append(f"{subject}: {argv[0]}")
        return
    code, output, error = module.run_command(argv)
    if code != 0:
        detail = "Pesannya disembunyikan." if secret else (error or output).strip()
        raise ConfigFileError(f"{subject} ditolak oleh '{argv[0]}'; berkas yang lama tetap dipakai. {detail}")


def validate(module: AnsibleModule, changes: list[Change], unverified: list[str]) -> None:
    for want, _found in changes:
        if want.kind != "file" or not want.validate:
            continue
        if "%s" not in want.validate:
            raise ConfigFileError(f"{want.path}: validate harus memuat %s.")
        temporary = config_file.temporary_beside(want.path, want.content, module.tmpdir)
        try:
            run_check(module, want.validate.replace("%s", shlex.quote(temporary)), want.path, unverified, want.secret)
        finally:
            os.unlink(temporary)


def apply(module: AnsibleModule, changes: list[Change], checks: list[str]) -> None:
    """Write everything, run the checks, and put everything back when one fails. Raises ConfigFileError."""
    done: list[Change] = []
    try:
        for want, found in changes:
            done.append((want, found))
            config_file.write(want.path, want.kind, want.content, want.mode, want.uid or 0, want.gid or 0)
        for check in checks:
            run_check(module, check, "Konfigurasi baru", [])
    except (ConfigFileError, OSError) as error:
        left = put_back(done)
        told = (
            f"Yang TIDAK dapat dikembalikan: {', '.join(left)}; jalankan lagi setelah sebabnya diatasi."
            if left
            else "Semua dikembalikan."
        )
        if isinstance(error, OSError):
            where = error.filename or done[-1][0].path
            raise ConfigFileError(f"Tidak dapat menulis {where}: {error.strerror}. {told}") from error
        if left:
            raise ConfigFileError(f"{error} {told}") from error
        raise


def put_back(done: list[Change]) -> list[str]:
    """Restore all that can be restored, the last one first; which cannot."""
    left = []
    for want, found in reversed(done):
        try:
            config_file.put_back(want.path, found)
        except OSError:
            left.append(want.path)
    return left


def run(module: AnsibleModule) -> dict[str, Any]:
    wanted = [wanted_of(entry, module.check_mode) for entry in module.params["files"]]
    wanted += purged(module.params["purge"], [want.path for want in wanted])
    running = ask_units(module, wanted)
    changes: list[Change] = []
    stale: list[Change] = []
    for want in wanted:
        found = config_file.read(want.path)
        unit = running.get(want.unit or "")
        if not want.matches(found):
            changes.append((want, found))
        elif unit is not None and found.kind != "absent" and unit.older_than(found.mtime):
            stale.append((want, found))
    unverified: list[str] = []
    validate(module, changes, unverified)
    if changes and module.check_mode:
        unverified += [f"Konfigurasi baru: {shlex.split(check)[0]}" for check in module.params["checks"]]
    elif changes:
        apply(module, changes, module.params["checks"])
    diff = [diff_of(want, found, False) for want, found in changes]
    diff += [diff_of(want, found, True) for want, found in stale]
    paths = [want.path for want, _found in [*changes, *stale]]
    return {"changed": bool(paths), "paths": paths, "unverified": unverified, "diff": diff}


def main() -> None:
    module = DiscreetModule(
        argument_spec={
            "files": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "path": {"type": "str", "required": True},
                    "content": {"type": "str"},
                    "link": {"type": "str"},
                    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
                    "mode": {"type": "str", "default": "0644"},
                    "owner": {"type": "str", "default": "root"},
                    "group": {"type": "str", "default": "root"},
                    "validate": {"type": "str"},
                    "unit": {"type": "str"},
                    "secret": {"type": "bool", "default": False},
                },
            },
            "purge": {"type": "list", "elements": "str", "default": []},
            "checks": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    try:
        module.exit_json(**run(module), invocation={"module_args": module.told_arguments()})
    except ConfigFileError as error:
        module.fail_json(msg=str(error), invocation={"module_args": module.told_arguments()})


if __name__ == "__main__":
    main()
