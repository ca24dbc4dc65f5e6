# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where one task keeps its evidence, and under which key its secrets become fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.key import fingerprint_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.net import secrets_in
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder, whoami
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints


class TaskEvidence:
    """Reads ``terpusat_government``, ``_evidence_folder``, ``_fingerprint_key`` and ``_ticket``."""

    def __init__(self, variables: Mapping[str, Any], variable: Callable[[str], Any]) -> None:
        """``variables`` of the task; ``variable`` returns one of them templated, None when there is none."""
        government = variable("terpusat_government") or {}
        self._variables = variables
        self._government = str(government.get("code", ""))
        self._time_zone = government.get("iana_time_zone")
        self._device = str(variables.get("inventory_hostname", ""))
        self._ticket = variable("terpusat_ticket")
        self._given_key = variable("terpusat_fingerprint_key")
        chosen = variable("terpusat_evidence_folder")
        self.folder = EvidenceFolder.of(self._government, str(chosen) if chosen else None)

    def fingerprints(self) -> Fingerprints:
        """Fingerprints that stay the same from run to run.

        Raises:
            RefusedError: the key cannot be read or made.
        """
        return Fingerprints(self._key())

    def recorder(self, platform: str, ticket: str | None) -> Recorder:
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
            self._key(),
            known_secrets=secrets_in(self._variables),
            time_zone=self._time_zone,
        )

    def _key(self) -> bytes:
        try:
            return fingerprint_key(self.folder.fingerprint_key, str(self._given_key) if self._given_key else None)
        except EvidenceError as error:
            raise RefusedError(str(error)) from error
