# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_enrol; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: device_enrol
short_description: Take a new device in, and close the factory's way in
version_added: 0.2.0
description:
  - First contact with a device. Its host key is written into known_hosts only when a person vouched for it, and never
    when another key is known for that device.
  - Then our user is made with full rights and our public key, with the help of the factory's login; the new login is
    proven in a fresh session; only then the factory's user is removed (its password locked on V(linux)), the new login
    is proven once more, and the factory's password must be refused.
  - Cut off anywhere, one of the two ways in works, and the next run goes on from there. A device that is enrolled
    already is left alone.
  - Begin and end stand in the ledger of changes.
options:
  fingerprint:
    description:
      - Fingerprint of the host key as a person read it at the device's console, C(SHA256:…), C(MD5:aa:bb:…), or the
        whole public key.
      - Without it an unknown key is shown and nothing is sent to the device.
    type: str
    default: ""
  accept_host_key:
    description:
      - Trust the key that is shown on first contact. Only for a cable that nobody else is on; the fingerprint is in
        the result and the ledger.
    type: bool
    default: false
  factory_user:
    description: User the device came with. Defaults to V(admin) (routeros), V(cisco) (ios), V(root) (linux).
    type: str
  factory_password:
    description: Its password, from the vault; may be empty. Not needed any more once our user is there.
    type: str
  public_key:
    description: Public key line. Defaults to the file beside C(ansible_ssh_private_key_file) with C(.pub) behind it.
    type: str
  console_password:
    description:
      - Password of our user for the console, WinBox and the like, from the vault. By default a random one that nobody
        knows.
    type: str
  ticket:
    description: Reference written into the evidence. Defaults to C(terpusat_ticket).
    type: str
attributes:
  check_mode:
    description: Looks at the host key and tries the logins; nothing is written anywhere.
    support: full
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
requirements:
  - netmiko, paramiko and dulwich on the controller
notes:
  - Our user is C(ansible_user); it must not be named like the factory's.
  - An IOS device needs a domain name, an RSA key and C(login local) on its lines before SSH answers at all.
"""

EXAMPLES = r"""
- name: Take the new router in
  diskominfo.terpusat.device_enrol:
    platform: routeros
    fingerprint: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    factory_password: "{{ vault_sticker_rt_dinkes }}"
"""

RETURN = r"""
outcome:
  description:
    - How it ended.
    - >-
      V(changed) enrolled now (in check mode, would be); V(in_sync) it was already; V(host_key) the host key is unknown,
      not the one a person said, or another than before, and nothing was sent; V(auth_failed) neither our key nor the
      factory's password was accepted; V(offline) no answer; V(refused) nothing was touched; V(unsupported) the device
      does not know this type of key; V(failed) it stopped half-way and the message says where, one way in works.
  returned: always
  type: str
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
fingerprint:
  description: Fingerprint of the host key that the device showed.
  returned: when it answered
  type: str
known_hosts:
  description: The file that has the key, or would have it.
  returned: when it answered
  type: str
steps:
  description: What was done on the device, in Bahasa Indonesia.
  returned: always
  type: list
  elements: str
probes:
  description: The proofs, in order.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: What was proven.
      type: str
    ok:
      description: Whether it was.
      type: bool
    output:
      description: Why not.
      type: str
    binding:
      description: Always V(true).
      type: bool
"""
