# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_config; the work is done by the action plugin of the same name."""

DOCUMENTATION = r"""
module: device_config
short_description: Bring a network device to its intended configuration in one guarded transaction
version_added: 0.1.0
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
description:
  - >-
    Takes the complete intended configuration of what we own on a device and makes it so, or leaves the device as it
    was.
  - >-
    Order of events: preflight, read what runs, compare; then a guard that undoes the change by itself is armed on the
    device, the change is applied, a new login is made, the probes run, everything is read again, and only then the
    change is confirmed. When the controller dies or loses its way before that, the device returns to its former files
    and its former running state within O(guard_seconds), also when it is rebooted in between.
  - >-
    What differs is found in files and in the running state alike: an address added by hand, a changed traffic class or
    a packet filter rule is reported and mended although no file changed. Only the components that differ are touched.
  - >-
    No process but the commands it sends runs on the device. One SSH session is opened through netmiko, the host key
    checked.
  - >-
    The connection uses the ordinary variables (C(ansible_host), C(ansible_port), C(ansible_user),
    C(ansible_ssh_private_key_file), C(ansible_password), C(ansible_timeout)) and C(terpusat_ssh_config_file), an
    OpenSSH configuration from which HostName, Port, User, IdentityFile, UserKnownHostsFile, ProxyCommand and ProxyJump
    are read.
options:
  config:
    description:
      - The complete intended configuration, in the platform's own form.
      - >-
        For V(linux) a bundle, that is complete files, each behind a line such as
        C(==> /etc/frr/frr.conf mode=0640 owner=frr group=frr <==).
      - A component is managed only when the bundle has one of its files. Files of a managed component that the bundle
        no longer has are removed.
    type: str
    required: true
  version:
    description:
      - Version of the device's operating system, such as V(7.16.2) or V(15.2(7\)E4).
      - With it, what the version lacks is refused before any login; without it, after the device has told its version.
      - Defaults to C(terpusat_host.os_version).
    type: str
  guard_seconds:
    description:
      - Time from arming until the device undoes the change unless it was confirmed; 15 to 3600 seconds.
      - V(ios) counts in whole minutes, so it is rounded up there.
      - Applying, logging in again and all O(probes) must fit in.
    type: int
    default: 60
  allow_unguarded:
    description:
      - A change that touches the path of the management session is refused on a device that cannot undo it by itself.
        V(true) says that a person has decided to do it all the same.
    type: bool
    default: false
  ticket:
    description:
      - Number of the letter or ticket that asks for the change; kept with the evidence.
      - Defaults to C(terpusat_ticket).
    type: str
  probes:
    description:
      - What must succeed, in the new session, before the change is confirmed.
      - The new login itself is always the first probe.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: What the command shows; used in reports.
        type: str
        required: true
      kind:
        description:
          - V(command) runs O(probes[].command); V(ping) wants an echo reply of O(probes[].host); V(tcp) a connection to
            O(probes[].host) on O(probes[].port); V(dns) an address for O(probes[].query).
        type: str
        choices: [command, ping, tcp, dns]
        default: command
      command:
        description:
          - A command of the device. On V(linux) it runs as root and exit code 0 means success; elsewhere an answer
            without an error message does.
        type: str
        default: ""
      expect:
        description: Regular expression (Python) that the output of O(probes[].command) must match somewhere.
        type: str
      host:
        description: Address or name for V(ping) and V(tcp).
        type: str
        default: ""
      port:
        description: Port for V(tcp).
        type: int
        default: 0
      query:
        description: Name to resolve for V(dns).
        type: str
        default: ""
      server:
        description:
          - Resolver to ask for V(dns); without it the one that is in use there.
          - Cisco IOS cannot name one, so the task is refused before login; use O(probes[].where=controller) there.
        type: str
        default: ""
      where:
        description: Try it on the device, or from the controller; a command only runs on the device.
        type: str
        choices: [device, controller]
        default: device
      timeout:
        description: Seconds for one attempt.
        type: float
        default: 10.0
      retries:
        description: How many more attempts after a failed one.
        type: int
        default: 0
      delay:
        description: Seconds between two attempts.
        type: float
        default: 2.0
      only_if_passed_before:
        description:
          - Run it before the change too; it must succeed after it only if it succeeded then.
          - For what a first bring-up cannot have yet, such as a neighbour.
        type: bool
        default: false
attributes:
  check_mode:
    description: One session reads and compares; nothing is changed.
    support: full
  diff_mode:
    description: One entry for each file and each part of the running state that differs.
    support: full
requirements:
  - "On V(linux) devices: systemd, sudo without password for the login user, and the programs of the components in use"
notes:
  - Every change is recorded, both when it starts and how it ended, in a ledger whose records are chained by hash, and
    the configuration before and after goes into a git repository, secrets replaced by fingerprints. Both lie in
    C(terpusat_evidence_folder), by default C($XDG_STATE_HOME/terpusat/<government code>). What cannot be recorded is
    refused.
  - Fingerprints are made under C(terpusat_fingerprint_key) (from the vault), by default under a key made on first use
    in the same folder.
  - What the guard undid by itself is reported as a warning by the next run.
  - On V(linux) packet filter rules must name interfaces with C(iifname) and C(oifname).
"""

EXAMPLES = r"""
- name: Bring the border router to its intended configuration
  diskominfo.terpusat.device_config:
    config: "{{ lookup('ansible.builtin.template', 'linux.j2') }}"
    guard_seconds: 60
    probes:
      - name: gateway
        command: ping -c 1 -W 2 203.0.113.1
        retries: 5

- name: Only the packet filter of a server
  diskominfo.terpusat.device_config:
    platform: linux
    config: |
      ==> /etc/nftables.conf mode=0755 <==
      {{ lookup('ansible.builtin.template', 'nftables.conf.j2') }}
"""

RETURN = r"""
outcome:
  description:
    - How the transaction ended.
    - >-
      V(in_sync) nothing differed; V(changed) changed and confirmed (in check mode, would be); V(offline) no answer;
      V(auth_failed) login refused; V(host_key) the host key is unknown or changed; V(unsupported) a system or version
      that cannot be handled; V(busy) somebody else is changing the device; V(refused) not started for another reason.
      Nothing was touched in any of these. V(rolled_back) undone (or lost with a restart
      before it was saved), and the former state was read back; V(failed) the state is known and is neither of the two,
      or is the new one and the device does not save it; V(unknown) the device was changed and did not come back to say
      what it runs, which the next run finds out and settles.
  returned: always
  type: str
  sample: changed
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
  sample: "diubah: berjalan: shaping eth2"
changes:
  description: What differed when the transaction began.
  returned: always
  type: list
  elements: dict
  contains:
    component:
      description: The part of the device, such as C(frr) or C(nftables).
      type: str
    kind:
      description: V(file) or V(running).
      type: str
    name:
      description: Path of the file, or name of the part of the running state.
      type: str
    summary:
      description: The first lines that differ, removed ones with a minus, added ones with a plus.
      type: str
    removed:
      description: Lines that the device has and should not.
      type: list
      elements: str
    added:
      description: Lines that the device should have.
      type: list
      elements: str
patch:
  description: What brings the device to the intended state, in the order it is done; no secrets.
  returned: always
  type: list
  elements: str
inverse:
  description: What brings the device back from any point of the patch; no secrets.
  returned: always
  type: list
  elements: str
unmanaged:
  description: What is on the device and nobody declared ours; never touched.
  returned: always
  type: list
  elements: str
device:
  description: What the device said of itself, such as its version.
  returned: always
  type: dict
strength:
  description: How the device would come back by itself; V(native), V(inverse), V(reboot) or V(none).
  returned: when the device was logged in to
  type: str
diff:
  description: Ansible's diff list; before is what the device has, after what is intended.
  returned: always
  type: list
  elements: dict
probes:
  description: What the new login and the probes showed, in order; empty when nothing was changed.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name of the probe; C(login) is the new login.
      type: str
    ok:
      description: Whether it succeeded.
      type: bool
    output:
      description: End of what it printed, or why it failed.
      type: str
    binding:
      description: V(false) for a probe that had failed before the change already.
      type: bool
guard:
  description: The guard, when one was armed.
  returned: when a change was started
  type: dict
  contains:
    id:
      description: Its name on the device.
      type: str
    seconds:
      description: Time until it undoes an unconfirmed change.
      type: int
    strength:
      description:
        - V(native) the device's own commit-confirm, V(inverse) our inverse on the device, V(reboot) or V(none).
      type: str
    state:
      description: V(armed), V(restoring), V(restored), V(confirmed) or V(unknown), as last seen.
      type: str
"""
