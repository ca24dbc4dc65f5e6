# SPDX-License-Identifier: GPL-3.0-or-later
"""/system device-mode: which features the box allows (help.mikrotik.com, Device-mode). Only somebody who stands before
it can change the mode."""

from ..schema.version import Version

FEATURES = (
    "scheduler", "socks", "fetch", "pptp", "l2tp", "bandwidth-test", "traffic-gen", "sniffer", "ipsec", "romon",
    "proxy",
    "hotspot", "smb", "email", "zerotier", "container", "install-any-version", "partitions", "routerboard",
)  # fmt: skip
_NEVER = {"traffic-gen", "container", "install-any-version", "partitions", "routerboard"}
_FORBIDDEN = {
    "home": {"scheduler", "socks", "bandwidth-test", "traffic-gen", "sniffer", "romon", "proxy", "hotspot", "email",
             "zerotier", "fetch"},
    "basic": {"socks", "bandwidth-test", "proxy", "zerotier", "hotspot"},
    "advanced": set(),
    "enterprise": set(),
    "rose": set(),
}  # fmt: skip
MODES = tuple(_FORBIDDEN)


def allowed(version: Version, mode: str, feature: str, granted: dict[str, bool]) -> bool:
    """`granted`: features that somebody allowed or forbade one by one. Before 7.17 a mode forbade less: `home` the
    scheduler, as ever, but nothing was limited on boards that came in `enterprise`."""
    if not version.device_mode:
        return True
    if feature in granted:
        return granted[feature]
    if feature in _NEVER:
        return mode == "rose" and feature == "container"
    return feature not in _FORBIDDEN[mode]


def default_mode(version: Version, model: str) -> str:
    """What the board leaves the factory with."""
    if not version.device_mode_limits_scheduler:
        return "enterprise"
    if model.startswith(("CCR", "CHR", "RB1100")):
        return "advanced"
    return "home" if model.startswith(("hAP", "RB951", "cAP", "RB952", "RBD5")) else "basic"
