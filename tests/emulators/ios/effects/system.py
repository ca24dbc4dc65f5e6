# SPDX-License-Identifier: GPL-3.0-or-later
"""The box itself: names, accounts, banners, lines."""

import base64
import binascii
import hashlib
import re

from ..act import Act, Answer, Collector, Confirm, Refused, effect
from ..grammar import BadLine
from ..tree import Entry, Section


@effect
def nothing(act: Act) -> Answer:  # noqa: ARG001
    return None


@effect
def timezone(act: Act) -> Answer:
    """IOS always shows the minutes."""
    if act.no:
        act.remove()
        return None
    words = act.words if len(act.words) == 5 else (*act.words, "0")
    act.config.store(act.section, act.replaced(*words, key=2))
    return None


@effect
def username(act: Act) -> Answer:
    """The privilege of the factory, 1, is not shown; a line without one keeps what the user has."""
    name = act.words[1]
    if not act.no:
        if act.words[2:4] == ("privilege", "1") and len(act.words) > 4:
            act.config.store(act.section, act.replaced(*act.words[:2], *act.words[4:], key=2))
            return None
        old = act.section.get(f"username {name}")
        if old is not None and not {"secret", "password", "nopassword"} & set(act.words):
            # Only the privilege was given: the password stays.
            rest = old.words[
                next((i for i, w in enumerate(old.words) if w in ("secret", "password")), len(old.words)) :
            ]
            act.config.store(act.section, act.replaced(*act.words, *rest, key=2))
            return None
        if old is not None and "privilege" not in act.words and "privilege" in old.words:
            words = (*act.words[:2], *old.words[2:4], *act.words[2:])
            act.config.store(act.section, act.replaced(*words, key=2))
            return None
        act.store()
        return None
    if act.section.get(f"username {name}") is None:
        return None
    question = (
        "This operation will remove all username related configurations with same name."
        "Do you want to continue? [confirm]"
    )
    return Confirm(question, lambda: act.section.clear(f"username {name}"))


@effect
def banner(act: Act) -> Answer:
    """The first character delimits; the text may go on over lines."""
    kind = act.words[1]
    if act.no:
        act.section.clear(f"banner {kind}")
        return None
    typed = act.words[2]
    mark, rest = typed[0], typed[1:]

    def keep(text: str) -> None:
        rows = f"banner {kind} \x03{text}\x03".split("\n")
        words = tuple(rows[0].split(" ", 2))
        act.section.add(Entry(act.match.rule, words, 2, raw=tuple(rows[1:])))

    if mark in rest:
        keep(rest.split(mark, 1)[0])
        return None
    rows = [rest]

    def take(line: str) -> bool:
        if mark in line:
            rows.append(line.split(mark, 1)[0])
            keep("\n".join(rows))
            return True
        rows.append(line)
        return False

    if act.who.interactive:
        act.who.say(f"Enter TEXT message.  End with the character '{mark}'.")
    return Collector(take)


@effect
def certificate(act: Act) -> Answer:
    if act.no:
        act.remove()
        return None
    digits: list[str] = []

    def take(line: str) -> bool:
        if line.strip() != "quit":
            digits.append(re.sub(r"\s+", "", line).upper())
            return False
        text = "".join(digits)
        if not text or len(text) % 2 or not re.fullmatch(r"[0-9A-F]+", text):
            act.who.say("% Error in saving certificate: status = FAIL")
            return True
        words = [text[i : i + 8] for i in range(0, len(text), 8)]
        rows = ["  " + " ".join(words[i : i + 8]) + " " for i in range(0, len(words), 8)]
        act.config.store(act.section, act.match, raw=(*rows[:-1], rows[-1].rstrip(), "  \tquit"))
        return True

    if act.who.interactive:
        act.who.say("Enter the certificate in hexidecimal representation....")
    return Collector(take, prompt=f"{act.config.hostname}(config-pubkey)#")


@effect
def pubkey_string(act: Act) -> Answer:
    rows: list[str] = []

    def take(line: str) -> bool:
        if line.strip() != "exit":
            rows.append(line.strip())
            return False
        blob, comment = _key_blob(" ".join(rows))
        if blob is None:
            act.who.say("%SSH: Failed to decode the Key Value")
            return True
        length = int.from_bytes(blob[:4], "big")
        kind = blob[4 : 4 + length].decode()
        digest = hashlib.md5(blob, usedforsecurity=False).hexdigest().upper()
        act.section.clear("key-hash")
        act.config.line(act.section, f"key-hash {kind} {digest} {comment}".rstrip())
        return True

    if act.no:
        act.section.clear("key-hash")
        return None
    return Collector(take, prompt=f"{act.config.hostname}(conf-ssh-pubkey-data)#")


def _key_blob(text: str) -> tuple[bytes | None, str]:
    words = text.split()
    comment = ""
    if words and words[0].startswith(("ssh-", "ecdsa-")):
        comment = words[2] if len(words) > 2 else ""
        words = words[1:2]
    try:
        blob = base64.b64decode("".join(words), validate=True)
    except (binascii.Error, ValueError):
        return None, ""
    return (blob if len(blob) > 8 else None), comment


@effect
def pubkey_hash(act: Act) -> Answer:
    if not act.no:
        act.section.clear("key-hash")
    act.usual()
    return None


@effect
def exec_timeout(act: Act) -> Answer:
    words = act.words if len(act.words) == 3 else (*act.words, "0")
    if act.no or words[1:] == ("10", "0"):
        act.section.clear("exec-timeout")
        return None
    act.config.store(act.section, act.replaced(*words, key=1))
    return None


@effect
def access_class(act: Act) -> Answer:
    """One list in each direction: `show line` has one column for each (AccO, AccI)."""
    if not act.no:
        for entry in act.section.find("access-class"):
            if entry.words[2] == act.words[2]:
                act.section.discard(entry)
    act.usual()
    return None


@effect
def line_vty(act: Act) -> Answer:
    """`line vty 0 15` works on all ranges within; a range that cuts another splits it."""
    first = int(act.words[2])
    last = int(act.words[3]) if len(act.words) > 3 else first
    if last < first:
        raise BadLine("invalid", len(act.who.line) - 1)
    root = act.config.root
    if act.no:
        if first < 5:
            raise Refused(f"% Can't delete last {max(5, first)} VTY lines")
        for entry in root.find("line vty"):
            if int(entry.words[2]) >= first:
                root.discard(entry)
        return None
    _split_at(act, first)
    _split_at(act, last + 1)
    taken: list[Section] = []
    position = first
    for entry in sorted(root.find("line vty"), key=lambda found: int(found.words[2])):
        low, high = int(entry.words[2]), int(entry.words[-1])
        if first <= low and high <= last and entry.section is not None:
            if position < low:
                taken.append(_vty(act, position, low - 1))
            taken.append(entry.section)
            position = high + 1
    if position <= last:
        taken.append(_vty(act, position, last))
    act.who.enter(taken)
    return None


def _vty(act: Act, first: int, last: int) -> Section:
    words = ("line", "vty", str(first)) if first == last else ("line", "vty", str(first), str(last))
    entry = act.config.store(act.config.root, act.replaced(*words))
    assert entry is not None
    assert entry.section is not None
    return entry.section


def _split_at(act: Act, border: int) -> None:
    """Makes a range end before `border` and another begin there."""
    for entry in act.config.root.find("line vty"):
        low, high = int(entry.words[2]), int(entry.words[-1])
        if low < border <= high and entry.section is not None:
            lower, upper = _vty_words(low, border - 1), _vty_words(border, high)
            act.config.root.discard(entry)
            for words in (lower, upper):
                twin = entry.copy(act.config.root)
                assert twin.section is not None
                twin.words = twin.section.words = words
                twin.key = len(words)
                act.config.root.add(twin)


def _vty_words(first: int, last: int) -> tuple[str, ...]:
    return ("line", "vty", str(first)) if first == last else ("line", "vty", str(first), str(last))


@effect
def generate_key(act: Act) -> Answer:
    size = act.words[act.words.index("modulus") + 1] if "modulus" in act.words else "1024"
    domain = act.config.root.get("ip domain-name") or act.config.root.get("ip domain name")
    if domain is None and "label" not in act.words:
        raise Refused("% Please define a domain-name first.")
    label = act.words[act.words.index("label") + 1] if "label" in act.words else ""
    name = label or f"{act.config.hostname}.{domain.words[-1] if domain else ''}"
    return (
        f"The name for the keys will be: {name}\n\n% The key modulus size is {size} bits\n"
        f"% Generating {size} bit RSA keys, keys will be non-exportable...\n[OK] (elapsed time was 1 seconds)\n"
    )
