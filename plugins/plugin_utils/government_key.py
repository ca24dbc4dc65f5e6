# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fingerprints of secrets for many hosts at once, each under its government's key."""

from __future__ import annotations

from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.key import fingerprint_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import Values

_KEY = "terpusat_fingerprint_key"
_FOLDER = "terpusat_evidence_folder"


class GovernmentKeys:
    """As `RunEvidence.hide`, from the same variables; a key is looked up once, not once a host."""

    def __init__(self) -> None:
        # By the variables as they stand, so that a key of the vault is decrypted once. They are kept, so that no other
        # object gets the identity of one of them.
        self._known: dict[tuple[str, int, int], tuple[Fingerprints, tuple[Any, Any]]] = {}

    def of(self, values: Values) -> Fingerprints:
        """The fingerprints of a host. Raises `RefusedError` when there is no key and none can be made."""
        code = str((values.get("terpusat_government") or {}).get("code") or "")
        raw = values.raw(_KEY), values.raw(_FOLDER)
        place = code, id(raw[0]), id(raw[1])
        if place not in self._known:
            given, folder = values.get(_KEY), values.get(_FOLDER)
            path = EvidenceFolder.of(code, folder).fingerprint_key
            try:
                key = fingerprint_key(path, None if given is None else str(given))
            except EvidenceError as error:
                raise RefusedError(str(error)) from error
            self._known[place] = Fingerprints(key), raw
        return self._known[place][0]
