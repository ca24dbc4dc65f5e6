# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH keys of users before version 7.12, which has no ``add key=``: there a key is a file that is imported.

Such a version shows whose key it is in ``key-owner``, the comment within the key's file. So the file that is imported
ends in the comment that the item has on later versions, and says by it which key it is. Only RSA keys are read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .items import OWNER, Config, Entry
from .quote import quote
from .users import KEYS
from .version import Version

#: the first version that takes a key as a value
BY_VALUE = (7, 12)
#: stands in a line for the name of a file with this text
_CONTENT = re.compile("\x02(.*?)\x02")
_COMMENT = re.compile(rf"{OWNER}[!-~]+")


def by_file(path: str, version: Version) -> bool:
    """Whether an item of the menu has to be imported."""
    return path == KEYS and version < BY_VALUE


def importing(entry: Entry) -> str:
    """The line that imports a key; its file must lie on the device by then."""
    kind, blob = entry.values["key"].split()[:2]
    content = f"{kind} {blob} {entry.values['comment']}"
    return f"/user ssh-keys import public-key-file=\x02{content}\x02 user={quote(entry.values['user'])}"


def by_key_owner(lines: Sequence[str]) -> list[str]:
    """Lines that find keys by the comment of their files."""
    return [line.replace(" find comment~", " find key-owner~") for line in lines]


def contents(lines: Sequence[str]) -> list[str]:
    """The files that the lines need, without their line ends."""
    return list(dict.fromkeys(match[1] for line in lines for match in _CONTENT.finditer(line)))


def named(lines: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The lines with the names of the files, by content."""
    return tuple(_CONTENT.sub(lambda match: quote(names[match[1]]), line) for line in lines)


def shown(line: str) -> str:
    """A line as people read it."""
    return _CONTENT.sub(r'"<berkas: \1>"', line)


def problems(config: Config, version: Version | None) -> Iterator[str]:
    """What a version cannot be given of the intended keys."""
    if version is None or not by_file(KEYS, version):
        return
    for entry in config.of(KEYS):
        where = f"baris {entry.line}: {KEYS}"
        kind = entry.values.get("key", "").partition(" ")[0]
        if kind != "ssh-rsa":
            yield f"{where} RouterOS sebelum 7.12 hanya membaca kunci ssh-rsa, bukan {kind or 'tanpa kunci'}"
        if not _COMMENT.fullmatch(entry.values.get("comment", "")):
            yield f"{where} comment harus satu kata {OWNER}…, karena di sana ia menjadi key-owner"
