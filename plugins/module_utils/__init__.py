# SPDX-License-Identifier: GPL-3.0-or-later
"""All logic, for plugins to import. Below here modules keep their bytecode (`bytecode`)."""

from . import bytecode

bytecode.install(__name__.rpartition(".")[0])
