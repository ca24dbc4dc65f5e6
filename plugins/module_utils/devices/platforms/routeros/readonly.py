# SPDX-License-Identifier: GPL-3.0-or-later
"""RouterOS commands that only read, as data, and what is secret in their output.

``print`` and ``export`` read in every menu, but not with every argument: ``file`` and ``append`` write a file,
``follow``, ``interval`` and ``on-event`` never end or run scripts. Brackets, ``;`` and ``$`` would run other commands.
"""

from __future__ import annotations

import re

_MENU = r"/[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*?"
_FLAG = r"(detail|terse|brief|stats|stats-detail|oid|count-only|without-paging|show-ids|comments|as-value|value-list)"
_VALUE = r'("[^"\\$\[\]{};]*"|[A-Za-z0-9._:/,!*+-]+)'
_CONDITION = rf"(?!file\b|append\b|follow\b|interval\b|on-event\b|where\b)[a-z][a-z0-9-]*[=~]{_VALUE}"

PATTERNS = (
    re.compile(
        rf"{_MENU} print( {_FLAG}| proplist=[a-z0-9,.-]+| from={_VALUE})*( where( !?{_CONDITION}| [a-z-]+| !)+)?"
    ),
    re.compile(rf"({_MENU} |/)export( compact| terse| verbose| hide-sensitive)*"),
    re.compile(rf"{_MENU} monitor(-traffic)? {_VALUE} once"),
    re.compile(rf"/ping (address=)?[A-Za-z0-9.:-]+ count=\d\d?( (src-address|interface|size|interval)={_VALUE})*"),
)
EXAMPLES = "/ip address print, /interface print stats, /log print, /export, /ping 10.0.0.1 count=3"

_NAMES = "password|secret|passphrase|private-key|pre-shared-key|wpa2?-pre-shared-key|authentication-key|sim-pin"
#: secrets in forms that a configuration does not have; each pattern's last group is one
SECRETS = (
    re.compile(rf"^(\s*(?:{_NAMES})): (\S.*)$", re.M),
    # A community's name is its password.
    re.compile(r'(?<=^/snmp community\n)((?:add|set)\b[^\n]*? name=)("[^"]*"|\S+)', re.M),
)
