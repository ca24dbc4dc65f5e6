# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values of a task's variables count as secret: by name, behind templates, from the vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import EncryptedString, VaultLib, VaultSecret, VaultSecretsContext
from ansible.template import Templar, trust_as_template

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence


def evidence(variables: dict[str, Any], folder: Path) -> RunEvidence:
    everything = {"terpusat_evidence_folder": str(folder), "inventory_hostname": "rt-a", **variables}
    templar = Templar(loader=DataLoader(), variables=everything)
    return RunEvidence(templar, everything)


def test_names_templates_and_vault(tmp_path: Path) -> None:
    secrets = [("default", VaultSecret(b"sandi-vault"))]
    if VaultSecretsContext.current(optional=True) is None:
        VaultSecretsContext.initialize(VaultSecretsContext(secrets))
    inline = EncryptedString(ciphertext=VaultLib(secrets).encrypt("dari-vault-inline").decode())
    found = evidence(
        {
            "kunci_ppp": inline,  # nothing in its name says so
            "ansible_password": trust_as_template("{{ vault_login }}"),
            "vault_login": "sandi-login-1",
            "snmp_community": trust_as_template("{{ tidak_ada }}"),
            "hostname": "rt-a",
            "groups": {"password": ["bukan"]},
        },
        tmp_path,
    ).known_secrets
    assert found == {"dari-vault-inline", "sandi-login-1"}


def test_the_net_hides_them_in_a_result(tmp_path: Path) -> None:
    task = evidence({"ppp_password": "sandi-ppp-9"}, tmp_path)
    shown = task.net.mask_all({"msg": "gagal: sandi-ppp-9", "diff": [{"before": "x sandi-ppp-9"}]})
    assert "sandi-ppp-9" not in str(shown)
    assert task.hide.of("sandi-ppp-9") in shown["msg"]
    assert (tmp_path / "fingerprint.key").exists()
