# SPDX-License-Identifier: GPL-3.0-or-later
"""The linux platform: compares a bundle with what stands and runs on a Debian machine, and applies it as one."""

from __future__ import annotations

import getpass
import re
import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...guard import Guard, GuardState, Strength
from ...outcome import ApplyFailedError, RefusedError
from ...preflight import Preflight
from ...probes import Probe
from ...secrecy import Fingerprints
from ...session import Session
from ...state import Change, Comparison, Item, differences
from ...target import Target
from ..base import Platform as Contract
from . import bundle, guard_scripts, lockout, preflight, services
from .bundle import File
from .components import COMPONENTS, undo_order
from .components.base import Component, View
from .guard_scripts import ROOT, Patch, Step
from .shell import Answer, Answers, LiveFile, collect, command, files, quote, run_root, write_tree

_STAGED = re.compile(r"/run/terpusat\.\w+(?=/)")
_SYSTEMD_FOLDER = "/etc/systemd/system/"
_SECRETS = {component.name: component.secret for component in COMPONENTS}
#: components whose change can cut the way we log in by
_ON_THE_PATH = ("openvswitch", "networkd", "frr", "login", "nftables")


@dataclass(frozen=True)
class Bundle:
    """The intended files, grouped by the component that owns them, in the order of application."""

    by_component: Mapping[Component, Sequence[File]]

    @property
    def units(self) -> list[services.Unit]:
        """Units of all components in use."""
        return [unit for component, owned in self.by_component.items() for unit in component.used_units(owned)]


class Platform(Contract[Bundle, Answers, Patch]):
    """The contract of `platforms.base`, whose docstrings hold here."""

    device_type = "linux"
    interactive = False
    reads_by_exec = True

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, target: Target) -> Bundle:
        grouped: dict[Component, list[File]] = {component: [] for component in COMPONENTS}
        problems: list[str] = []
        for file in bundle.parse(text):
            owner = next((component for component in COMPONENTS if component.claims(file.path)), None)
            if owner is None:
                problems.append(f"{file.path} bukan milik komponen mana pun")
            else:
                grouped[owner].append(file)
        for component, owned in grouped.items():
            problems += component.validate(owned)
            problems += lockout.problems(owned, target)
        if problems:
            raise RefusedError("bundel ditolak sebelum login: " + "; ".join(problems) + "; perbaiki templat perannya")
        self._bundle = Bundle({component: owned for component, owned in grouped.items() if owned})
        return self._bundle

    def preflight(self, session: Session, intended: Bundle) -> Preflight:
        tools = {
            name: package
            for component, owned in intended.by_component.items()
            for name, package in component.used_tools(owned).items()
        }
        return preflight.check(session, tools)

    def read(self, session: Session, intended: Bundle) -> Answers:
        staged = {file.path: file.text for owned in intended.by_component.values() for file in owned}
        globs = [glob for component in intended.by_component for glob in component.globs]
        parts = [write_tree('"$STAGE"', staged), files(globs)]
        for component, owned in intended.by_component.items():
            check = component.check(owned)
            if check:
                same = " && ".join(f'cmp -s "$STAGE"{quote(file.path)} {quote(file.path)}' for file in owned)
                parts.append(f"if ! {{ {same}; }}; then {command(f'{component.name}/check', check).rstrip()}; fi\n")
            parts += [command(f"{component.name}/{name}", text) for name, text in component.reads(owned).items()]
        if intended.units:
            parts.append(command("units", services.read(intended.units)))
        return collect(session, "".join(parts))

    def normalise(self, intended: Bundle, reading: Answers) -> Comparison:
        _refuse_failures(reading)
        wanted: dict[Item, str] = {}
        running: dict[Item, str] = {}
        unmanaged: list[str] = []
        for component, owned in intended.by_component.items():
            view = _view(component, owned, reading)
            for file in owned:
                wanted[Item(component.name, "file", file.path)] = file.render()
            for live in view.live.values():
                shown = File(live.path, live.text, live.mode, live.owner, live.group)
                running[Item(component.name, "file", live.path)] = shown.render()
            for name, text in component.intended(view).items():
                wanted[Item(component.name, "running", name)] = text
            for name, text in component.running(view).items():
                running[Item(component.name, "running", name)] = text
            for unit in component.used_units(owned):
                wanted[Item(component.name, "running", unit.title)] = unit.intended()
                running[Item(component.name, "running", unit.title)] = unit.running(view.units)
            unmanaged += component.unmanaged(view)
        return Comparison(wanted, running, tuple(unmanaged))

    def degraded(self, intended: Bundle, reading: Answers) -> list[Change]:
        return [
            Change(Item(component.name, "running", name), shown, wanted)
            for component, owned in intended.by_component.items()
            for name, (shown, wanted) in component.degraded(_view(component, owned, reading)).items()
        ]

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        return [
            Change(
                change.item,
                hide.mask(change.before, _SECRETS[change.item.component]),
                hide.mask(change.after, _SECRETS[change.item.component]),
            )
            for change in differences(comparison.running, comparison.intended)
        ]

    def render_patch(self, intended: Bundle, reading: Answers, changes: Sequence[Change]) -> Patch:
        touched = {change.item.name for change in changes if change.item.kind == "file"}
        put: list[File] = []
        remove: list[str] = []
        steps: list[Step] = []
        for component, view in _affected(intended, reading, changes):
            put += [file for file in view.files if file.path in touched]
            owned = {file.path for file in view.files}
            remove += [path for path in sorted(view.live) if path not in owned]
            script = component.apply(view)
            for unit in component.used_units(view.files):
                script += unit.ensure(view.units)
            steps.append(Step(component.name, script))
        return Patch(put, remove, steps)

    def render_inverse(self, intended: Bundle, reading: Answers, changes: Sequence[Change]) -> Patch:
        affected = dict(_affected(intended, reading, changes))
        paths: set[str] = set()
        steps: list[Step] = []
        for component in undo_order(tuple(affected)):
            view = affected[component]
            paths |= {file.path for file in view.files} | set(view.live)
            units = component.used_units(view.files)
            # Units first: stopping nftables.service flushes the ruleset that is loaded after.
            script = "".join(unit.restore(view.units) for unit in units) + component.restore(view)
            steps.append(Step(component.name, script or ":\n"))
        if any(path.startswith(_SYSTEMD_FOLDER) for path in paths):
            steps.insert(0, Step("systemd", "systemctl daemon-reload\n"))
        # No files: the former ones are copied aside on the device itself when the guard is armed.
        return Patch([], sorted(paths), steps)

    def describe(self, patch: Patch, hide: Fingerprints) -> str:
        """Files and components in their order. What changes in them is the diff; scripts carry files whole."""
        del hide
        lines = [f"pasang {file.path}" for file in patch.files] + [f"hapus {path}" for path in patch.remove]
        return "".join(f"{line}\n" for line in [*lines, *(f"terapkan {step.component}" for step in patch.steps)])

    def snapshot(self, reading: Answers, hide: Fingerprints) -> dict[str, str]:
        """The managed files by their paths, and what runs under ``berjalan/``."""
        texts: dict[str, str] = {}
        for item, text in self.normalise(self._bundle, reading).running.items():
            running = f"berjalan/{item.component}/{_file_name(item.name)}"
            name = item.name.lstrip("/") if item.kind == "file" else running
            texts[name] = hide.mask(text, _SECRETS[item.component])
        return texts

    def management_changes(self, intended: Bundle, reading: Answers, changes: Sequence[Change]) -> list[str]:
        del intended, reading
        touched = {change.item.component for change in changes}
        return [name for name in _ON_THE_PATH if name in touched]

    def arm(self, session: Session, patch: Patch, inverse: Patch, seconds: int, strength: Strength) -> Guard:
        guard_id = f"{datetime.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        author = f"{getpass.getuser()}@{socket.gethostname()}"
        started = time.monotonic()
        result = run_root(session, guard_scripts.arm(guard_id, seconds, author, patch, inverse))
        if result.code in (guard_scripts.BUSY, guard_scripts.ALREADY_ARMED):
            raise RefusedError(
                f"{session.login.host}: proses lain baru saja mulai mengubah perangkat ini; tunggu lalu ulangi"
            )
        if result.code:
            reason = Answer(
                result.code, result.out.decode(errors="replace"), result.err.decode(errors="replace")
            ).reason
            raise RefusedError(f"{session.login.host}: pengaman tidak dapat dipasang ({reason}); belum ada yang diubah")
        return Guard(guard_id, seconds, strength, started)

    def apply(self, session: Session, guard: Guard) -> None:
        run_root(session, guard_scripts.start_apply(guard.id), timeout=15)
        self.applied(session, guard)

    def applied(self, session: Session, guard: Guard) -> None:
        while True:
            # Short waits: when the change cuts this session, that shows within seconds.
            result = run_root(session, guard_scripts.await_apply(guard.id, 2), timeout=6)
            status, _, log = result.out.decode(errors="replace").partition("\n")
            if status == "ok":
                return
            if status:
                reason = Answer(1, log, "").reason
                raise ApplyFailedError(f"komponen {status.removeprefix('failed ')} gagal diterapkan ({reason})")
            if guard.remaining() <= 0:
                raise ApplyFailedError(f"penerapan belum selesai dalam {guard.seconds} detik")

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        # On the device itself too the command ends with the session's patience, and leaves nothing behind.
        limited = f"timeout -k 1 {timeout:.1f} sh -c {quote(probe_command(probe, timeout))} 2>&1 </dev/null"
        result = run_root(session, limited, timeout=timeout + 3)
        return result.code == 0, result.out.decode(errors="replace")

    def revert(self, session: Session, guard: Guard) -> None:
        run_root(session, guard_scripts.revert(guard.id), timeout=10)

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        result = run_root(session, guard_scripts.state(guard.id), timeout=10)
        return GuardState(result.out.decode().strip() or GuardState.UNKNOWN)

    def confirm(self, session: Session, guard: Guard) -> bool:
        return run_root(session, guard_scripts.confirm(guard.id), timeout=20).code == 0

    def unsaved(self, session: Session, reading: Answers) -> bool:
        """Never: the files that a boot starts from are part of what is compared."""
        del session, reading
        return False

    def save(self, session: Session) -> None:
        """Nothing to do: files and enabled units are what a boot starts from."""

    def acknowledge(self, session: Session) -> None:
        run_root(session, f"rm -f {ROOT}/last-restore")


def probe_command(probe: Probe, timeout: float) -> str:
    """Shell that tries a probe once on a Debian machine, with what every one of ours has."""
    wait = max(1, int(timeout))
    if probe.kind == "ping":
        return f"ping -n -c 1 -W {wait} {quote(probe.host)}"
    if probe.kind == "tcp":
        # bash's own sockets: netcat is not on every router.
        return f"bash -c {quote(f'exec 3<>/dev/tcp/{probe.host}/{probe.port}')}"
    if probe.kind == "dns":
        server = quote(f"@{probe.server}") if probe.server else ""
        # dig ends with 0 also when there is no such name.
        return f"dig +short +time={wait} +tries=1 {server} {quote(probe.query)} A | grep -E '^[0-9]'"
    return probe.command


def _file_name(part: str) -> str:
    """A part's name as a file name."""
    return re.sub(r"[^\w.-]+", "-", part).strip("-") + ".txt"


def _view(component: Component, owned: Sequence[File], reading: Answers, changed: frozenset[str] = frozenset()) -> View:
    prefix = f"{component.name}/"
    commands = {
        name.removeprefix(prefix): answer for name, answer in reading.commands.items() if name.startswith(prefix)
    }
    live: dict[str, LiveFile] = {path: file for path, file in reading.files.items() if component.claims(path)}
    units = services.parse(reading.out("units"))
    return View(owned, Answers(commands), live, units, changed)


def _affected(intended: Bundle, reading: Answers, changes: Sequence[Change]) -> list[tuple[Component, View]]:
    """The components that differ, and those that follow one of them, with their views, in the order of application."""
    differing = {change.item.component for change in changes}
    affected: list[tuple[Component, View]] = []
    for component, owned in intended.by_component.items():
        names = frozenset(change.item.name for change in changes if change.item.component == component.name)
        if names or component.follows & differing:
            affected.append((component, _view(component, owned, reading, names)))
    return affected


def _refuse_failures(reading: Answers) -> None:
    """Raise `RefusedError` when the device rejects an intended file or cannot tell what runs."""
    rejected: list[str] = []
    unread: list[str] = []
    for name, answer in reading.commands.items():
        component, _, part = name.partition("/")
        if answer.code:
            target = rejected if part in ("check", "wanted") else unread
            target.append(f"{component}: {_brief(answer)}")
    if rejected:
        raise RefusedError("konfigurasi ditolak oleh perangkat, belum ada yang diubah: " + "; ".join(rejected))
    if unread:
        raise RefusedError("keadaan berjalan tidak terbaca: " + "; ".join(unread))


def _brief(answer: Answer) -> str:
    shown = _STAGED.sub("", answer.err + answer.out)
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    return " / ".join(lines[:4])[:400] or f"kode keluar {answer.code}"
