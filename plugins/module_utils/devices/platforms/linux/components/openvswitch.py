# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch: bridges, VLAN tags of the ports, and internal ports as the switch's own VLAN interfaces.

The switch keeps its configuration in its database; our file only says what must be in it, and is what the next run
knows our bridges by. A bridge that the file names is ours with all its ports. Links are brought up by networkd
(a .network file for each port), since the switch does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit
from ..shell import quote
from .base import Component, Parts, View
from .bridge import Bridge, bundle_state, parse_file, parse_ovsdb, silent_cables, transaction

_VSCTL = "ovs-vsctl --timeout=20"
PATH = "/etc/terpusat/openvswitch.conf"
LIST = (
    "ovs-vsctl --timeout=3 --format=json "
    "-- --columns=name,ports,datapath_type,external_ids,rstp_enable,other_config list Bridge "
    "-- --columns=_uuid,name,tag,trunks,interfaces,lacp,bond_mode,other_config list Port "
    "-- --columns=_uuid,name,type,link_state,lacp_current list Interface"
)


class OpenVSwitch(Component):
    """One atomic ``ovs-vsctl`` transaction for any change, so that traffic on unchanged ports goes on."""

    name = "openvswitch"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"ovs-vsctl": "openvswitch-switch"}
    units = (Unit("openvswitch-switch.service"),)

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        try:
            for file in files:
                parse_file(file.path, file.text)
        except ValueError as error:
            return [str(error)]
        return []

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        del files
        return {"database": f"{LIST} || :"}  # nothing when the switch is down

    @override
    def intended(self, view: View) -> Parts:
        return {f"bridge {name}": bridge.lines() for name, bridge in self._wanted(view).items()}

    @override
    def running(self, view: View) -> Parts:
        return {f"bridge {name}": bridge.lines() for name, bridge in self._owned(view).items()}

    @override
    def degraded(self, view: View) -> Mapping[str, tuple[str, str]]:
        silent = silent_cables(view.answers.out("database"))
        return {
            f"bundel {port.name}": bundle_state(port.members, silent)
            for bridge in self._wanted(view).values()
            for port in bridge.ports.values()
            if silent.keys() & set(port.members)
        }

    @override
    def apply(self, view: View) -> str:
        wanted, owned = self._wanted(view), self._owned(view)
        present = parse_ovsdb(view.answers.out("database"))
        change = _script(wanted.values(), present, delete=sorted(set(owned) - set(wanted)))
        return f"systemctl start openvswitch-switch.service\n{change}"

    @override
    def restore(self, view: View) -> str:
        former = parse_ovsdb(view.answers.out("database"))
        owned = [former[name] for name in self._owned(view)]
        new = sorted(set(self._wanted(view)) - set(former))
        # What stands in our bridges at that moment is unknown here: everything either side names is put in its place.
        after = {**former, **self._wanted(view)}
        # A bridge that was somebody else's before this change is handed back without our mark.
        unmark = [name for name, bridge in former.items() if name in self._wanted(view) and not bridge.owned]
        more = [word for name in unmark for word in ("--", "remove", "bridge", name, "external_ids", "terpusat")]
        return _script(owned, after, delete=new, more=more)

    @staticmethod
    def _wanted(view: View) -> dict[str, Bridge]:
        return parse_file(PATH, view.text(PATH))

    def _owned(self, view: View) -> dict[str, Bridge]:
        """Bridges on the device that our file, present or former, names or that carry our mark."""
        names = set(self._wanted(view))
        return {
            name: bridge
            for name, bridge in parse_ovsdb(view.answers.out("database")).items()
            if bridge.owned or name in names
        }


def _script(
    wanted: Iterable[Bridge], present: Mapping[str, Bridge], *, delete: Sequence[str], more: Sequence[str] = ()
) -> str:
    """Shell that makes ``wanted`` of ``present``; ``more`` are further arguments of the same ``ovs-vsctl``.

    No spanning tree runs in a bridge while a bond of it is made: Open vSwitch (seen: 3.5) does not flood into a bond
    that came into a bridge whose tree ran already. Unicast passes, multicast and with it OSPF does not. At a start it
    makes the ports first, and all is well.
    """
    calm: list[Bridge] = []
    before, after = [], []
    for bridge in wanted:
        former = present.get(bridge.name)
        kept = {port.name: port.members for port in former.ports.values()} if former else {}
        bonds = [port for port in bridge.ports.values() if port.kind == "bond"]
        if bridge.rstp is None or all(kept.get(port.name) == port.members for port in bonds):
            calm.append(bridge)
            continue
        calm.append(replace(bridge, rstp=None))
        before.append(f"{_VSCTL} --if-exists set bridge {quote(bridge.name)} rstp_enable=false\n")
        tree = f"rstp_enable=true other_config:rstp-priority={bridge.rstp}"
        after.append(f"{_VSCTL} set bridge {quote(bridge.name)} {tree}\n")
    arguments = [*transaction(calm, present.values(), delete=delete), *more]
    change = f"{_VSCTL} {_join(arguments)}\n" if arguments else ""  # a file without bridges
    return "".join([*before, change, *after])


def _join(arguments: Sequence[str]) -> str:
    return " ".join(map(quote, arguments))
