# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated devices and intended texts for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from .box import Box

Values = dict[str, str]

_NAMES = st.sampled_from(["a", "b", "c", "d"])
_YES = st.sampled_from(["yes", "no"])
_ADDRESSES = st.sampled_from(["10.0.1.1/24", "10.0.2.1/24", "10.0.3.1/24", "10.0.4.1/24"])
_NETWORKS = st.sampled_from(["10.0.0.0/8", "10.1.0.0/16", "192.0.2.7", "0.0.0.0/0"])
_WORDS = st.sampled_from(["", "kantor", 'tanda "kutip" $x', "dua kata\tdan tab", "jalan é"])


def _comment(draw: st.DrawFn, key: str) -> str:
    word = draw(_WORDS)
    return f"terpusat:{key}" + (f" {word}" if word else "")


def _some(draw: st.DrawFn, **choices: st.SearchStrategy[str]) -> Values:
    return {name.replace("_", "-"): draw(values) for name, values in choices.items() if draw(st.booleans())}


@st.composite
def items(draw: st.DrawFn, *, foreign: bool = False) -> dict[str, list[Values]]:
    """Items of several menus, ours by comment or by name, or (``foreign``) nobody's."""
    found: dict[str, list[Values]] = {}

    def keys(path: str, most: int = 4) -> list[str]:
        found[path] = []
        pool = ["e", "f"] if foreign else ["a", "b", "c", "d"]
        return draw(st.permutations(pool))[: draw(st.integers(0, min(most, len(pool))))]

    # A key can go over to an item of another name.
    other = dict(zip("abcdef", draw(st.permutations("abcd")), strict=False))

    for key in keys("interface vlan"):
        found["interface vlan"].append(
            {"name": f"vlan-{key}", "interface": "ether2", "vlan-id": str(ord(key))}
            | _some(draw, mtu=st.sampled_from(["1500", "1400"]), arp=st.sampled_from(["enabled", "proxy-arp"]))
            | ({} if foreign else {"comment": _comment(draw, other[key])})
        )
    for key in keys("ip pool"):
        found["ip pool"].append({"name": key, "ranges": draw(st.sampled_from(["10.0.0.1-10.0.0.9", "10.0.0.5"]))})
    free = draw(st.permutations(["10.0.1.1/24", "10.0.2.1/24", "10.0.3.1/24", "10.0.4.1/24"]))
    if foreign:
        free = ["10.9.1.1/24", "10.9.2.1/24"]
    for key, address in zip(keys("ip address"), free, strict=False):
        found["ip address"].append(
            {"address": address, "interface": draw(st.sampled_from(["ether2", "ether3"]))}
            | _some(draw, disabled=_YES)
            | ({} if foreign else {"comment": _comment(draw, key)})
        )
    for key in keys("ip firewall filter"):
        found["ip firewall filter"].append(
            {"chain": draw(st.sampled_from(["forward", "input"])), "action": draw(st.sampled_from(["accept", "drop"]))}
            | _some(
                draw,
                src_address=_NETWORKS,
                protocol=st.sampled_from(["tcp", "udp"]),
                connection_state=st.sampled_from(["established,related", "related,established", "!invalid"]),
                log=_YES,
                disabled=_YES,
            )
            | ({"comment": "asing"} if foreign else {"comment": _comment(draw, key)})
        )
    for key in keys("queue simple"):
        found["queue simple"].append(
            {"name": f"q-{key}", "target": draw(st.sampled_from(["10.0.0.0/24", "10.0.1.0/24,10.0.2.0/24"]))}
            | _some(draw, max_limit=st.sampled_from(["7M/7M", "7000000/7000000", "1500k/2M"]), disabled=_YES)
            | ({} if foreign else {"comment": _comment(draw, other[key])})
        )
    return found


@st.composite
def settings_values(draw: st.DrawFn) -> Values:
    """Values of ``/ip dns``."""
    return _some(
        draw,
        servers=st.sampled_from(["10.0.0.1", "10.0.0.1,10.0.0.2"]),
        allow_remote_requests=_YES,
        cache_max_ttl=st.sampled_from(["1d", "24h", "1w"]),
    )


def box(ours: dict[str, list[Values]], foreign: dict[str, list[Values]], dns: Values, mix: list[bool]) -> Box:
    """A device with both, mixed as ``mix`` says."""
    device = Box(
        settings={"ip dns": dict(dns)},
        unique={
            "interface vlan": ("name",),
            "ip pool": ("name",),
            "ip address": ("address", "interface"),
            "queue simple": ("name",),
        },
    )
    for path in ours:
        left, right = list(ours[path]), list(foreign.get(path, []))
        turns = list(mix)
        while left or right:
            turn = turns.pop() if turns else True
            item = left.pop(0) if left and (turn or not right) else right.pop(0)
            device.count += 1
            device.menus.setdefault(path, []).append({".id": f"*{device.count:X}", **item})
    device.menus["interface ethernet"] = [
        {".id": "*FE", "default-name": "ether2", "name": "ether2"},
        {".id": "*FF", "default-name": "ether3", "name": "ether3", "comment": "uplink"},
    ]
    return device


def text(ours: dict[str, list[Values]], dns: Values) -> str:
    """The intended text for these items."""
    lines: list[str] = []
    for path, entries in ours.items():
        lines.append("/" + path.replace(" ", "/"))
        for entry in entries:
            lines.append("add " + " ".join(f"{name}={_quoted(value)}" for name, value in entry.items()))
    if dns:
        lines += ["/ip dns", "set " + " ".join(f"{name}={_quoted(value)}" for name, value in dns.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("\t", "\\t")
    return f'"{escaped}"'
