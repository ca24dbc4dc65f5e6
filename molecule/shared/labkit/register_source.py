# SPDX-License-Identifier: GPL-3.0-or-later
"""The register a lab is built from."""

from pathlib import Path

import yaml
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register


def load(folder: Path) -> Register:
    data = {}
    for file in sorted(folder.glob("*.yml")):
        data.update(yaml.safe_load(file.read_text()))
    return Register.model_validate(data)
