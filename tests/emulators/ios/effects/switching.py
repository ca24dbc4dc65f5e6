# SPDX-License-Identifier: GPL-3.0-or-later
"""VLANs and switch ports."""

from ..act import Act, Answer, Refused, effect
from ..config import MODES
from ..tree import Entry
from ..words import join_vlans, split_vlans

_RESERVED = range(1002, 1006)


@effect
def vlan(act: Act) -> Answer:
    numbers = sorted(split_vlans(act.words[1]))
    if act.no:
        for number in numbers:
            if number == 1:
                raise Refused("%Default VLAN 1 may not be deleted.")
            if number in _RESERVED:
                raise Refused(f"%Default VLAN {number} may not be deleted.")
            for entry in act.config.root.find(f"vlan {number}"):
                act.config.root.discard(entry)
        return None
    if any(number in _RESERVED for number in numbers):
        raise Refused("Command rejected: Bad VLAN list - reserved VLANs 1002-1005.")
    act.who.enter([_made(act, number) for number in numbers])
    return None


def _made(act: Act, number: int):  # type: ignore[no-untyped-def]
    entry = act.config.store(act.config.root, act.replaced("vlan", str(number)))
    assert entry is not None
    return entry.section


@effect
def vlan_name(act: Act) -> Answer:
    if act.no:
        act.section.clear("name")
        return None
    for other in act.config.root.sections("vlan"):
        if other is not act.section and other.get(f"name {act.words[1]}"):
            raise Refused(
                f"%VLAN #{int(act.section.name):>04} and #{int(other.name):>04} have an identical name: {act.words[1]}"
            )
    act.store()
    return None


@effect
def vtp_mode(act: Act) -> Answer:
    new = "server" if act.no else act.words[-1]
    old = act.config.root.get("vtp mode")
    current = old.words[-1] if old else "server"
    act.usual()
    if new == current:
        return f"Device mode already VTP {new.title()} for VLANS."
    return f"Setting device to VTP {new.title()} mode for VLANS."


@effect
def access_vlan(act: Act) -> Answer:
    act.usual()
    number = act.words[-1]
    if act.no or number == "1" or act.config.root.find(f"vlan {number}"):
        return None
    rule = next(rule for rule in MODES["config"].rules if rule.effect == "vlan")
    entry = act.config.root.add(Entry(rule, ("vlan", number), 2))
    entry.section = type(act.section)(MODES["vlan"], entry.words, act.config.root)
    return f"% Access VLAN does not exist. Creating vlan {number}"


@effect
def allowed_vlans(act: Act) -> Answer:
    if act.no:
        act.remove()
        return None
    old = act.section.get("switchport trunk allowed vlan")
    text = old.words[-1] if old else "all"
    everything = set(range(1, 4095))
    current = everything if text == "all" else set() if text == "none" else split_vlans(text)
    what, wanted = act.words[4], act.words[-1]
    if what in ("add", "remove", "except"):
        numbers = split_vlans(wanted)
        result = {"add": current | numbers, "remove": current - numbers, "except": everything - numbers}[what]
    else:
        result = everything if what == "all" else set() if what == "none" else split_vlans(what)
    act.section.clear("switchport trunk allowed vlan")
    if result != everything:
        shown = join_vlans(result) or "none"
        act.config.store(act.section, act.replaced(*act.words[:4], shown, key=4))
    return None


@effect
def switchport(act: Act) -> Answer:
    """`no switchport` makes a routed port; what stood for the other kind is forgotten."""
    act.usual()
    traits = act.config.traits(act.section)
    for entry in list(act.section.entries.values()):
        if not entry.rule.applies(traits):
            act.section.discard(entry)
    return None


@effect
def portfast(act: Act) -> Answer:
    act.usual()
    if act.no or "disable" in act.words:
        return None
    return (
        "%Warning: portfast should only be enabled on ports connected to a single\n"
        " host. Connecting hubs, concentrators, switches, bridges, etc... to this\n"
        " interface  when portfast is enabled, can cause temporary bridging loops.\n"
        " Use with CAUTION\n\n"
        f"%Portfast has been configured on {act.section.name} but will only\n"
        " have effect when the interface is in a non-trunking mode."
    )
