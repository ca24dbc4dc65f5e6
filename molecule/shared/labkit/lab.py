# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a lab: up and down. Every step can be repeated and mends what a crash left."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from labkit import apt_cache, containers, image, keys, limits, machine, mirror, namespaces, processes, seed, wires
from labkit.identity import Identity
from labkit.model import File, Node, Topology
from labkit.power import Power
from labkit.progress import Progress

_PARALLEL = 4  # more at once only makes every node slower on a small machine


class Lab:
    """One lab on this machine."""

    def __init__(self, identity: Identity, progress: Progress | None = None) -> None:
        self.identity = identity
        self.progress = progress or Progress(quiet=True)

    def up(self, topology: Topology) -> None:
        """Make the machine hold exactly this topology, running.

        :raises LabError: something is missing or does not start; running it again goes on from there.
        """
        machine.require()
        for note in topology.notes:
            self.progress.step(note)
        source = mirror.read()
        images = image.ensure({node.image for node in topology.nodes}, source, self.progress)
        with self._exclusive():
            self._remove_strangers(topology)
            inherited = set(namespaces.names(f"{self.identity.prefix}-"))
            self._wire(topology)
            limits.raise_for_lab(self.progress)
            keys.ensure(self.identity, topology)
            apt_cache.ensure(self.identity, topology)
            seeds = {node.name: seed.files(self.identity, node, source) for node in topology.nodes}
            self._power_on(topology, images, seeds, inherited)
            self._write_state(topology, images)
        self.progress.step(f"Lab siap: {len(topology.nodes)} node, {len(topology.wires)} kabel.")

    def down(self) -> None:
        """Remove every container, namespace, veth and process of this lab, whatever the state file says."""
        machine.require()
        with self._exclusive():
            found = containers.find(f"{self.identity.prefix}-")
            if found:
                self.progress.step(f"Menghapus {len(found)} kontainer …")
                containers.remove(list(found))
            names = namespaces.names(f"{self.identity.prefix}-")
            inodes = {number for name in names if (number := namespaces.inode(name)) is not None}
            # Logins that still hold a namespace open (ssh's shared connections) end with it.
            processes.end(namespaces.members(inodes))
            for name in names:
                namespaces.remove(name)
            apt_cache.stop(self.identity)
            limits.give_back()
            shutil.rmtree(keys.control_folder(self.identity), ignore_errors=True)
            self._state_path.unlink(missing_ok=True)
        self.progress.step("Lab sudah tidak ada di mesin ini.")

    def clean(self) -> None:
        """``down``, and delete keys, downloaded packages and the images no other lab uses."""
        self.down()
        for scenario in self._scenarios():
            Lab(Identity(self.identity.root, scenario), self.progress).down()
        apt_cache.forget(self.identity)
        for reference in image.remove_unused():
            self.progress.step(f"Citra dihapus: {reference}")
        shutil.rmtree(self.identity.folder, ignore_errors=True)

    def _scenarios(self) -> list[str]:
        """Molecule scenarios of this checkout that still have machines or namespaces."""
        start = f"{self.identity.prefix}."
        names = [*containers.find(start), *namespaces.names(start)]
        return sorted({name.removeprefix(start).partition("-")[0] for name in names})

    def _remove_strangers(self, topology: Topology) -> None:
        wanted = {self.identity.name(node.name) for node in topology.nodes}
        strangers = [name for name in containers.find(f"{self.identity.prefix}-") if name not in wanted]
        containers.remove(strangers)
        kept = wanted | {self.identity.name(extra) for extra in (wires.MANAGEMENT, wires.PEER)}
        for name in namespaces.names(f"{self.identity.prefix}-"):
            if name not in kept:
                namespaces.remove(name)
        wires.remove_strangers(self.identity, topology)

    def _wire(self, topology: Topology) -> None:
        self.progress.step(f"Menyiapkan {len(topology.nodes)} namespace dan {len(topology.wires)} kabel …")
        for name in (*(node.name for node in topology.nodes), wires.PEER):
            namespaces.ensure(self.identity.name(name))
        wires.ensure_management(self.identity, topology)
        wires.ensure(self.identity, topology)

    def _power_on(
        self,
        topology: Topology,
        images: Mapping[image.Image, str],
        seeds: Mapping[str, tuple[File, ...]],
        inherited: set[str],
    ) -> None:
        power = Power(self.identity, self.progress)
        specs = {node.name: _fingerprint(images[node.image], node, seeds[node.name]) for node in topology.nodes}
        found = self._ready_to_start(topology, specs, inherited)

        def power_on(node: Node) -> None:
            name = self.identity.name(node.name)
            container = found.get(name)
            if container is None:
                containers.create(name, node.name, images[node.image], specs[node.name], seeds[node.name])
            if container is None or not container.running:
                self.progress.step(f"Menyalakan {node.name} …")
                containers.start(name)
            power.wait(node)

        _together(power_on, topology.nodes)

    def _ready_to_start(
        self, topology: Topology, specs: Mapping[str, str], inherited: set[str]
    ) -> dict[str, containers.Container]:
        """Containers that may stay. The others are gone, and what their kernel knew with them.

        A namespace that outlived its machine still has addresses, rules and queues; a queue that networkd finds there
        (HTB cannot be changed in place) keeps the interface of the next machine from coming up.
        """
        prefix = f"{self.identity.prefix}-"
        found = containers.find(prefix)
        # "created" means that a crash came before the first start: its first files may be missing.
        stale = [
            name
            for node in topology.nodes
            if (container := found.get(name := self.identity.name(node.name))) is not None
            and (container.spec != specs[node.name] or container.state in ("created", "configured"))
        ]
        containers.remove(stale)
        for name, container in found.items():
            if name not in stale and container.running and not containers.has_netns(container, name):
                containers.stop(name)
        found = containers.find(prefix)
        for node in topology.nodes:
            name = self.identity.name(node.name)
            if name in inherited and not (name in found and found[name].running):
                wires.renew_namespace(self.identity, node)
        return found

    @property
    def _state_path(self) -> Path:
        return self.identity.folder / "state.json"

    def _write_state(self, topology: Topology, images: dict[image.Image, str]) -> None:
        state = {
            "prefix": self.identity.prefix,
            "management": str(topology.management),
            "ssh_config": str(keys.ssh_config_path(self.identity)),
            "apt_proxy": f"http://{topology.management.ip}:{apt_cache.PORT}",
            "nodes": {
                node.name: {
                    "role": node.role,
                    "container": self.identity.name(node.name),
                    "image": images[node.image],
                    "management_address": str(node.management.ip) if node.management else None,
                    "ports": list(node.ports),
                }
                for node in topology.nodes
            },
            "wires": [[str(wire.a), str(wire.b) if wire.b else None] for wire in topology.wires],
        }
        keys.write_whole(self._state_path, json.dumps(state, indent=2) + "\n", 0o644)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        self.identity.folder.mkdir(parents=True, exist_ok=True)
        with (self.identity.folder / "lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.progress.step("Lab ini sedang dikerjakan oleh perintah lain; menunggu …")
                fcntl.flock(handle, fcntl.LOCK_EX)
            processes.wait_for_orphans(self.identity.prefix)
            yield


def _fingerprint(reference: str, node: Node, files: Iterable[File]) -> str:
    """What a container was made from; another fingerprint means that it has to be made anew."""
    parts = [reference, node.name, [asdict(file) for file in files]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _together(task: Callable[[Node], None], nodes: Iterable[Node]) -> None:
    """Run a task for every node, a few at a time; all get their turn, then the first failure is raised."""
    with ThreadPoolExecutor(_PARALLEL) as pool:
        futures = [pool.submit(task, node) for node in nodes]
    errors = [error for future in futures if (error := future.exception()) is not None]
    if errors:
        raise errors[0]
