# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard's scripts. All of them run on the device; none needs the session that put them there.

/var/lib/terpusat/guard/           root only
    lock                           held while arming, restoring, confirming
    armed -> <id>                  stands from arming until restored or confirmed
    last-restore                   what the device undid by itself, until a run has reported it
    <id>/old/… new/… work/         files as they were, as they shall be, scratch space
    <id>/apply.sh restore.sh apply.status apply.log restore.log restored confirmed meta
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .bundle import File
from .shell import quote, write_file, write_tree

ROOT = "/var/lib/terpusat/guard"
TIMER = "terpusat-guard"
BUSY, ALREADY_ARMED = 75, 76

_BOOT_FILES_UNIT = f"""\
[Unit]
Description=Terpusat: former files of an unconfirmed change
ConditionPathExists={ROOT}/armed
DefaultDependencies=no
RequiresMountsFor=/var/lib/terpusat /etc
After=local-fs.target
Before=sysinit.target systemd-sysctl.service systemd-networkd.service network-pre.target nftables.service

[Service]
Type=oneshot
ExecStart=/bin/sh {ROOT}/armed/restore.sh boot-files

[Install]
WantedBy=sysinit.target
"""

_BOOT_UNIT = f"""\
[Unit]
Description=Terpusat: former running state of an unconfirmed change
ConditionPathExists={ROOT}/armed
After=network.target openvswitch-switch.service frr.service dnsmasq.service nftables.service terpusat-shaping.service

[Service]
Type=oneshot
ExecStart=/bin/sh {ROOT}/armed/restore.sh boot

[Install]
WantedBy=multi-user.target
"""

_UNITS = {"terpusat-guard-files.service": _BOOT_FILES_UNIT, "terpusat-guard-boot.service": _BOOT_UNIT}


@dataclass(frozen=True)
class Step:
    """One component's part of a script."""

    component: str
    script: str


@dataclass(frozen=True)
class Patch:
    """One direction of a change: files to put in place, paths to remove, and what to run after, in order."""

    files: Sequence[File]
    remove: Sequence[str]
    steps: Sequence[Step]

    @property
    def paths(self) -> list[str]:
        """Every path that the patch touches."""
        return sorted({*(file.path for file in self.files), *self.remove})


def arm(guard_id: str, seconds: int, author: str, patch: Patch, inverse: Patch) -> str:
    """Shell that puts everything in place, starts the timer, and only then calls the device armed.

    Exit codes `BUSY` and `ALREADY_ARMED` say that another run is at work; nothing was changed then.
    """
    folder = f"{ROOT}/{guard_id}"
    parts = [
        "set -e\n",
        f"mkdir -p {ROOT} && chmod 0700 {ROOT}\n",
        f"exec 9>{ROOT}/lock; flock -w 5 9 || exit {BUSY}\n",
        f"if [ -L {ROOT}/armed ]; then exit {ALREADY_ARMED}; fi\n",
        f"find {ROOT} -mindepth 1 -maxdepth 1 -type d -exec rm -rf {{}} +\n",
        f"mkdir -p {folder}/old {folder}/new {folder}/work\n",
        write_tree(f"{folder}/new", {file.path: file.text for file in patch.files}),
        f"for path in {' '.join(map(quote, inverse.paths))}; do\n"
        # Not cp --parents: that of Debian 12 (coreutils 9.1) fails with -a where it has to make two folders.
        f'    if [ -e "$path" ]; then to={folder}/old$(dirname "$path"); mkdir -p "$to"; cp -a "$path" "$to"; fi\n'
        "done\n",
        write_file(f"{folder}/apply.sh", _apply(folder, patch)),
        write_file(f"{folder}/restore.sh", _restore(guard_id, inverse)),
        "at=$(date +%s)\n"
        f"printf 'author=%s\\nat=%s\\nfires=%s\\n' {quote(author)} $at $((at + {seconds})) >{folder}/meta\n",
        *(_install_unit(name, text) for name, text in _UNITS.items()),
        f"sync -f {folder}\n",
        f"systemctl stop {TIMER}.timer 2>/dev/null || :\n",
        f"systemctl reset-failed {TIMER}.timer {TIMER}.service 2>/dev/null || :\n",
        # Timers are a minute late by default, to save power.
        f"systemd-run -q --unit {TIMER} --on-active={seconds} --timer-property=AccuracySec=100ms --collect "
        f"--description='Terpusat: undo an unconfirmed change' /bin/sh {folder}/restore.sh timer\n",
        f"ln -s {guard_id} {ROOT}/armed\nsync -f {ROOT}\n",
    ]
    return "".join(parts)


def start_apply(guard_id: str) -> str:
    """Shell that starts the patch in a unit of its own, so that it outlives the session."""
    return (
        f"systemd-run -q --no-block --collect --unit terpusat-apply-{guard_id} -p TimeoutStopSec=5 "
        f"/bin/sh {ROOT}/{guard_id}/apply.sh\n"
    )


def await_apply(guard_id: str, seconds: int) -> str:
    """Shell that waits at most so long, then prints the status (``ok``, ``failed COMPONENT``, nothing) and the log."""
    folder = f"{ROOT}/{guard_id}"
    return (
        f"for _ in $(seq {seconds * 20}); do [ -e {folder}/apply.status ] && break; sleep 0.05; done\n"
        f"if [ -e {folder}/apply.status ]; then cat {folder}/apply.status; else echo; fi\n"
        f"tail -c 2000 {folder}/apply.log 2>/dev/null || :\n"
    )


def revert(guard_id: str) -> str:
    """Shell that starts the restore now, in a unit of its own."""
    unit = f"terpusat-revert-{guard_id}"
    return (
        f"systemctl is-active -q {unit} || "
        f"systemd-run -q --no-block --collect --unit {unit} /bin/sh {ROOT}/{guard_id}/restore.sh probe\n"
    )


def state(guard_id: str) -> str:
    """Shell that prints a `GuardState`'s value."""
    folder = f"{ROOT}/{guard_id}"
    return (
        f"if [ -e {folder}/confirmed ]; then echo confirmed; elif [ -e {folder}/restored ]; then echo restored; "
        f"elif [ -e {folder}/restoring ]; then echo restoring; "
        f'elif [ "$(readlink {ROOT}/armed)" = {guard_id} ]; then echo armed; else echo unknown; fi\n'
    )


def confirm(guard_id: str) -> str:
    """Shell that disarms; exit code 1 when the guard was faster."""
    folder = f"{ROOT}/{guard_id}"
    return (
        f"exec 9>{ROOT}/lock; flock -w 15 9 || exit 1\n"
        f'[ "$(readlink {ROOT}/armed)" = {guard_id} ] || exit 1\n'
        f"touch {folder}/confirmed && rm -f {ROOT}/armed && sync -f {ROOT} || exit 1\n"
        f"systemctl stop {TIMER}.timer 2>/dev/null\n"
        f"rm -rf {folder}/old {folder}/new {folder}/work {folder}/apply.sh {folder}/restore.sh\nexit 0\n"
    )


def _apply(folder: str, patch: Patch) -> str:
    lines = [
        _head(folder),
        "step=berkas\n"
        f'finish() {{ code=$?; if [ $code = 0 ]; then echo ok; else echo "failed $step"; fi >{folder}/apply.new; '
        f"mv {folder}/apply.new {folder}/apply.status; }}\n"
        "trap finish EXIT\ntrap 'exit 143' TERM\n"
        f"exec >{folder}/apply.log 2>&1\nset -e\n"
        "put() {\n"
        '    mkdir -p "$(dirname "$1")"; umask 077\n'
        '    cp "$NEW$1" "$1.terpusat-new"; chown "$3" "$1.terpusat-new"; chmod "$2" "$1.terpusat-new"\n'
        '    sync "$1.terpusat-new"; mv -f "$1.terpusat-new" "$1"; sync "$(dirname "$1")"; umask 022\n'
        "}\numask 022\n",
        *(f"put {quote(file.path)} {file.mode} {file.owner}:{file.group}\n" for file in patch.files),
        *(f"rm -f {quote(path)}\n" for path in patch.remove),
    ]
    for step in patch.steps:
        lines.append(f"step={step.component}\n(\nset -e\n{step.script})\n")
    return "".join(lines)


def _restore(guard_id: str, inverse: Patch) -> str:
    folder = f"{ROOT}/{guard_id}"
    lines = [
        _head(folder),
        f"cause=$1\nexec 9>{ROOT}/lock; flock 9\n"
        f'[ "$(readlink {ROOT}/armed)" = {guard_id} ] || exit 0\n'
        f'echo "$cause" >{folder}/restoring\n'
        f'logger -t terpusat "undoing unconfirmed change {guard_id} ($cause)"\n'
        f"case $cause in boot*) ;; *) systemctl stop terpusat-apply-{guard_id}.service 2>/dev/null ;; esac\n"
        f"exec >>{folder}/restore.log 2>&1\n"
        "back() {\n"
        '    rm -f "$1.terpusat-new"\n'
        '    if [ ! -e "$OLD$1" ]; then rm -f "$1"; return; fi\n'
        '    if cmp -s "$OLD$1" "$1" && [ "$(stat -c \'%a %u %g %Y\' "$OLD$1")" = '
        '"$(stat -c \'%a %u %g %Y\' "$1")" ]; then return; fi\n'
        '    cp -a "$OLD$1" "$1.terpusat-new" && sync "$1.terpusat-new" && mv -f "$1.terpusat-new" "$1"\n'
        '    sync "$(dirname "$1")"\n'
        "}\n",
        *(f"back {quote(path)}\n" for path in inverse.paths),
        '[ "$cause" = boot-files ] && exit 0\n',
    ]
    for step in inverse.steps:
        lines.append(f"echo '== {step.component}'\n(\n{step.script})\n")
    lines.append(
        f"date +%s >{folder}/restored\n"
        # A run that fired the guard itself reports that itself.
        f'[ "$cause" = probe ] || {{ cat {folder}/meta; echo "cause=$cause"; echo "restored=$(date +%s)"; }} '
        f">{ROOT}/last-restore\n"
        f"rm -f {ROOT}/armed\nsync -f {ROOT}\n"
        # Configurations hold secrets; what stays are the logs.
        f"rm -rf {folder}/old {folder}/new {folder}/work {folder}/apply.sh {folder}/restore.sh\n"
        f"case $cause in timer) ;; *) systemctl stop {TIMER}.timer 2>/dev/null ;; esac\n"
        f'logger -t terpusat "undone: {guard_id}"\nexit 0\n'
    )
    return "".join(lines)


def _head(folder: str) -> str:
    return (
        "#!/bin/sh\nexport LC_ALL=C LANG=C PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"
        f"export OLD={folder}/old NEW={folder}/new WORK={folder}/work\nmkdir -p $WORK\n"
    )


def _install_unit(name: str, text: str) -> str:
    """Shell that keeps a boot-time unit installed; it does nothing at a boot without an armed guard."""
    target = f"/etc/systemd/system/{name}"
    return (
        write_file(f"{ROOT}/unit", text)
        + f"if ! cmp -s {ROOT}/unit {target}; then install -m 0644 {ROOT}/unit {target}; "
        f"systemctl daemon-reload; fi\n"
        f"systemctl is-enabled -q {name} 2>/dev/null || systemctl enable -q {name}\nrm -f {ROOT}/unit\n"
    )


def describe_record(lines: Iterable[str]) -> dict[str, str]:
    """Parse ``meta`` or ``last-restore``: ``key=value`` lines."""
    return dict(line.strip().partition("=")[::2] for line in lines if "=" in line)
