# SPDX-License-Identifier: GPL-3.0-or-later
"""A device that exists only here: a text with a guard. What a platform does to a real one is tested elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import Guard, GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    ApplyFailedError,
    Outcome,
    RefusedError,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.preflight import Preflight
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import (
    Change,
    Comparison,
    Item,
    differences,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction

ITEM = Item("text", "running", "all")


class Device:
    """What runs, the guard, and a log of what was asked, in order; faults name the steps that go wrong."""

    def __init__(self, running: str, *faults: str) -> None:
        self.running = running
        self.former: str | None = None
        self.state = GuardState.UNKNOWN
        self.log: list[str] = []
        self.faults = set(faults)
        self.probe_answers = [True, True, True]

    def step(self, name: str, error: Exception | None = None) -> None:
        self.log.append(name)
        if name in self.faults and error is not None:
            raise error

    def restore(self) -> None:
        assert self.former is not None
        if self.state is GuardState.CONFIRMED:
            return
        if "restore" not in self.faults:
            self.running = self.former
        self.state = GuardState.RESTORED


class FakeSession:
    def __init__(self, device: Device) -> None:
        self.device = device

    def __enter__(self) -> FakeSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.device.log.append("logout")


class FakePlatform:
    """Implements the protocol on a `Device`."""

    device_type = "fake"
    interactive = False
    reads_by_exec = True

    def __init__(self, device: Device) -> None:
        self.device = device

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, _: Target) -> str:
        self.device.step("parse", RefusedError("bundel salah"))
        return text

    def probe_refusal(self, probe: Probe) -> str:
        return "perangkat ini buta" if probe.command == "lihat" else ""

    def preflight(self, *_: object) -> Preflight:
        self.device.step("preflight", RefusedError("paket kurang"))
        strength = Strength.NONE if "no guard" in self.device.faults else Strength.INVERSE
        return Preflight(strength, ("dulu dikembalikan",) if "notice" in self.device.faults else (), "alasan")

    def read(self, *_: object) -> str:
        self.device.step("read", SessionLostError("putus"))
        return self.device.running

    def normalise(self, intended: str, reading: str) -> Comparison:
        return Comparison({ITEM: intended}, {ITEM: reading}, ("milik orang lain",))

    def describe(self, patch: str, _: Fingerprints) -> str:
        return patch

    def snapshot(self, reading: str, _: Fingerprints) -> dict[str, str]:
        return {"all": reading}

    def management_changes(self, *_: object) -> list[str]:
        return ["port manajemen"] if "management" in self.device.faults else []

    def diff(self, comparison: Comparison, _: Fingerprints) -> list[Change]:
        return differences(comparison.running, comparison.intended)

    def render_patch(self, intended: str, *_: object) -> str:
        return intended

    def render_inverse(self, _: str, reading: str, __: Sequence[Change]) -> str:
        return reading

    def arm(self, _: object, patch: str, inverse: str, seconds: int, strength: Strength) -> Guard:
        self.device.step("arm", RefusedError("sedang dipakai"))
        self.device.former, self.device.state = inverse, GuardState.ARMED
        self.patch = patch
        return Guard("id1", seconds, strength)

    def apply(self, *_: object) -> None:
        self.device.log.append("apply")
        self.device.running = "half" if "half" in self.device.faults else self.patch
        if "cut" in self.device.faults:
            raise SessionLostError("putus")
        if "apply" in self.device.faults:
            raise ApplyFailedError("komponen x gagal")

    def applied(self, *_: object) -> None:
        if "busy" in self.device.faults:
            self.device.faults.remove("busy")
            raise SessionLostError("dut: tidak ada jawaban dalam 6 detik")
        self.device.step("applied", ApplyFailedError("komponen x gagal"))

    def run_probe(self, _: object, probe: Probe, __: float) -> tuple[bool, str]:
        self.device.log.append(f"probe {probe.command}")
        return (True, "hidup") if self.device.probe_answers.pop(0) else (False, "tidak ada balasan")

    def revert(self, *_: object) -> None:
        self.device.step("revert", SessionLostError("putus"))
        self.device.restore()

    def guard_state(self, *_: object) -> GuardState:
        return self.device.state

    def confirm(self, *_: object) -> bool:
        self.device.step("confirm")
        if "too late" in self.device.faults:
            self.device.restore()
            return False
        self.device.state = GuardState.CONFIRMED
        if "confirm answer lost" in self.device.faults:
            raise SessionLostError("putus")
        return True

    def unsaved(self, *_: object) -> bool:
        return "unsaved" in self.device.faults

    def save(self, *_: object) -> None:
        self.device.step("save")
        if "save" in self.device.faults:
            self.device.faults.remove("save")
            raise SessionLostError("putus")
        for fault, state in (("restarts at the save", "old"), ("comes back as neither", "half")):
            if fault in self.device.faults:
                self.device.running = state
                raise SessionLostError("putus")

    def acknowledge(self, *_: object) -> None:
        self.device.log.append("acknowledge")


def run(device: Device, config: str = "new", logins: Sequence[Exception | None] = (), **settings: Any) -> Report:
    answers = list(logins)

    def connect() -> Any:
        error = answers.pop(0) if answers else None
        device.log.append("login")
        if error is not None:
            raise error
        return FakeSession(device)

    settings.setdefault("guard_seconds", 1)
    settings.setdefault("target", Target("fake"))
    return Transaction(FakePlatform(device), connect, **settings).run(config)


class Book:
    """A journal that remembers, and can be full."""

    def __init__(self, *, full: bool = False, full_later: bool = False) -> None:
        self.full, self.full_later = full, full_later
        self.entries: list[tuple[str, Outcome, dict[str, str], dict[str, str]]] = []

    def begin(self, report: Report) -> None:
        if self.full:
            raise RefusedError("buku bukti penuh")
        self.entries.append(("begin", report.outcome, dict(report.before), dict(report.after)))

    def end(self, report: Report) -> None:
        if self.full_later:
            raise RefusedError("buku bukti penuh")
        self.entries.append(("end", report.outcome, dict(report.before), dict(report.after)))
