# SPDX-License-Identifier: GPL-3.0-or-later
"""One item of a menu, or the one set of properties of a singleton menu."""

from dataclasses import dataclass, field

from ..schema.menu import Menu


@dataclass(eq=False)
class Item:
    """`values`: what was set, in canonical text; `marks`: flags such as dynamic, default, running; `facts`: read-only
    properties; `label`: the fixed name that exports use where the menu's items have one (`*FFFFFFFE`, `telnet`)."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)
    # The values it left the factory with; exports show what differs from them.
    factory: dict[str, str] | None = None
    label: str = ""

    @property
    def id(self) -> str:
        return self.label if self.label.startswith("*") else f"*{self.number:X}"

    @property
    def dynamic(self) -> bool:
        return "dynamic" in self.marks

    @property
    def disabled(self) -> bool:
        return self.values.get("disabled") == "yes"

    def get(self, menu: Menu, name: str) -> str | None:
        """What `get` and `where` see; None: nothing there."""
        if name == ".id":
            return self.id
        if name in self.values:
            return "yes" if menu.properties[name].type.is_flag else self.values[name]
        if name in self.facts:
            return self.facts[name]
        if name in menu.flags:
            return "yes" if name in self.marks else "no"
        if name in menu.properties:
            prop = menu.properties[name]
            return "no" if prop.type.is_flag else prop.default
        return None

    def name(self) -> str | None:
        return self.values.get("name") or self.facts.get("name")
