# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the lab."""

import argparse
import os
import sys
from pathlib import Path

from labkit import containers, image, keys, machine, mirror, power, report
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.progress import Progress
from labkit.register_source import read
from labkit.topology import build

ROOT = Path(__file__).resolve().parents[3]
REGISTER = ROOT / "inventories" / "lab" / "register"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lab", description="Laboratorium Terpusat di satu mesin Linux.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="perintah")
    for name, text in (
        ("up", "nyalakan lab, atau lanjutkan dan perbaiki yang sudah ada"),
        ("down", "hapus lab dari mesin ini"),
        ("clean", "hapus lab, kunci, paket yang tersimpan, dan citra yang tidak dipakai lagi"),
        ("status", "tampilkan node dan keadaannya"),
        ("ports", "tampilkan kabel: port ke port"),
        ("image", "buat citra saja"),
    ):
        commands.add_parser(name, help=text)
    for name, text in (
        ("reboot", "matikan lalu nyalakan satu node"),
        ("stop", "matikan satu node dengan tertib"),
        ("kill", "putus listrik satu node"),
        ("start", "nyalakan satu node"),
    ):
        commands.add_parser(name, help=text).add_argument("node")
    for name, text in (
        ("exec", "jalankan perintah sebagai root di dalam node: lab exec NODE -- perintah"),
        ("ssh", "masuk ke node lewat jaringan pengelolaan"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("node")
        command.add_argument("argv", nargs=argparse.REMAINDER, metavar="perintah")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; errors are one or two sentences on standard error and exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("lab: dihentikan; jalankan lagi perintah yang sama untuk melanjutkan.", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    machine.require()
    identity = Identity(ROOT)
    progress = Progress()
    lab = Lab(identity, progress)
    if options.command == "down":
        lab.down()
    elif options.command == "clean":
        lab.clean()
    else:
        topology = build(read(REGISTER))
        if options.command == "up":
            lab.up(topology)
        elif options.command == "image":
            image.ensure({node.image for node in topology.nodes}, mirror.read(), progress)
        elif options.command == "status":
            return report.status(identity, topology)
        elif options.command == "ports":
            report.ports(identity, topology)
        elif options.command in ("reboot", "stop", "kill", "start"):
            getattr(power.Power(identity, progress), options.command)(topology.node(options.node))
        else:
            _enter(identity, options.command, topology.node(options.node).name, options.argv)
    return 0


def _enter(identity: Identity, command: str, node: str, argv: list[str]) -> None:
    """Become podman or ssh, so that terminal, signals and exit code are theirs."""
    argv = argv[1:] if argv[:1] == ["--"] else argv
    if command == "ssh":
        full = ["ssh", "-F", str(keys.ssh_config_path(identity)), node, *argv]
    else:
        name = identity.name(node)
        found = containers.find(name).get(name)
        if found is None or not found.running:
            raise LabError(f"{node} tidak menyala; nyalakan dengan: lab up, atau: lab start {node}")
        terminal = ["--tty"] if sys.stdin.isatty() else []
        full = machine.podman("exec", "--interactive", *terminal, name, *(argv or ["/bin/bash"]))
    sys.stdout.flush()
    os.execvp(full[0], full)
