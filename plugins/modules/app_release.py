#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: app_release
short_description: Serve exactly the given content of applications, as releases that are switched in one rename
description:
  - Copies the source folder of each application from the controller to C(<path>/<code>/releases/<id>) and switches the
    link C(<path>/<code>/current) to it. The id is a digest of names, content and executable bits, so the same content
    is never copied twice and a file that was changed by hand on the server is found and replaced.
  - Owner is root, the group is the application's own; nobody else reads it. What the application writes lies in
    C(<path>/<code>/shared), which no release touches.
  - All applications of a server are compared in one module run; only what is missing is transferred.
  - This is an action plugin with a module behind it.
options:
  applications:
    description: The applications that this server must serve.
    type: list
    elements: dict
    required: true
    suboptions:
      code:
        description: Code of the application in the register.
        type: str
        required: true
      user:
        description: Unix user (and group of the same name) of the application.
        type: str
        required: true
      source:
        description: Folder on the controller. Needed unless O(applications[].release) is given.
        type: str
      release:
        description: >-
          Serve this release, which must still be on the server, instead of the source folder's content. V(previous) is
          the one served before the present one, V(current) leaves the application's release as it is.
        type: str
      shared:
        description: Keep folders that the application may write to.
        type: bool
        default: false
      content:
        description: Whether there are releases; a container brings its own content and needs only account and folders.
        type: bool
        default: true
      comment:
        description: The account's comment.
        type: str
        default: ""
      disk:
        description: Bytes that the application was granted; what it uses is then measured and compared.
        type: int
  path:
    description: Folder on the server that belongs to this module alone.
    type: str
    default: /srv/terpusat
  account_prefix:
    description: Make the accounts too; they are named this prefix and the code. Empty, the accounts must exist.
    type: str
    default: ""
  readers:
    description: Users who may read what the applications serve, the web server's; they join the groups.
    type: list
    elements: str
    default: []
  exclude:
    description: Names of files and folders in the source that are not part of a release; shell patterns.
    type: list
    elements: str
    default: [.git, .gitignore, .gitattributes, .DS_Store, "*.swp"]
  keep:
    description: Releases to keep for each application, the served one included.
    type: int
    default: 3
  remove_unlisted:
    description: Delete applications under O(path) that are not in O(applications), with everything they wrote.
    type: bool
    default: false
  archives:
    description: Set by the action plugin; transferred archives by application code.
    type: dict
    default: {}
  inspect:
    description: Set by the action plugin; report only.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
    description: Shows which files of a release differ, by name and digest.
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Release the applications
  diskominfo.terpusat.app_release:
    applications:
      - {code: simpus, user: app-simpus, source: /srv/register/files/simpus, shared: true}

- name: Go back to the former release
  diskominfo.terpusat.app_release:
    applications:
      - {code: simpus, user: app-simpus, release: 0f3a9c1d22b47e65, shared: true}
"""

RETURN = r"""
applications:
  description: One mapping for each application.
  type: list
  elements: dict
  returned: always
  contains:
    code:
      description: Code of the application.
      type: str
    release:
      description: Id of the release that is served now or, in check mode, would be.
      type: str
    former:
      description: Id of the release that was served before this task; null when there was none.
      type: str
    changed:
      description: Whether anything was changed.
      type: bool
    uid:
      description: Number of the application's user; null in check mode before there is one.
      type: int
    used:
      description: Bytes on the disk, when O(applications[].disk) is given.
      type: int
    over:
      description: Whether that is more than granted.
      type: bool
unlisted:
  description: Codes under O(path) that are not in O(applications) and were left alone.
  type: list
  elements: str
  returned: always
removed:
  description: Codes that were deleted.
  type: list
  elements: str
  returned: always
"""

import grp
import os
import pwd
import shutil
from collections.abc import Iterable
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import accounts, releases, tree
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.releases import Application


def run_commands(module: AnsibleModule, commands: Iterable[list[str]], dry: bool) -> list[str]:
    """Run them, or only tell; what was (or would be) run. Fails the module at the first that fails."""
    told = []
    for command in commands:
        told.append(" ".join(command))
        if not dry:
            code, _output, error = module.run_command(command)
            if code != 0:
                module.fail_json(msg=f"Perintah '{told[-1]}' gagal: {error.strip()}")
    return told


def account(module: AnsibleModule, entry: dict[str, Any], dry: bool) -> list[str]:
    """Bring the application's account to what it should be."""
    if not module.params["account_prefix"]:
        return []
    home = os.path.join(module.params["path"], entry["code"])
    wanted = accounts.Account(entry["user"], home, entry["comment"], tuple(module.params["readers"]))
    return run_commands(module, accounts.commands(wanted), dry)


def locate(module: AnsibleModule, entry: dict[str, Any], dry: bool) -> Application | None:
    """The application on this server; None in a dry run before its user exists. Fails the module when it must exist."""
    try:
        uid, gid = pwd.getpwnam(entry["user"]).pw_uid, grp.getgrnam(entry["user"]).gr_gid
    except KeyError:
        if dry:
            return None
        module.fail_json(
            msg=f"Pengguna dan grup {entry['user']} untuk aplikasi {entry['code']} belum ada di server ini."
        )
    return Application(os.path.join(module.params["path"], entry["code"]), uid, gid)


def manifest(entries: list[tree.Entry]) -> list[str]:
    return [f"{entry.path}{'/' if entry.kind == 'd' else ''} {entry.digest[:16]}".rstrip() for entry in entries]


def ensure(module: AnsibleModule, entry: dict[str, Any], dry: bool) -> dict[str, Any]:
    """Bring one application to its release, or tell what that would take. Raises TreeError, OSError."""
    wanted = entry["release"]
    made = account(module, entry, dry)
    application = locate(module, entry, dry)
    found = {"code": entry["code"], "release": wanted, "former": None, "uid": None, "accounts": made}
    if application is None:
        return {**found, "changed": True, "needs_archive": entry["content"]}
    found = {**found, "uid": application.uid}
    former = application.linked("current")
    if wanted in ("current", "previous"):
        wanted = application.linked(wanted)
    if entry["release"] == "current" or not entry["content"]:
        folders = releases.prepare(application, entry["shared"], change=not dry)
        found |= {"release": former, "former": former, "needs_archive": False, "wrong_access": folders}
        return {**found, **disk(application, entry), "changed": bool(made or folders)}
    if wanted is None:
        module.fail_json(msg=f"Aplikasi {entry['code']} belum punya rilis sebelumnya di server ini.")
    before = application.entries(former)
    intact = application.intact(wanted)
    archive = module.params["archives"].get(entry["code"])
    if not intact and not dry and archive is None:
        kept = ", ".join(application.kept()) or "tidak ada"
        module.fail_json(
            msg=f"Rilis {wanted} dari aplikasi {entry['code']} tidak ada (utuh) di server ini; yang ada: {kept}. "
            "Pilih salah satunya, atau hapus penyematan rilis agar isi folder sumber dipasang."
        )
    folders = releases.prepare(application, entry["shared"], change=not dry)
    if not intact and not dry:
        releases.install(application, wanted, archive)
    folder = application.release_folder(wanted)
    access = tree.access_drift(folder, application.gid) if intact else []
    if access and not dry:
        tree.set_access(folder, application.gid)
    if former != wanted and not dry:
        releases.switch(application, wanted)
    surplus = releases.prune(application, module.params["keep"], change=not dry)
    return {
        **found,
        **disk(application, entry),
        "release": wanted,
        "former": former,
        "changed": bool(made or folders or not intact or access or former != wanted or surplus),
        "needs_archive": not intact,
        "manifest": manifest(before),
        "wrong_access": [*folders, *access],
        "surplus": surplus,
    }


def disk(application: Application, entry: dict[str, Any]) -> dict[str, Any]:
    """What it takes on the disk, when somebody wants to know."""
    if not entry["disk"]:
        return {}
    used = tree.disk_use(application.folder)
    return {"used": used, "over": used > entry["disk"]}


def unlisted(path: str, codes: list[str]) -> list[str]:
    if not os.path.isdir(path):
        return []
    return sorted(name for name in os.listdir(path) if name not in codes and os.path.isdir(os.path.join(path, name)))


def run(module: AnsibleModule) -> dict[str, Any]:
    dry = module.check_mode or module.params["inspect"]
    path = module.params["path"]
    codes = [entry["code"] for entry in module.params["applications"]]
    if codes and not dry and not os.path.isdir(path):
        os.makedirs(path)
        os.chmod(path, 0o755)
    results = [ensure(module, entry, dry) for entry in module.params["applications"]]
    left = unlisted(path, codes)
    removed = left if module.params["remove_unlisted"] else []
    for code in removed:
        if not dry:
            shutil.rmtree(os.path.join(path, code))
    if prefix := module.params["account_prefix"]:
        run_commands(module, accounts.removals(f"{prefix}{code}" for code in removed), dry)
    return {
        "changed": bool(removed) or any(result["changed"] for result in results),
        "applications": results,
        "unlisted": [code for code in left if code not in removed],
        "removed": removed,
    }


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "applications": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "code": {"type": "str", "required": True},
                    "user": {"type": "str", "required": True},
                    "source": {"type": "str"},
                    "release": {"type": "str"},
                    "shared": {"type": "bool", "default": False},
                    "content": {"type": "bool", "default": True},
                    "comment": {"type": "str", "default": ""},
                    "disk": {"type": "int"},
                },
            },
            "path": {"type": "str", "default": "/srv/terpusat"},
            "account_prefix": {"type": "str", "default": ""},
            "readers": {"type": "list", "elements": "str", "default": []},
            "exclude": {
                "type": "list",
                "elements": "str",
                "default": [".git", ".gitignore", ".gitattributes", ".DS_Store", "*.swp"],
            },
            "keep": {"type": "int", "default": 3},
            "remove_unlisted": {"type": "bool", "default": False},
            "archives": {"type": "dict", "default": {}},
            "inspect": {"type": "bool", "default": False},
        },
        supports_check_mode=True,
    )
    try:
        module.exit_json(**run(module))
    except tree.TreeError as error:
        module.fail_json(msg=str(error))
    except OSError as error:
        module.fail_json(msg=f"{error.filename}: {error.strerror}. Periksa ruang disk dan sistem berkas server ini.")


if __name__ == "__main__":
    main()
