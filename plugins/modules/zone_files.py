#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: zone_files
short_description: Write zone files of a name server, with their serial numbers
description:
  - Brings zone files to their content. The serial number is the module's own; it grows whenever anything else in the
    zone changes and stays when nothing does.
  - Each zone is checked by named-checkzone before it is written. A zone that is refused changes nothing at all.
  - A file also counts as changed while the unit still runs with an older version of it.
options:
  zones:
    description: The zones.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the zone, without the dot at its end.
        type: str
        required: true
      path:
        description: Absolute path of the file.
        type: str
        required: true
      content:
        description: The whole zone, with C(@SERIAL@) in the place of the serial number of its SOA record.
        type: str
        required: true
  group:
    description: Group of the files, which may read them.
    type: str
    default: root
  purge:
    description: Glob patterns; files that match but are not in O(zones) are removed.
    type: list
    elements: str
    default: []
  unit:
    description: systemd unit that reads the files.
    type: str
attributes:
  check_mode:
    support: full
    description: Zones are checked in check mode too when named-checkzone is installed.
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Write the zone of the government
  diskominfo.terpusat.zone_files:
    zones:
      - name: kabupaten.go.id
        path: /var/lib/bind/kabupaten.go.id.zone
        content: "{{ lookup('ansible.builtin.template', 'zone.j2') }}"
    group: bind
    unit: named.service
  notify: Reload named
"""

RETURN = r"""
paths:
  description: Paths that were changed or, in check mode, would be.
  type: list
  elements: str
  returned: always
"""

import glob
import os
import time
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import config_file, units, zone_serial
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.config_file import ConfigFileError, Wanted

_CHECKER = "named-checkzone"


def wanted_zones(module: AnsibleModule) -> list[tuple[str, Wanted]]:
    """Name and file of every zone, with its serial. Raises ConfigFileError."""
    uid, gid = config_file.account_ids("root", module.params["group"], missing_ok=module.check_mode)
    found = []
    for zone in module.params["zones"]:
        if zone_serial.TOKEN not in zone["content"]:
            raise ConfigFileError(f"zona {zone['name']}: isinya harus memuat {zone_serial.TOKEN} di catatan SOA.")
        standing = config_file.read(zone["path"]).content.decode(errors="replace")
        text = zone_serial.with_serial(standing, zone["content"], time.time())
        group = module.params["group"]
        found.append((zone["name"], Wanted(zone["path"], "file", text.encode(), 0o644, uid, gid, group=group)))
    return found


def check(module: AnsibleModule, name: str, want: Wanted) -> None:
    """Raises ConfigFileError when the zone is refused."""
    if not module.get_bin_path(_CHECKER, opt_dirs=["/usr/sbin", "/usr/bin"]):
        if module.check_mode:
            return
        raise ConfigFileError(f"program pemeriksa '{_CHECKER}' tidak ada; pasang paketnya lebih dulu.")
    temporary = config_file.temporary_beside(want.path, want.content, module.tmpdir)
    try:
        code, output, error = module.run_command([_CHECKER, "-q", "-i", "local", name, temporary])
        if code != 0:
            _code, output, error = module.run_command([_CHECKER, "-i", "local", name, temporary])
            raise ConfigFileError(f"zona {name} ditolak; yang lama tetap dipakai. {(output or error).strip()}")
    finally:
        os.unlink(temporary)


def stale(module: AnsibleModule, paths: list[str]) -> list[str]:
    """Files that the running unit has not taken in yet."""
    unit = module.params["unit"]
    if not unit or not module.get_bin_path("systemctl"):
        return []
    code, output, _error = module.run_command(units.show_command([unit]))
    running = units.parse_show(output, [unit]).get(unit) if code == 0 else None
    if running is None:
        return []
    return [path for path in paths if running.older_than(config_file.read(path).mtime)]


def run(module: AnsibleModule) -> dict[str, Any]:
    zones = wanted_zones(module)
    keep = {want.path for _name, want in zones}
    gone = {path for pattern in module.params["purge"] for path in glob.glob(pattern)} - keep
    changes = [(name, want) for name, want in zones if not want.matches(config_file.read(want.path))]
    changes += [("", Wanted(path, "absent")) for path in sorted(gone)]
    changed = [want.path for _name, want in changes]
    late = stale(module, [path for path in sorted(keep) if path not in changed])
    diff = [
        {
            "before_header": want.path,
            "after_header": want.path,
            "before": config_file.read(want.path).content.decode(errors="replace"),
            "after": want.content.decode(),
        }
        for _name, want in changes
    ]
    diff += [
        {"before_header": path, "after_header": f"{path} (belum dimuat)", "before": "", "after": ""} for path in late
    ]
    for name, want in changes:
        if want.kind == "file":
            check(module, name, want)
    if not module.check_mode:
        for _name, want in changes:
            config_file.write(want.path, want.kind, want.content, want.mode, want.uid or 0, want.gid or 0)
    return {"changed": bool(changed or late), "paths": changed + late, "diff": diff}


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "zones": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "name": {"type": "str", "required": True},
                    "path": {"type": "str", "required": True},
                    "content": {"type": "str", "required": True},
                },
            },
            "group": {"type": "str", "default": "root"},
            "purge": {"type": "list", "elements": "str", "default": []},
            "unit": {"type": "str"},
        },
        supports_check_mode=True,
    )
    try:
        module.exit_json(**run(module))
    except ConfigFileError as error:
        module.fail_json(msg=str(error))


if __name__ == "__main__":
    main()
