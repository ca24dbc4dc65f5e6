# SPDX-License-Identifier: GPL-3.0-or-later
"""An office's Linux router while its line is measured: which way packets take, and ways held or cut for a while.

Whatever is held or cut is held by a transient unit of systemd whose ExecStopPost gives it back: when it is told to,
when its time is over, when its process is killed. The controller may die at any moment; a reboot forgets it as well.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from ..outcome import RefusedError, SessionLostError
from ..platforms.linux.shell import run_root
from ..session import Session
from .source import Unmeasured

_PIN_UNIT, _CUT_UNIT, _CLASS_UNIT = "terpusat-uji-arah", "terpusat-uji-putus", "terpusat-uji-kelas"
_TABLE, _CLASS_TABLE = "terpusat_uji", "terpusat_uji_kelas"
#: routes of ours, so that nothing else is taken away
_PROTOCOL = "186"


class LinuxRouter:
    """``lan_address``: its address in the LAN. ``uplinks``: interfaces of the office's own lines.

    ``centre``: an address that is reached by the government's network only (its resolver).
    """

    def __init__(self, session: Session, lan_address: str, uplinks: Iterable[str], centre: str) -> None:
        self._session = session
        self._lan = lan_address
        self._uplinks = frozenset(uplinks)
        self._centre = centre

    def interface_to(self, target: str) -> str:
        """By which interface packets from the LAN leave to an address; empty when there is no way."""
        return str(self._route(target).get("dev", ""))

    def central(self, target: str) -> bool:
        """Whether they go by the government's network."""
        interface = self.interface_to(target)
        return bool(interface) and interface not in self._uplinks

    def centre_interface(self) -> str:
        """The interface towards the government's network. Raises `Unmeasured` when there is no way there now."""
        interface = self.interface_to(self._centre)
        if not interface or interface in self._uplinks:
            raise Unmeasured(f"jalur pusat sedang putus: {self._centre} tidak tercapai dari router")
        return interface

    @contextmanager
    def led(self, targets: Iterable[str], seconds: int) -> Iterator[tuple[str, ...]]:
        """Packets to the targets go by the government's network meanwhile; those that had to be led there.

        Before cutover an office's internet goes by its own line, and the central one is measured beside it: only what
        goes to these addresses is led there. Raises `Unmeasured`.
        """
        wrong = tuple(dict.fromkeys(target for target in targets if not self.central(target)))
        if not wrong:
            yield ()
            return
        interface, via = self.centre_interface(), self._route(self._centre).get("gateway")
        way = f"{f'via {via} ' if via else ''}dev {interface} proto {_PROTOCOL}"
        add = "; ".join(f"ip route replace {target}/32 {way}" for target in wrong)
        remove = "; ".join(f"ip route del {target}/32 {way}" for target in wrong)
        self._hold(_PIN_UNIT, add, remove, seconds)
        try:
            still = [target for target in wrong if not self.central(target)]
            if still:
                raise Unmeasured(f"{', '.join(still)} tidak dapat diarahkan lewat jalur pusat")
            yield wrong
        finally:
            self._give_back(_PIN_UNIT)

    @contextmanager
    def cut(self, interface: str, seconds: int) -> Iterator[None]:
        """Nothing passes the interface in either direction for at most so long, while the cable stays up.

        That is how a line dies behind a media converter or a radio. Raises `Unmeasured` when it cannot be done safely.
        """
        if self._management_interface() == interface:
            raise Unmeasured(
                f"jalur yang diputus ({interface}) juga membawa pengelolaan router; ukur dengan mencabut kabelnya"
            )
        rules = (
            f"table inet {_TABLE} {{ "
            f'chain masuk {{ type filter hook prerouting priority -450; iifname "{interface}" drop; }}; '
            f'chain keluar {{ type filter hook postrouting priority 450; oifname "{interface}" drop; }}; }}'
        )
        self._hold(_CUT_UNIT, f"nft {shlex.quote(rules)}", f"nft delete table inet {_TABLE}", seconds)
        try:
            yield
        finally:
            self._give_back(_CUT_UNIT)

    @contextmanager
    def classed(self, interface: str, class_id: int, seconds: int) -> Iterator[None]:
        """What the router itself sends under its LAN address waits in the office's shaping class meanwhile.

        Only forwarded packets are put there else, so that the router would measure the line and not the office's share.
        Raises `Unmeasured`.
        """
        rules = (
            f"table inet {_CLASS_TABLE} {{ chain keluar {{ type filter hook output priority 0; "
            f'oifname "{interface}" ip saddr {self._lan} meta priority set 0x1{class_id:04x}; }}; }}'
        )
        self._hold(_CLASS_UNIT, f"nft {shlex.quote(rules)}", f"nft delete table inet {_CLASS_TABLE}", seconds)
        try:
            yield
        finally:
            self._give_back(_CLASS_UNIT)

    def _hold(self, unit: str, begin: str, end: str, seconds: int) -> None:
        stop = f"/bin/sh -c {shlex.quote(end)}"
        words = [
            "systemd-run", "--quiet", "--collect", f"--unit={unit}", f"--property=RuntimeMaxSec={seconds}",
            f"--property=ExecStopPost={stop}", "/bin/sh", "-c", f"{begin} && exec sleep {seconds + 60}",
        ]  # fmt: skip
        started = f"{shlex.join(words)} && sleep 0.5 && systemctl is-active --quiet {unit}.service"
        started += f" || {{ journalctl -u {unit} -n 4 --no-pager -o cat >&2; exit 1; }}"
        try:
            done = run_root(self._session, started)
        except RefusedError as error:
            raise Unmeasured(str(error)) from error
        if done.code != 0:
            self._give_back(unit)
            told = done.err.decode(errors="replace").strip() or "perintahnya gagal"
            raise Unmeasured(f"jalur tidak dapat diatur sementara di {self._session.login.host}: {told[-200:]}")

    def _give_back(self, unit: str) -> None:
        # A session that broke leaves it to the unit's own end.
        with suppress(SessionLostError):
            run_root(self._session, f"systemctl stop {unit}.service 2>/dev/null || true", timeout=20)

    def _management_interface(self) -> str:
        done = self._session.run('echo "$SSH_CONNECTION"', timeout=15)
        words = done.out.decode(errors="replace").split()
        return str(self._route_of(words[0]).get("dev", "")) if words else ""

    def _route(self, target: str) -> dict[str, object]:
        return self._route_of(f"{target} from {self._lan}")

    def _route_of(self, words: str) -> dict[str, object]:
        done = self._session.run(f"env LC_ALL=C ip -j route get {words}", timeout=15)
        try:
            found = json.loads(done.out or b"[]")
        except ValueError:
            return {}
        return dict(found[0]) if found else {}
