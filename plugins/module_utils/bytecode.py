# SPDX-License-Identifier: GPL-3.0-or-later
"""Our modules through Python's own loader, which keeps their bytecode.

ansible-core's loader for collections compiles every module anew in every run (2.21, `_AnsibleCollectionLoaderBase.
get_code`): 190 ms of CPU for a drift check of IOS devices, whatever their number. Only where that loader is at work is
there something to do: not on a managed host, where a module's archive is imported, nor under pytest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType


class Finder:
    """Finds modules below one package as Python would; what it does not find is left to the finders after it."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._below = f"{package}."
        # Not `PathFinder`: Ansible has put its own loader behind the paths of collections as well.
        self._folders: dict[str, FileFinder] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The contract of `importlib.abc.MetaPathFinder`."""
        if not name.startswith(self._below):
            return None
        for folder in path or ():
            if folder not in self._folders:
                self._folders[folder] = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES))
            found = self._folders[folder].find_spec(name, target)
            # A folder without __init__.py has no loader; Ansible makes such packages in its own way.
            if found is not None and found.loader is not None:
                return found
        return None


def install(package: str) -> None:
    """Have modules below ``package`` found by Python first, where Ansible would find them; once."""
    if any(isinstance(finder, Finder) and finder.package == package for finder in sys.meta_path):
        return
    finders = [type(finder).__module__ for finder in sys.meta_path]
    places = [place for place, module in enumerate(finders) if module.startswith("ansible.utils.collection_loader")]
    if places:
        sys.meta_path.insert(places[0], Finder(package))
