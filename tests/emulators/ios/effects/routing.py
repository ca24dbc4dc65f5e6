# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes and routing protocols."""

import ipaddress

from ..act import Act, Answer, Refused, effect
from ..tree import Entry


@effect
def route(act: Act) -> Answer:
    start = 4 if act.words[2] == "vrf" else 2
    if act.no:
        if not act.remove():
            raise Refused("%No matching route to delete")
        return None
    address, mask = act.words[start : start + 2]
    try:
        ipaddress.IPv4Network(f"{address}/{mask}")
    except ValueError:
        raise Refused("%Inconsistent address and mask") from None
    ours = {e.words[2] for s in act.config.interfaces() for e in s.find("ip address") if len(e.words) > 3}
    if act.words[start + 2] in ours:
        raise Refused("%Invalid next hop address (it's this router)")
    # The same way there with another distance or name replaces the former.
    hops = 4 if len(act.words) > start + 3 and act.words[start + 3].count(".") == 3 else 3
    act.config.store(act.section, act.replaced(*act.words, key=start + hops))
    return None


@effect
def one_bgp(act: Act) -> Answer:
    for section in act.config.root.sections("router bgp"):
        if section.name != act.words[2]:
            raise Refused(f"BGP is already running; AS is {section.name}")
    act.usual()
    return None


@effect
def bgp_neighbor(act: Act) -> Answer:
    known = act.section.find(f"neighbor {act.words[1]} remote-as")
    if act.no:
        if len(act.words) == 2 or act.words[2] == "remote-as":
            act.section.clear(f"neighbor {act.words[1]}")
        else:
            act.remove()
        return None
    if act.words[2] != "remote-as" and not known:
        raise Refused("% Specify remote-as or peer-group commands first")
    act.store()
    return None


@effect
def bgp_network(act: Act) -> Answer:
    """A mask that follows from the class of the network (RFC 791) is not shown."""
    words = act.words
    if words[2:3] == ("mask",) and words[3] == _mask_of_class(words[1]):
        words = (*words[:2], *words[4:])
    act.section.clear(f"network {words[1]}")
    if not act.no:
        act.section.add(Entry(act.match.rule, words, len(words)))
    return None


def _mask_of_class(address: str) -> str:
    first = int(address.split(".")[0])
    return "255.0.0.0" if first < 128 else "255.255.0.0" if first < 192 else "255.255.255.0"


@effect
def bgp_distance(act: Act) -> Answer:
    """One distance for each source of routes."""
    for entry in act.section.find("distance"):
        if entry.words[2:] == act.words[2:]:
            act.section.clear(" ".join(entry.words))
    if not act.no:
        act.store()
    return None


@effect
def passive_default(act: Act) -> Answer:
    act.section.clear("passive-interface")
    act.usual()
    return None


@effect
def passive(act: Act) -> Answer:
    """Under `passive-interface default` the exceptions are shown, `no passive-interface X`."""
    default = act.section.get("passive-interface default")
    act.section.clear(f"passive-interface {act.words[1]}")
    if act.no and default:
        act.section.add(Entry(act.match.rule, act.words, len(act.words), negated=True))
    elif not act.no and not default:
        act.store()
    return None


@effect
def prefix_list(act: Act) -> Answer:
    name = act.words[2]
    lists = act.section.find(f"ip prefix-list {name} seq")
    if act.no:
        words = act.words
        if words[3:4] == ("seq",) or len(words) == 3:
            gone = [entry for entry in lists if entry.words[: len(words)] == words]
        else:
            gone = [entry for entry in lists if entry.words[5:] == words[3:]]
        if not gone:
            raise Refused(f"% Can't find {'prefix-list ' + name if not lists else 'the entry'}")
        for entry in gone:
            act.section.discard(entry)
        return None
    words = act.words
    if words[3] != "seq":
        if any(entry.words[5:] == words[3:] for entry in lists):
            return None
        last = max((int(entry.words[4]) for entry in lists), default=0)
        words = (*words[:3], "seq", str(last // 5 * 5 + 5), *words[3:])
    act.section.add(Entry(act.match.rule, words, 5))
    return None


@effect
def leave(act: Act) -> Answer:
    """`exit-address-family`."""
    act.who.leave()
    return None
