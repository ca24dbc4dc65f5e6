# SPDX-License-Identifier: GPL-3.0-or-later
"""The console on a terminal: login parameters, greeting, first-login screens, and the line painted anew per key.

What goes over the wire follows a transcript of 6.49.17 (annetutil/gnetcli, pkg/device/ros) and netmiko's issues #2880,
#2512 and #2669, which show the same with 7.x.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..core.editor import LineEditor

_LOGIN = re.compile(r"(?P<user>[^+]+)(?:\+(?P<parameters>(?:\d*[a-z])*))?")
TAKE_SAFE_MODE, CTRL_D = "\x18", "\x04"


@dataclass(frozen=True)
class Login:
    """Parameters behind the user name (help.mikrotik.com, Command Line Interface, Console login options): `c` no
    colours, `t` no terminal probing, `e` dumb terminal, `w` width, `h` height."""

    colours: bool = True
    probing: bool = True
    dumb: bool = False
    width: int | None = None
    height: int | None = None


def read_login(text: str) -> tuple[str, Login]:
    match = _LOGIN.fullmatch(text)
    if match is None:
        return text, Login()
    found = {letter: number for number, letter in re.findall(r"(\d*)([a-z])", match["parameters"] or "")}
    return match["user"], Login(
        colours="c" not in found,
        probing="t" not in found,
        dumb="e" in found,
        width=int(found["w"]) if found.get("w") else None,
        height=int(found["h"]) if found.get("h") else None,
    )


class ConsoleEditor(LineEditor):
    r"""`style`: `repaint` paints `\r[prompt] > partial` after every key; `wide` also blanks the rest of the line, as
    long as the terminal is wide; `plain` only echoes."""

    def __init__(self, prompt: str, *, style: str, width: int) -> None:
        super().__init__(prompt)
        self.style = style
        self.width = width

    def start(self) -> str:
        return f"\r\r\r\r{self.prompt}"

    def typed(self, key: str) -> str:
        self.buffer += key
        return key if self.style == "plain" else self._paint(key)

    def erased(self) -> str:
        return "\b \b" if self.style == "plain" else self._paint("")

    def _paint(self, key: str) -> str:
        line = f"\r{self.prompt}{self.buffer}"
        if self.style != "wide":
            return line
        former = f"\r\r{self.prompt}{self.buffer[: -len(key)] if key else self.buffer}"
        return f"{key}{former}{' ' * max(0, self.width - len(former))}\x1b[K{line}"

    def entered(self) -> str:
        return "\r\n" if self.style == "plain" else f"\r{self.prompt}{self.buffer}\r\n"

    def special(self, key: str) -> str:
        if key == TAKE_SAFE_MODE or (key == CTRL_D and not self.buffer):
            self.buffer, self.done = key, True
            return "\r\n"
        if key == "\x03":
            self.buffer, self.done = "", True
            return "\r\n"
        if key == "\x15":
            self.buffer = ""
            return self._paint("")
        if key == "\t":
            return ""
        return super().special(key) if key != "\x03" else ""


LOGO = """

  MMM      MMM       KKK                          TTTTTTTTTTT      KKK
  MMMM    MMMM       KKK                          TTTTTTTTTTT      KKK
  MMM MMMM MMM  III  KKK  KKK  RRRRRR     OOOOOO      TTT     III  KKK  KKK
  MMM  MM  MMM  III  KKKKK     RRR  RRR  OOO  OOO     TTT     III  KKKKK
  MMM      MMM  III  KKK KKK   RRRRRR    OOO  OOO     TTT     III  KKK KKK
  MMM      MMM  III  KKK  KKK  RRR  RRR   OOOOOO      TTT     III  KKK  KKK

  MikroTik RouterOS {version} (c) 1999-{year}       https://www.mikrotik.com/

"""

HELP = """[?]             Gives the list of available commands
command [?]     Gives help on the command and list of arguments

[Tab]           Completes the command/word. If the input is ambiguous,
                a second [Tab] gives possible options

/               Move up to base level
..              Move up one level
/command        Use command at the base level
"""

LICENCE_QUESTION = "\nDo you want to see the software license? [Y/n]: "
DEFAULT_CONFIG = """
The following default configuration has been installed on your router:
-------------------------------------------------------------------------------
RouterMode:
 * WAN port is protected by firewall and enabled DHCP client
-------------------------------------------------------------------------------
You can type "v" to see the exact commands that are used to add and remove
this default configuration, or you can view them later with
'/system default-configuration print' command.
To remove this default configuration type "r" or hit any other key to continue.
If you are connected using the above IP and you remove it, you will be disconnected.
"""
NO_LICENCE = """
ROUTER HAS NO SOFTWARE KEY
----------------------------
You have 23h50m to configure the router to be remotely accessible,
and to enter the key by pasting it in a Telnet window or in Winbox.
Turn off the device to stop the timer.

Please press "Enter" to continue!
"""
