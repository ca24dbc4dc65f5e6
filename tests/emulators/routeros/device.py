# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulated RouterOS device."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ..core.clock import Clock
from ..core.device import Device as CoreDevice
from ..core.personality import Personality
from ..core.session import Session
from . import boards
from .commands.export import Style, render
from .commands.imports import Import
from .console import Console
from .errors import ParseError, RunError
from .schema.load import menus
from .schema.menu import Menu, Path
from .schema.version import Version
from .script.context import Context, nowhere
from .script.interpreter import Invocation
from .script.scope import Scope
from .services import device_mode, virtual
from .services.accounts import Accounts
from .services.facts import computed, hidden_software_id
from .services.jobs import Jobs
from .services.remarks import remark
from .services.safe_mode import SafeMode
from .services.scheduler import Scheduler
from .services.storage import Storage
from .services.world import World
from .store import factory
from .store.config import INTERFACE, Config
from .store.item import Item
from .terminal import read_login

IDENTITY: Path = ("system", "identity")


class Device(Storage, Accounts, World, Console, CoreDevice):
    """Personality flags that only RouterOS knows:

    device_mode: home, basic, advanced, enterprise (default: as the board leaves the factory); device_mode_allows:
    {feature: bool} beside the mode. echo: repaint, wide, plain. enter: one (CR LF is one Enter) or two. first_login:
    [licence, default-config, no-licence, new-password]. remarks: {menu: text}: a comment that exports put before that
    menu's items. hosts: {name: address} that DNS knows; unreachable: [network]; open_ports: ["address:port"] that take
    a TCP connection; pings: what lines do to pings (`core.echo`); dns: {server: {ms, fails}}; learnt_default: {gateway,
    distance}: the default route that OSPF brings. keeps_keys: no SSH key of a user can be removed. facts: {menu:
    [record]} for read-only menus (`/ip/neighbor`). free_kib: free storage. users: further accounts [{name, password,
    group}]. groups: [{name, policy}]. management: {interface, address, source}:
    where the station that logs in is connected, by the port's factory name, and from which address it comes; what cuts
    that path (port, address, firewall, service) cuts its logins and sessions; without it nothing does. line_ms: device
    milliseconds that each line of an import takes.
    """

    platform = "routeros"
    server_version = "ROSSSH"
    sftp = True
    more = "-- [Q quit|D dump|down]"
    more_erase = "\r" + " " * 24 + "\r"

    def __init__(self, personality: Personality, clock: Clock) -> None:
        super().__init__(personality, clock)
        self.version = Version.of(personality.version or "7.22.3")
        self.menus: dict[Path, Menu] = menus(self.version)
        self.board = boards.board(personality.model)
        self.mode = str(
            personality.flags.get("device_mode") or device_mode.default_mode(self.version, personality.model)
        )
        self.crlf_is_one_enter = personality.flags.get("enter", "one") == "one"  # type: ignore[misc]
        self.globals: dict[str, object] = {}
        self.log_lines: list[tuple[str, str, str]] = []
        # Who else works on the device: user, address, by what.
        self.others: list[tuple[str, str, str]] = []
        self.removable_dynamic: set[Path] = {("ip", "dhcp-server", "lease"), ("ip", "firewall", "address-list")}
        self.backups: dict[str, tuple[str, dict[Path, list[Any]]]] = {}
        self.jobs = Jobs(clock)
        self._made = 0
        self._routes: dict[int, Item] = {}
        self.store = Config(self.menus)
        self.safe_mode = SafeMode(self)
        self.scheduler = Scheduler(self)
        self._seeded = False

    # -- state

    def boot(self) -> None:
        if not self._seeded:
            self._seeded = True
            self._seed()
        self.globals.clear()
        self.log_lines.clear()
        self.others.clear()
        self.safe_mode.boot()
        self.boot_storage()
        self.add_log("system,info", "router rebooted")
        self.scheduler.boot()

    def _seed(self) -> None:
        personality = self.personality
        factory.fill(self.store, [str(port) for port in self.board["ports"]], personality.serial, self)  # type: ignore[attr-defined]
        for group in personality.flags.get("groups", []):
            item = self.store.new_item(("user", "group"), {"name": group["name"]})
            policy = self.menus["user", "group"].properties["policy"].type
            item.values["policy"] = policy.parse(group["policy"], self)
            self.store.items(("user", "group")).append(item)
        first = {"name": personality.user, "password": personality.password}
        for user in [first, *personality.flags.get("users", [])]:
            factory.user(self.store, user["name"], user["password"], user.get("group", "full"))
        if personality.seed:
            self._run_seed(personality.seed)
        self.store.history.clear()

    def _run_seed(self, text: str) -> None:
        """The seed is a script like any other; a line the device refuses is a mistake of the test. Seeds never wait, so
        running it needs no event loop."""
        from .services.accounts import EVERYTHING

        context = self.context("admin", EVERYTHING, nowhere)
        work = Import(context, text, None, pauses=False).whole()
        try:
            work.send(None)
        except StopIteration:
            return
        except ParseError as error:
            raise ValueError(f"{self.personality.name}: konfigurasi awal: {error.describe(text)}") from error
        except RunError as error:
            raise ValueError(f"{self.personality.name}: konfigurasi awal: {error.describe(places=True)}") from error
        work.close()
        raise ValueError(f"{self.personality.name}: konfigurasi awal tidak boleh menunggu (:delay)")

    def config(self) -> str:
        return render(self, Style(terse=True, secrets=True, header=False))

    def startup(self) -> str:
        """RouterOS stores every change at once."""
        return self.config()

    def restore(self, state: dict[Path, list[Any]]) -> None:
        """The configuration of a backup."""
        for path, items in state.items():
            self.store.items(path)[:] = items
        self.store.history.clear()

    def busy(self, what: str, **details: Any) -> None:
        """`safe-mode` (user): somebody else holds it. `session` (user, address, via): somebody is logged in. `job`
        (name, interval, on_event, comment): a scheduler job of somebody else is pending."""
        user = str(details.get("user", "petugas"))
        if what == "safe-mode":
            self.others.append((user, str(details.get("address", "10.0.0.99")), "ssh"))
            self.safe_mode.take("somebody", user)
        elif what == "session":
            self.others.append((user, str(details.get("address", "10.0.0.99")), str(details.get("via", "winbox"))))
        elif what == "job":
            name = str(details.get("name", "pekerjaan"))
            values = {"name": name, "interval": str(details.get("interval", "10m")),
                      "on-event": str(details.get("on_event", ":nothing")), "policy": "read,write,test",
                      "start-date": self.local_time().strftime("%Y-%m-%d"),
                      "start-time": self.local_time().strftime("%H:%M:%S")}  # fmt: skip
            if "comment" in details:
                values["comment"] = str(details["comment"])
            item = self.store.new_item(("system", "scheduler"), values)
            item.facts = {"owner": user, "run-count": "0", "busy": "yes"}
            self.store.insert(("system", "scheduler"), item)
        else:
            raise ValueError(f"busy: {what!r} tidak dikenal; pilih safe-mode, session atau job")

    def idle(self) -> None:
        self.others.clear()
        if self.safe_mode.holder == "somebody":
            self.safe_mode.release()
        for item in list(self.store.items(("system", "scheduler"))):
            if item.facts.get("busy"):
                self.store.delete(("system", "scheduler"), item)

    # -- reading

    def items(self, menu: Menu) -> list[Item]:
        """What the menu lists now, what the device makes itself included."""
        if menu.virtual and menu.path != INTERFACE:
            return virtual.items(self, menu)
        items = self.store.items(menu.path)
        return [*items, *self._connected(), *self._learnt()] if menu.path == ("ip", "route") else list(items)

    def _learnt(self) -> Iterator[Item]:
        """The default route of `flags.learnt_default`."""
        told = self.personality.flags.get("learnt_default")
        if told:
            route = self._routes.setdefault(-1, Item(0x50000000))
            route.values = {"dst-address": "0.0.0.0/0", "gateway": told["gateway"], "distance": str(told["distance"])}
            route.marks = {"dynamic", "ospf"}
            yield route

    def _connected(self) -> Iterator[Item]:
        """Routes to the networks of the device's own addresses."""
        for address in self.store.items(("ip", "address")):
            if address.disabled:
                continue
            route = self._routes.setdefault(address.number, Item(0x40000000 + address.number))
            own, _, length = address.values["address"].partition("/")
            route.values = {
                "dst-address": f"{address.values['network']}/{length}",
                "gateway": address.values["interface"],
                "pref-src": own,
                "distance": "0",
            }
            route.marks = {"dynamic", "active"}
            yield route

    def names(self, menu: Path) -> Iterable[str]:
        return self.store.names(menu)

    def computed(self, menu: Menu, item: Item, name: str) -> str | None:
        return computed(self, menu, item, name)

    def mode_forbids(self, feature: str) -> bool:
        granted = self.personality.flags.get("device_mode_allows", {})
        return not device_mode.allowed(self.version, self.mode, feature, granted)

    def volatile_remark(self, menu: Menu, item: Item) -> str | None:
        """A comment line that an export puts before an item."""
        given = self.personality.flags.get("remarks", {}).get("/" + "/".join(menu.path))
        return remark(self, menu, item) if given is None else str(given)

    @property
    def software_id(self) -> str:
        return hidden_software_id(self.personality.serial or self.personality.name)

    def export_header(self) -> list[str]:
        now = self.local_time()
        stamp = (
            now.strftime("%Y-%m-%d %H:%M:%S") if self.version.iso_dates else now.strftime("%b/%d/%Y %H:%M:%S").lower()
        )
        return [f"# {stamp} by RouterOS {self.personality.version}", f"# software id = {self.software_id}", "#",
                f"# model = {self.board['model_code']}", f"# serial number = {self.personality.serial}"]  # fmt: skip

    # -- changing

    @contextmanager
    def recording(self, call: Invocation, text: str) -> Iterator[None]:
        """One entry of the history, and one action of safe mode."""
        with self.store.action(text, call.context.user, self.stamp()):
            yield
        self.safe_mode.count()

    def start_job(self, work: Coroutine[Any, Any, None]) -> int:
        return self.jobs.start(work)

    def script_named(self, name: str) -> str | None:
        """The source of the stored script of that name."""
        for item in self.store.items(("system", "script")):
            if item.name() == name:
                return item.values.get("source", "")
        return None

    def context(self, user: str, policies: frozenset[str], write: Callable[[str], Any]) -> Context:
        return Context(self, user, policies, write, Scope(self.globals))

    # -- time and log

    def local_time(self) -> datetime.datetime:
        """The device's clock, without zone; Asia/Jakarta and its like follow the zone's name."""
        now = self.clock.now()
        zone = self.store.value(("system", "clock"), "time-zone-name")
        offset = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}.get(zone, 0)
        return (now + datetime.timedelta(hours=offset)).replace(tzinfo=None)

    def stamp(self) -> str:
        now = self.local_time()
        return (
            now.strftime("%Y-%m-%d %H:%M:%S") if self.version.iso_dates else now.strftime("%b/%d/%Y %H:%M:%S").lower()
        )

    def parse_moment(self, date: str, time: str) -> datetime.datetime:
        """A job's start."""
        for form in ("%Y-%m-%d %H:%M:%S", "%b/%d/%Y %H:%M:%S"):
            try:
                return datetime.datetime.strptime(f"{date} {time}", form)
            except ValueError:
                continue
        return self.local_time()

    def add_log(self, topics: str, message: str) -> None:
        self.log_lines.append((self.stamp(), topics, message))
        del self.log_lines[:-1000]

    def entropy(self) -> int:
        """A number that differs each time, and is the same in every run of a test."""
        self._made += 1
        return self._made

    def typical_log_message(self) -> str:
        return (
            "\r(3 messages not shown)\n"
            + self.stamp().lower()
            + " system,error,critical login failure for user root from 10.9.8.7 via ssh"
        )

    # -- sessions

    def account(self, username: str) -> tuple[str, Any]:
        return read_login(username)

    def ended(self, session: Session) -> None:
        self.safe_mode.lost(session)
        self.add_log("system,info,account", f"user {session.user} logged out from {session.peer} via ssh")
