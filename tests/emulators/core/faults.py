# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong on a device, as data.

`n` counts the client's orders (log.COUNTED) since the fault was set, from 1.
"""

from dataclasses import dataclass, field


@dataclass
class Fault:
    """Base of all faults; a fault may be set again after `clear_faults`."""


@dataclass
class _AtCommand(Fault):
    n: int = 1
    # Orders the device had received when the fault was set; filled in by FaultBoard.add.
    since: int = field(default=0, init=False)

    def due(self, counted: int) -> bool:
        return counted - self.since == self.n


@dataclass
class DropAt(_AtCommand):
    """The connection breaks at the n-th command: before it takes effect, or (`after`) when only its answer is lost."""

    after: bool = False


@dataclass
class FreezeAt(_AtCommand):
    """From the n-th command on this session says nothing more (TCP stays up). `device`: new connections are not
    answered either. `after`: the command still took effect."""

    after: bool = False
    device: bool = False


@dataclass
class RebootAt(_AtCommand):
    """The device restarts at the n-th command: before it takes effect, or after."""

    after: bool = False


@dataclass
class WrongPrompt(_AtCommand):
    """After the n-th command (and `times - 1` more) a session shows `text` where its prompt should stand."""

    text: str = "(boot) "
    times: int = 1

    def active(self, counted: int) -> bool:
        return self.n <= counted - self.since < self.n + self.times


@dataclass
class LogMessageAt(_AtCommand):
    """A log message appears in the middle of the output of the n-th command; None: a typical one of the platform."""

    text: str | None = None


@dataclass
class SlowBytes(Fault):
    """All terminal output trickles at `cps` characters per (real) second."""

    cps: float = 100.0


@dataclass
class ImportFailsAt(Fault):
    """Line `line` (from 1) of any file the device applies by itself fails, whatever it says.

    `named`: only of files whose name has this in it.
    """

    line: int = 1
    named: str = ""


@dataclass
class RefuseLogin(Fault):
    """The next `times` logins are refused although the credentials are right."""

    times: int = 1


@dataclass
class NewHostKey(Fault):
    """The device shows another host key from now on, as after a replacement."""


@dataclass
class Paging(Fault):
    """Output is paged whatever the client asked for; `lines`: height of the page."""

    lines: int = 24


@dataclass
class Banner(Fault):
    """`text` is shown before the login (SSH authentication banner) and again when the shell opens."""

    text: str = "PERHATIAN: akses hanya untuk yang berwenang."


class FaultBoard:
    """The faults now set on one device."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, fault: Fault, counted: int) -> None:
        if isinstance(fault, _AtCommand):
            fault.since = counted
        self.faults.append(fault)

    def clear(self) -> None:
        self.faults.clear()

    def of[F: Fault](self, kind: type[F]) -> F | None:
        """The first fault of this kind, or None."""
        return next((fault for fault in self.faults if isinstance(fault, kind)), None)

    def due[F: _AtCommand](self, kind: type[F], counted: int) -> F | None:
        """The fault of this kind that strikes at the command just counted."""
        return next((f for f in self.faults if isinstance(f, kind) and f.due(counted)), None)

    def refuse_login(self) -> bool:
        """True (and one time used up) when this login has to be refused."""
        fault = self.of(RefuseLogin)
        if fault is None or fault.times < 1:
            return False
        fault.times -= 1
        return True

    def wrong_prompt(self, counted: int) -> str | None:
        return next((f.text for f in self.faults if isinstance(f, WrongPrompt) and f.active(counted)), None)

    def import_fails_at(self, file: str = "") -> int | None:
        fault = self.of(ImportFailsAt)
        return fault.line if fault and fault.named in file else None
