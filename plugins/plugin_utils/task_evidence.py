# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where one task keeps its evidence, and which values of this run must never be shown or kept in clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from ansible.errors import AnsibleError
from ansible.parsing.vault import EncryptedString, VaultHelper

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.key import fingerprint_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.net import (
    OTHERS,
    Net,
    is_secret_name,
    secrets_in,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder, whoami
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints


class TaskEvidence:
    """Reads ``terpusat_government``, ``_evidence_folder``, ``_evidence_key``, ``_fingerprint_key`` and ``_ticket``."""

    def __init__(self, variables: Mapping[str, Any], variable: Callable[[str], Any]) -> None:
        """``variables`` of the task; ``variable`` returns one of them templated, None when there is none."""
        government = variable("terpusat_government") or {}
        self._variables = variables
        self._variable = variable
        self._government = str(government.get("code", ""))
        self._time_zone = government.get("iana_time_zone")
        self._device = str(variables.get("inventory_hostname", ""))
        self._ticket = variable("terpusat_ticket")
        self._given_key = variable("terpusat_fingerprint_key")
        self._seal_key = variable("terpusat_evidence_key")
        chosen = variable("terpusat_evidence_folder")
        self.folder = EvidenceFolder.of(self._government, str(chosen) if chosen else None)

    def fingerprints(self) -> Fingerprints:
        """Fingerprints that stay the same from run to run.

        Raises:
            RefusedError: the key cannot be read or made.
        """
        return Fingerprints(self._key)

    def net(self) -> Net:
        """Finds this run's known secrets in what is about to be shown or kept.

        Raises:
            RefusedError: the key cannot be read or made.
        """
        return Net(self.known_secrets, self.fingerprints())

    def recorder(self, platform: str, ticket: str | None, action: str = "device_config") -> Recorder:
        """The journal of one transaction.

        Raises:
            RefusedError: the key cannot be read or made.
        """
        return Recorder(
            self.folder.root,
            self._government,
            self._device,
            platform,
            ticket or (str(self._ticket) if self._ticket else None),
            whoami(),
            self._key,
            known_secrets=self.known_secrets,
            seal_key=str(self._seal_key).encode() if self._seal_key else None,
            time_zone=self._time_zone,
            action=action,
        )

    @property
    def backup(self) -> Backup:
        """The government's archive of configurations."""
        return Backup(self.folder.backup)

    @cached_property
    def known_secrets(self) -> frozenset[str]:
        """Values of this host's variables that are secret by their name or came from the vault."""
        found: set[str] = set()
        for name, value in self._variables.items():
            if name in OTHERS or not (is_secret_name(name) or _holds_secret(value)):
                continue
            try:
                resolved = self._variable(name)
            except AnsibleError:
                continue  # undefined or undecryptable: whoever needs it says so
            found |= secrets_in({name: resolved})
            found.update(_from_vault(resolved))
        return frozenset(found)

    @cached_property
    def _key(self) -> bytes:
        try:
            return fingerprint_key(self.folder.fingerprint_key, str(self._given_key) if self._given_key else None)
        except EvidenceError as error:
            raise RefusedError(str(error)) from error


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(is_secret_name(str(key)) or _holds_secret(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return any(map(_holds_secret, value))
    return _is_vaulted(value)


def _from_vault(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple):
        for entry in value.values() if isinstance(value, Mapping) else value:
            yield from _from_vault(entry)
    elif _is_vaulted(value):
        yield str(value)


def _is_vaulted(value: Any) -> bool:
    return isinstance(value, EncryptedString) or VaultHelper.get_ciphertext(value, with_tags=False) is not None
