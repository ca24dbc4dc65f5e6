# SPDX-License-Identifier: GPL-3.0-or-later
"""The register a lab is built from."""

from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import Register, load, render
from labkit.errors import LabError


def read(folder: Path) -> Register:
    """The register in ``folder``.

    :raises LabError: it has errors; the message lists all of them.
    """
    result = load(folder)
    if result.register is None:
        raise LabError(f"Register lab belum benar; perbaiki dulu yang ini:\n\n{render(result.errors)}")
    return result.register
