# SPDX-License-Identifier: GPL-3.0-or-later
"""A box that does what command lines say: menus of items, and as much of the script language as a patch uses.

Written on its own, from the manual's words and not from the driver, so that the two can disagree.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

VERBS = {"add", "set", "remove", "move", "find"}


class BoxError(Exception):
    """The box refuses a command."""


@dataclass
class Box:
    """``menus``: path (words joined by spaces) → items in order, each with its ``.id``."""

    menus: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    unique: dict[str, tuple[str, ...]] = field(default_factory=dict)
    count: int = 0

    def copy(self) -> Box:
        return copy.deepcopy(self)

    def run(self, line: str) -> None:
        """Run one line of a script."""
        self._script(line, {})

    def _script(self, text: str, names: dict[str, object]) -> object:
        result: object = None
        for command in _split(text, ";\n"):
            if command.strip():
                result = self._command(command.strip(), names)
        return result

    def _command(self, text: str, names: dict[str, object]) -> object:
        words = _words(text)
        head = words[0]
        if head == ":do":
            inner = dict(names)
            try:
                self._script(words[1][1:-1], inner)
            except BoxError:
                handler = next((word for word in words[2:] if word.startswith("on-error=")), None)
                if handler is None:
                    raise
            names.update({name: inner[name] for name in names})
            return None
        if head == ":if":
            body = next(word for word in words[2:] if word.startswith("do="))
            other = next((word for word in words[2:] if word.startswith("else=")), "else={}")
            chosen = body[3:] if self._condition(words[1], names) else other[5:]
            return self._script(chosen[1:-1], names)
        if head in (":local", ":set"):
            names[words[1]] = self._value(words[2], names)
            return None
        if head == ":len":
            return len(self._value(words[1], names))  # type: ignore[arg-type]
        if head == ":pick":
            found = self._value(words[1], names)
            assert isinstance(found, list)
            position = int(words[2])
            return [found[position]] if position < len(found) else []
        if head.startswith("/") or head in VERBS:
            return self._menu(words, names)
        raise BoxError(f"bad command name {head}")

    def _condition(self, text: str, names: dict[str, object]) -> bool:
        match = re.fullmatch(r"\((.*?)(=|>)(\d+)\)", text, re.S)
        assert match is not None, text
        left = self._value(match[1], names)
        assert isinstance(left, int), text
        return left == int(match[3]) if match[2] == "=" else left > int(match[3])

    def _value(self, text: str, names: dict[str, object]) -> object:
        if text.startswith("["):
            return self._command(text[1:-1].strip(), names)
        if text.startswith("$"):
            return names[text[1:]]
        return _unquote(text)

    def _menu(self, words: list[str], names: dict[str, object]) -> object:
        index = next(i for i, word in enumerate(words) if word in VERBS)
        path = " ".join(words[:index]).lstrip("/")
        verb, rest = words[index], words[index + 1 :]
        if path in self.settings:
            return self._set_values([self.settings[path]], rest)
        items = self.menus.setdefault(path, [])
        if verb == "find":
            return [item[".id"] for item in items if all(_matches(item, word) for word in rest if word not in _NOISE)]
        if verb == "add":
            return self._add(path, items, rest, names)
        if not rest:
            raise BoxError("expected item")
        chosen = self._chosen(items, rest[0], names)
        if verb == "set":
            trial = copy.deepcopy(chosen)
            self._set_values(trial, rest[1:])
            for item, after in zip(chosen, trial, strict=True):
                self._refuse_duplicate(path, [other for other in items if other is not item], after)
            self._set_values(chosen, rest[1:])
        elif verb == "remove":
            self.menus[path] = [item for item in items if item not in chosen]
        else:
            target = next((word[12:] for word in rest[1:] if word.startswith("destination=")), None)
            left = [item for item in items if item not in chosen]
            position = len(left)
            if target is not None:
                wanted = self._value(target, names)
                if not wanted:
                    raise BoxError("no such item")
                position = next((i for i, item in enumerate(left) if item[".id"] in wanted), -1)  # type: ignore[operator]
                if position < 0:
                    return None
            self.menus[path] = left[:position] + chosen + left[position:]
        return None

    def _add(self, path: str, items: list[dict[str, str]], rest: list[str], names: dict[str, object]) -> object:
        self.count += 1
        item = {".id": f"*{self.count:X}"}
        position = len(items)
        for word in rest:
            name, equals, value = word.partition("=")
            if name == "place-before":
                before = self._value(value, names)
                if not before:
                    raise BoxError("no such item")
                position = next(i for i, other in enumerate(items) if other[".id"] in before)  # type: ignore[operator]
            else:
                item[name] = _unquote(value) if equals else "yes"
        self._refuse_duplicate(path, items, item)
        items.insert(position, item)
        return item[".id"]

    def _refuse_duplicate(self, path: str, others: list[dict[str, str]], item: dict[str, str]) -> None:
        key = self.unique.get(path)
        if key and any(all(other.get(name) == item.get(name) for name in key) for other in others):
            raise BoxError("failure: already have such item")

    def _chosen(self, items: list[dict[str, str]], text: str, names: dict[str, object]) -> list[dict[str, str]]:
        if text[0] in "[$":
            ids = self._value(text, names)
            return [item for item in items if item[".id"] in ids]  # type: ignore[operator]
        found = [item for item in items if item.get("name") == _unquote(text)]
        if not found:
            raise BoxError("no such item")
        return found

    @staticmethod
    def _set_values(chosen: list[dict[str, str]], words: list[str]) -> None:
        for item in chosen:
            for word in words:
                name, equals, value = word.partition("=")
                if name.startswith("!"):
                    item.pop(name[1:], None)
                else:
                    item[name] = _unquote(value) if equals else "yes"

    def export(self, header: str = "# 2026-11-22 03:00:00 by RouterOS 7.16.2") -> str:
        """All items as an export of a device that hides nothing."""
        lines = [header]
        for path, values in self.settings.items():
            if values:
                lines.append(f"/{path} set {_assignments(values)}")
        for path, items in self.menus.items():
            for item in items:
                if "default-name" in item:
                    rest = {name: value for name, value in item.items() if name not in ("default-name", ".id")}
                    lines.append(f"/{path} set [ find default-name={item['default-name']} ] {_assignments(rest)}")
                else:
                    lines.append(f"/{path} add {_assignments({n: v for n, v in item.items() if n != '.id'})}")
        return "\n".join(lines) + "\n"


_NOISE = {"where", "&&", "!dynamic", "!default"}


def _assignments(values: dict[str, str]) -> str:
    return " ".join(f"{name}={_quote(value)}" for name, value in sorted(values.items()))


def _quote(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("$", "\\$"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def _unquote(text: str) -> str:
    if not text.startswith('"'):
        return text
    table = {"n": "\n", "r": "\r", "t": "\t", "_": " "}
    raw = re.sub(
        r"\\([0-9A-F]{2})|\\(.)",
        lambda m: chr(int(m[1], 16)) if m[1] else table.get(m[2], m[2]),
        text[1:-1],
        flags=re.S,
    )
    return raw.encode("latin-1").decode() if all(ord(c) < 256 for c in raw) else raw


def _matches(item: dict[str, str], word: str) -> bool:
    if word.startswith("!("):
        return not _matches(item, word[2:-1])
    match = re.match(r"([\w.-]+)(~|=)(.*)", word, re.S)
    assert match is not None, word
    value = _unquote(match[3])
    if match[2] == "=":
        return item.get(match[1], "") == value
    return re.search(value, item.get(match[1], "")) is not None


def _split(text: str, at: str) -> list[str]:
    """Split where no quote or bracket is open."""
    parts, depth, quoted, start, i = [], 0, False, 0, 0
    while i < len(text):
        character = text[i]
        if quoted:
            if character == "\\":
                i += 1
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{(":
            depth += 1
        elif character in "]})":
            depth -= 1
        elif depth == 0 and character in at:
            parts.append(text[start:i])
            start = i + 1
        i += 1
    return [*parts, text[start:]]


def _words(text: str) -> list[str]:
    return [word for word in _split(text, " \t") if word]
