# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that need more than a line: archive, SNMP, name servers, classes, servers of AAA."""

from ..act import Act, Answer, Refused, effect
from ..tree import Entry


@effect
def archive_needs_path(act: Act) -> Answer:
    path = act.section.get("path")
    if (
        not act.no
        and path is not None
        and path.words[1].startswith(("tftp:", "ftp:", "scp:", "http:", "https:", "rcp:"))
    ):
        raise Refused("Cannot set maximum when backing up to network path")
    act.usual()
    return None


@effect
def name_servers(act: Act) -> Answer:
    """One line for each server on IOS 15, all in one line on IOS XE."""
    servers = list(act.words[2:])
    present = [word for entry in act.section.find("ip name-server") for word in entry.words[2:]]
    wanted = (
        [word for word in present if word not in servers]
        if act.no
        else present + [w for w in servers if w not in present]
    )
    if not act.no and len(wanted) > 6:
        raise Refused("% Name-server table is full; not added")
    act.section.clear("ip name-server")
    rows = [wanted] if "xe" in act.config.box and wanted else [[word] for word in wanted]
    for row in rows:
        act.section.add(Entry(act.match.rule, ("ip", "name-server", *row), 2 + len(row)))
    return None


@effect
def class_map(act: Act) -> Answer:
    name = act.words[-1]
    others = [entry for entry in act.section.find("class-map") if entry.words[2] == name]
    if act.no:
        for entry in others:
            act.section.discard(entry)
        return None
    if others and others[0].words[1] != act.words[1]:
        if others[0].section is not None and others[0].section.entries:
            raise Refused("% class-map type mismatch: the class-map exists with another match criterion")
        act.section.discard(others[0])
    act.store()
    return None


@effect
def snmp_community(act: Act) -> Answer:
    """Read-only unless said otherwise."""
    if act.no:
        act.remove()
        return None
    words = list(act.words)
    if not {"RO", "RW"} & set(words):
        place = 5 if len(words) > 4 and words[3] == "view" else 3
        words.insert(place, "RO")
    act.config.store(act.section, act.replaced(*words, key=3))
    return None


@effect
def isakmp_key(act: Act) -> Answer:
    """One key for each peer; the peer identifies the line."""
    peer = act.words[4:]
    for entry in act.section.find("crypto isakmp key"):
        if entry.words[4:] == peer:
            act.section.discard(entry)
    if not act.no:
        words = tuple(act.config.finished(word) for word in act.words)
        act.section.add(Entry(act.match.rule, words, len(words)))
    return None


@effect
def radius_address(act: Act) -> Answer:
    """IOS shows both ports once an address is set."""
    if act.no:
        act.section.clear("address ipv4")
        return None
    words = list(act.words[:3])
    for name, default in (("auth-port", "1645"), ("acct-port", "1646")):
        words += [name, act.words[act.words.index(name) + 1] if name in act.words else default]
    act.section.clear("address ipv4")
    act.config.store(act.section, act.replaced(*words, key=2))
    return None


@effect
def snmp_user(act: Act) -> Answer:
    """In no configuration (SNMP command reference): kept beside it, so that a rollback does not know of it."""
    name, group = act.words[2:4]
    users = act.config.snmp_users
    if act.no:
        users.pop(name, None)
        return None
    words = act.words[5:]
    auth = words[1] if words[:1] == ("auth",) else ""
    priv = words[words.index("priv") + 1 :] if "priv" in words else ()
    users[name] = {
        "group": group,
        "auth": auth.upper() or "None",
        "auth_password": words[2] if auth else "",
        "priv": "".join(priv[:-1]).upper() or "None",
        "priv_password": priv[-1] if priv else "",
    }
    if act.who.interactive:
        act.who.say("Configuring snmpv3 USM user, persisting snmpEngineBoots. Please Wait...")
    return None
