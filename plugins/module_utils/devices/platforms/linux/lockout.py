# SPDX-License-Identifier: GPL-3.0-or-later
"""Would this bundle lock us out? Judged from its text alone, before any login.

Only what is certain is refused: an input chain that drops by default and from which no rule that could accept our SSH
port can be reached. Whether such a rule really lets us in is for the fresh login after the change to prove, with the
guard behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...target import Target
from .bundle import File
from .components import accounts, accounts_file
from .components.nftables import PATH

_COMMENT = re.compile(r"(?m)#.*$")
_CHAIN = re.compile(r"\bchain\s+(?P<name>[\w-]+)\s*\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}")
_INPUT_DROP = re.compile(r"\bhook\s+input\b[^;\n]*;\s*policy\s+drop\b")
_JUMP = re.compile(r"\b(?:jump|goto)\s+([\w-]+)")
_DPORT = re.compile(r"\bdport\s+(?:!=\s*)?(\{[^}]*\}|\S+)")
#: what makes a rule say nothing about a new TCP connection from elsewhere
_OTHER_TRAFFIC = re.compile(
    r"\b(?:icmp|icmpv6|udp|igmp|ospf|sctp)\b|\bl4proto\s+(?!\{|tcp)|\bip protocol\s+(?!tcp)|\biif(?:name)?\s+\"?lo\b"
)
_STATES = re.compile(r"\bct state\s+(\{[^}]*\}|\S+)(?!\s*vmap)")


def problems(files: Sequence[File], target: Target) -> list[str]:
    """Return what would keep our own login out, one sentence each; empty when nothing certainly does."""
    text = next((_COMMENT.sub("", file.text) for file in files if file.path == PATH), "")
    chains = {match["name"]: match for match in _CHAIN.finditer(text)}
    bodies = {name: match["body"] for name, match in chains.items()}
    return _accounts(files, target) + [
        f"{PATH} baris {text[: match.start()].count(chr(10)) + 1}: rantai {name} menolak semuanya dan tidak ada aturan "
        f"yang menerima SSH (tcp port {target.port}), sehingga akses manajemen terakhir hilang"
        for name, match in chains.items()
        if _INPUT_DROP.search(match["body"])
        and not any(_may_let_in(rule, target.port) for rule in _rules(name, bodies))
    ]


def _accounts(files: Sequence[File], target: Target) -> list[str]:
    """Our own account is nobody's, and is named wherever accounts can be closed."""
    text = next((file.text for file in files if file.path == accounts.PATH), "")
    wanted = accounts_file.parse(text)
    if not (wanted.people or wanted.departed or wanted.exclusive):
        return []
    if target.user and target.user in {*wanted.people, *wanted.departed}:
        return [
            f"{accounts.PATH}: {target.user} adalah akun yang kita pakai masuk, bukan milik seseorang; "
            "cabut dari terpusat_admins"
        ]
    if target.user != wanted.automation:
        return [
            f"{accounts.PATH}: akun yang kita pakai masuk ({target.user or 'tidak diketahui'}) tidak tertulis sebagai "
            "akun otomasi; isi ansible_user di group_vars"
        ]
    return []


def _rules(start: str, bodies: Mapping[str, str]) -> Iterator[str]:
    """The rules of a chain and of every chain that can be reached from it."""
    seen, waiting = {start}, [start]
    while waiting:
        body = bodies.get(waiting.pop(), "")
        yield from body.splitlines()
        further = set(_JUMP.findall(body)) - seen
        seen |= further
        waiting += further


def _may_let_in(rule: str, port: int) -> bool:
    if not re.search(r"\b(?:accept|vmap)\b", rule) or _OTHER_TRAFFIC.search(rule):
        return False
    states = _STATES.search(rule)
    if states and "vmap" not in rule and "new" not in states[1]:
        return False
    return all(_names(match[1], port) for match in _DPORT.finditer(rule))


def _names(ports: str, port: int) -> bool:
    """Whether a port expression may mean our port; what stands in a set or variable elsewhere may."""
    for word in re.findall(r"[\w@$.-]+", ports):
        low, dash, high = word.partition("-")
        if word in (str(port), "vmap") or word[0] in "@$" or (word == "ssh" and port == 22):
            return True
        if dash and low.isdigit() and high.isdigit() and int(low) <= port <= int(high):
            return True
    return False
