# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where an action keeps its evidence, and which values of this run must never be kept in clear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ansible.errors import AnsibleError
from ansible.parsing.vault import EncryptedString, VaultHelper

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.key import fingerprint_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.measurements import MeasurementLedger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.net import (
    OTHERS,
    Net,
    is_secret_name,
    secrets_in,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import (
    RUN_ID,
    Recorder,
    whoami,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints


class RunEvidence:
    """Evidence of one host's action, from its variables.

    ``terpusat_evidence_folder`` (default ``$XDG_STATE_HOME/terpusat/<government code>``), ``terpusat_fingerprint_key``
    and ``terpusat_evidence_key`` (both from the vault, optional), ``terpusat_ticket``, ``terpusat_government``.
    """

    def __init__(self, templar: Any, variables: Mapping[str, Any], extra: Iterable[str | None] = ()) -> None:
        """``extra`` are secrets that stand in no variable, such as a password typed at the command line."""
        self._templar = templar
        self._variables = variables
        self._extra = [value for value in extra if value]
        government = self._variable("terpusat_government") or {}
        self.government = str(government.get("code") or "")
        self.time_zone: str | None = government.get("iana_time_zone")
        self.folder = EvidenceFolder.of(self.government, self._variable("terpusat_evidence_folder"))

    @cached_property
    def key(self) -> bytes:
        """The government's key for fingerprints. Raises `RefusedError` when there is none and none can be made."""
        given = self._variable("terpusat_fingerprint_key")
        try:
            return fingerprint_key(self.folder.fingerprint_key, None if given is None else str(given))
        except EvidenceError as error:
            raise RefusedError(str(error)) from error

    @property
    def hide(self) -> Fingerprints:
        """Makes fingerprints that compare from run to run. Raises `RefusedError`."""
        return Fingerprints(self.key)

    @cached_property
    def known_secrets(self) -> frozenset[str]:
        """Values of this host's variables that are secret by name or came from the vault."""
        found = set(self._extra)
        for name, value in self._variables.items():
            if name in OTHERS or not (is_secret_name(name) or _holds_secret(value)):
                continue
            try:
                resolved = self._templar.template(value)
            except AnsibleError:
                continue  # undefined or undecryptable: whoever needs it says so
            found |= secrets_in({name: resolved}) | set(_from_vault(resolved))
        return frozenset(found)

    @property
    def net(self) -> Net:
        """Looks for the known secrets in what is shown or kept. Raises `RefusedError`."""
        return Net(self.known_secrets, self.hide)

    @property
    def backup(self) -> Backup:
        """The government's repository of configurations."""
        return Backup(self.folder.backup)

    @property
    def ticket(self) -> str:
        """``terpusat_ticket``, or an empty text."""
        return str(self._variable("terpusat_ticket") or "")

    @property
    def _seal(self) -> bytes | None:
        seal = self._variable("terpusat_evidence_key")
        return str(seal).encode() if seal else None

    def measurements(self, folder: Path) -> MeasurementLedger:
        """The ledger of acceptance tests in the government's own ``folder``."""
        return MeasurementLedger(folder, self.government, self._seal)

    def recorder(
        self, device: str, platform: str, ticket: str | None = None, action: str = "device_config"
    ) -> Recorder:
        """The journal of one transaction; ``ticket`` defaults to ``terpusat_ticket``. Raises `RefusedError`."""
        return Recorder(
            self.folder.root,
            self.government,
            device,
            platform,
            ticket or self._variable("terpusat_ticket"),
            whoami(),
            self.key,
            known_secrets=self.known_secrets,
            seal_key=self._seal,
            time_zone=self.time_zone,
            action=action,
        )

    def keep(self, device: str, files: Mapping[str, str], ticket: str | None = None) -> str:
        """Keep a device's whole configuration, secrets masked; return its commit. Raises EvidenceError."""
        reference = ticket or self._variable("terpusat_ticket")
        zone = ZoneInfo(self.time_zone) if self.time_zone else None
        trailers = {"Ticket": reference, "Run": RUN_ID, "Ledger": Ledger(self.folder.ledger, self.government).head()}
        lines = [f"{name}: {value}" for name, value in trailers.items() if value]
        message = f"{device}: cadangan" + (f" [{reference}]" if reference else "") + "\n\n" + "\n".join(lines) + "\n"
        when = datetime.now(zone).astimezone(zone)
        return self.backup.keep(device, files, author=whoami(), message=message, when=when).commit

    def _variable(self, name: str) -> Any:
        return self._templar.template(self._variables[name]) if name in self._variables else None


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(is_secret_name(str(key)) or _holds_secret(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return any(map(_holds_secret, value))
    return isinstance(value, EncryptedString) or VaultHelper.get_ciphertext(value, with_tags=False) is not None


def _from_vault(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for entry in value:
            yield from _from_vault(entry)
    elif VaultHelper.get_ciphertext(value, with_tags=False) is not None:
        yield str(value)
