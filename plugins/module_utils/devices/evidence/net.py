# SPDX-License-Identifier: GPL-3.0-or-later
"""The last net: secrets that this run knows are looked for in everything that evidence would keep.

Platforms mask secrets by their place in a configuration. This net knows the values instead: what a platform overlooked,
such as a password in a description or in an error message, is still replaced.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from ..secrecy import Fingerprints

#: shorter values are words by chance; nobody can look for them
_SHORTEST = 4
#: below it only a whole word counts, or "cisco" as a factory password would blot out every model name
_ANYWHERE = 8
_FINGERPRINT = r"<rahasia [0-9a-f]{8}>"
_NAMES = re.compile(
    r"^vault_|passw(or)?d|passphrase|secret|token|psk|community|pre_?shared|credential|private_?key|api_?key|auth_?key",
    re.I,
)
#: names of such variables whose value is a path, a switch or a public thing
_NOT_SECRET = re.compile(r"(_file|_path|_method|_prompt|_flags|_expire|_hash_algorithm|_length)$", re.I)
_WORDS = frozenset({"true", "false", "none", "null", "omit"})
#: Ansible's variables that hold those of every other host, or only names
OTHERS = frozenset({"hostvars", "vars", "groups", "group_names", "environment", "ansible_facts"})


class Net:
    """Known secrets of one run."""

    def __init__(self, values: Iterable[str], hide: Fingerprints) -> None:
        """``hide`` makes the fingerprints that take their place."""
        self._hide = hide
        self._plain: dict[str, str] = {}
        for value in values:
            # A private key or certificate is told line by line in a configuration.
            for part in (value, *(line.strip() for line in value.splitlines() if len(line.strip()) >= _ANYWHERE * 2)):
                if len(part.strip()) >= _SHORTEST:
                    for form in _forms(part.strip()):
                        self._plain.setdefault(form, part.strip())
        longest_first = sorted(self._plain, key=len, reverse=True)
        # A fingerprint is left alone, also when somebody's password is the word in it.
        expressions = [_FINGERPRINT, *map(_expression, longest_first)]
        self._pattern = re.compile("|".join(expressions)) if longest_first else None

    def mask(self, text: str) -> str:
        """The text with fingerprints in the place of known secrets."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        secret = self._plain.get(match[0])
        return match[0] if secret is None else self._hide.of(secret)

    def mask_all(self, value: Any) -> Any:
        """The same for every text inside lists and mappings."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, Mapping):
            return {key: self.mask_all(entry) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return [self.mask_all(entry) for entry in value]
        return value


def is_secret_name(name: str) -> bool:
    """Whether a variable of that name holds a secret."""
    return bool(_NAMES.search(name)) and not _NOT_SECRET.search(name)


def secrets_in(variables: Mapping[str, Any]) -> set[str]:
    """Values of variables whose name says that they are secret, at any depth; ``ansible_password`` among them."""
    found: set[str] = set()
    _collect({name: value for name, value in variables.items() if name not in OTHERS}, False, found)
    return found


def _collect(value: Any, secret: bool, found: set[str]) -> None:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            # What stands under a secret name is secret as a whole: too much is harmless here, too little is not.
            _collect(entry, secret or is_secret_name(str(key)), found)
    elif isinstance(value, list | tuple):
        for entry in value:
            _collect(entry, secret, found)
    elif secret and isinstance(value, str) and "{{" not in value and value.lower() not in _WORDS:
        found.add(str(value))


def _forms(value: str) -> set[str]:
    """The value as it stands in JSON, in RouterOS quotes, in a shell, in a URL, in base64."""
    routeros = re.sub(r'(["\\$?])', r"\\\1", value)
    forms = {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], routeros}
    forms |= {value.replace("'", "'\"'\"'"), quote(value, safe=""), value.replace("'", "''")}
    if len(value) >= _ANYWHERE:
        forms.add(base64.b64encode(value.encode()).decode())
    return forms


def _expression(form: str) -> str:
    if len(form) >= _ANYWHERE:
        return re.escape(form)
    return rf"(?<![\w-]){re.escape(form)}(?![\w-])"
