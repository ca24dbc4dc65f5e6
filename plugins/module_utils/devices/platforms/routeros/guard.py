# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts of the guard. They run on the device; everything it must remember lies in its scheduler.

Entries, by name: ``terpusat-guard`` (armed; fires after the interval), ``terpusat-boot`` (fires after a restart),
``terpusat-restore`` (the guard once it has begun to restore; disabled when done, kept as the record of it until that
is acknowledged), ``terpusat-confirmed`` (for the moment of a confirm). Who renames ``terpusat-guard`` first has won:
a rename is one command, and the second one finds no such item. The comment holds ``key=value`` words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .quote import string
from .version import Version

GUARD = "terpusat-guard"
BOOT = "terpusat-boot"
RESTORE = "terpusat-restore"
CONFIRMED = "terpusat-confirmed"
STEP = "terpusatStep"
#: set while a restore runs; a restart forgets it, and so tells one that was cut off from one that goes on
BUSY = "terpusatBusy"
POLICIES = ("ftp", "reboot", "read", "write", "policy", "test", "password", "sniff", "sensitive", "romon")

_JOBS = "/system scheduler"
#: versions in which an error's text can be caught
_ONERROR = (7, 13)


@dataclass(frozen=True)
class Files:
    """Names on the device; ``folder`` is ``flash/`` where memory outside it does not survive a restart."""

    id: str
    folder: str = ""

    @property
    def patch(self) -> str:
        """The change."""
        return f"{self.folder}terpusat-{self.id}-patch.rsc"

    @property
    def inverse(self) -> str:
        """What undoes it."""
        return f"{self.folder}terpusat-{self.id}-inverse.rsc"

    def key(self, number: int) -> str:
        """A public key that the change imports; the device takes the file away by that."""
        return f"{self.folder}terpusat-{self.id}-kunci-{number}.pub"


def patch_file(lines: Sequence[str]) -> str:
    """The patch as a file: it counts its steps, and stops by itself once the guard has begun to restore."""
    head = ["# Terpusat: perubahan yang dijaga", f":global {STEP} 0"]
    armed = f':if ([:len [{_JOBS} find name="{GUARD}"]]=0) do={{:error "terpusat: pengaman sudah bekerja"}}'
    return "\n".join([*head, *(f"{armed}; :set {STEP} {n}; {line}" for n, line in enumerate(lines, 1))]) + "\n"


def plain_file(lines: Sequence[str], title: str) -> str:
    """Lines as a file."""
    return "\n".join([f"# Terpusat: {title}", *lines]) + "\n"


def dry_run(files: Files) -> str:
    """Have the device read both files without doing anything (7.16 and later)."""
    return "; ".join(f"/import file-name={name} verbose=yes dry-run" for name in (files.patch, files.inverse))


def arm(files: Files, seconds: int, author: str, policies: Sequence[str]) -> str:
    """Start the guard; an error with ``terpusat-sibuk`` when somebody else's stands."""
    common = f"policy={','.join(policies)}"
    meta = f"id={files.id} by={author} seconds={seconds} state=armed"
    return (
        f':if ([:len [{_JOBS} find name~"^terpusat-(guard|boot|confirmed)"]]>0) do={{:error "terpusat-sibuk"}}; '
        # What runs left that were cut off before they could arm.
        f':do {{/file remove [find name~"terpusat-[0-9].*[.](rsc|pub)" && !(name~"{files.id}")]}} on-error={{}}; '
        f"{_JOBS} add name={BOOT} start-time=startup interval=0s {common} comment={string(meta)} "
        f"on-event={string(restore(files, 'boot'))}; "
        f"{_JOBS} add name={GUARD} interval={seconds}s {common} comment={string(meta)} "
        f"on-event={string(restore(files, 'timer'))}; "
        # What fires one day must at least be readable today.
        f':foreach i in=[{_JOBS} find name~"^terpusat-(guard|boot)"] do={{:parse [{_JOBS} get $i on-event]}}'
    )


def disarm(files: Files) -> str:
    """Take back an arming that failed half-way."""
    return f'{_JOBS} remove [find name="{GUARD}" comment~"id={files.id} "]; {_clean(files)}'


def restore(files: Files, cause: str) -> str:
    """Win the guard, undo, remember. After a restart a restore that was cut off is begun again.

    A device may be logged in to, and told to restore, before its startup jobs have run.
    """
    resume = (
        f':if ([:len [{_JOBS} find name="{RESTORE}" comment~"state=restoring"]]>0 && [:typeof ${BUSY}]="nothing") '
        f"do={{:set go true; :set {BUSY} yes}}; "
        if cause == "boot"
        else ""
    )
    idle = f'!$go && [:typeof ${BUSY}]="nothing"'
    tidy = f":if ({idle}) do={{{_clean(files)}}}; " if cause == "boot" else ""
    clock = '[/system clock get date] . "_" . [/system clock get time]'
    record = f'("id={files.id} cause={cause} state=" . $end . " at=" . {clock} . " " . $was)'
    return (
        f':global {BUSY}; :local go false; :local was ""; '
        f':do {{:set was [{_JOBS} get [find name="{GUARD}"] comment]}} on-error={{}}; '
        f':if ([:len [{_JOBS} find name="{GUARD}"]]>0) do={{'
        f'{_JOBS} remove [find name="{RESTORE}"]; :set {BUSY} yes; '
        f":do {{{_JOBS} set {GUARD} name={RESTORE} comment={string(f'id={files.id} cause={cause} state=restoring')}; "
        f":set go true}} on-error={{}}}}; "
        f"{resume}"
        # The line of the patch that is under way ends first.
        f':if ($go) do={{:delay 1s; :local end "failed"; '
        f':do {{/import file-name={files.inverse}; :set end "restored"}} on-error={{}}; '
        f'{_JOBS} set [find name="{RESTORE}"] disabled=yes comment={record}; {_clean(files)}}}; {tidy}'
    )


def _clean(files: Files) -> str:
    """Leave nothing behind but the record."""
    return (
        f':do {{/file remove [find name~"terpusat-{files.id}-"]}} on-error={{}}; '
        # A variable that is set to nothing is gone.
        f":global {STEP}; :set {STEP}; :global {BUSY}; :set {BUSY}; "
        f'{_JOBS} remove [find name="{BOOT}"]; {_JOBS} remove [find name="{CONFIRMED}"]'
    )


def apply(files: Files, version: Version) -> str:
    """Start the patch as a job of the device, so that it outlives the session; it writes its end into the guard.

    That it was started is written there too: an order that was lost on its way leaves nothing to wait for.
    """

    def mark(what: str) -> str:
        return f'{_JOBS} set [find name="{GUARD}"] comment=([{_JOBS} get [find name="{GUARD}"] comment] . {what})'

    begun, done, failed = mark('" begun=yes"'), mark('" apply=ok"'), mark('" apply=failed" . $tail')
    good = f"/import file-name={files.patch}; {done}"
    if version >= _ONERROR:
        bad = f':local tail (" step=" . ${STEP} . " error=" . $e); {failed}'
        job = f":global {STEP} 0; :onerror e in={{{good}}} do={{{bad}}}"
    else:
        bad = f':local tail (" step=" . ${STEP}); {failed}'
        job = f":global {STEP} 0; :do {{{good}}} on-error={{{bad}}}"
    return f"{begun}; :execute script={string(job)}"


def await_apply(seconds: int) -> str:
    """Wait at most so long for the patch, then print the guard's entries."""
    done = f'[:len [{_JOBS} find name="{GUARD}" comment~"apply="]]=0 && [:len [{_JOBS} find name="{GUARD}"]]>0'
    return f":local n 0; :while ($n<{seconds * 10} && {done}) do={{:delay 100ms; :set n ($n+1)}}; {entries()}"


def entries() -> str:
    """Print name and comment of every entry of ours, a line each."""
    return (
        f':foreach i in=[{_JOBS} find name~"^terpusat-"] do={{'
        f':put ("job=" . [{_JOBS} get $i name] . "|" . [{_JOBS} get $i next-run] . "|" . '
        f"[{_JOBS} get $i comment])}}"
    )


def revert(files: Files) -> str:
    """Restore now, as a job of the device."""
    return f":execute script={string(restore(files, 'probe'))}"


def confirm(files: Files) -> str:
    """Stop the guard and leave nothing behind; prints ``terpusat-won`` when it was faster than the timer."""
    mine = f'[:len [{_JOBS} find name="{GUARD}" comment~"id={files.id} "]]>0'
    return (
        f":local won false; :if ({mine}) do={{:do {{{_JOBS} set {GUARD} name={CONFIRMED}; :set won true}} "
        f"on-error={{}}}}; "
        f':if ($won) do={{{_clean(files)}; :put "terpusat-won"}}'
    )


def acknowledge() -> str:
    """Forget the record of a restore."""
    return f'{_JOBS} remove [find name="{RESTORE}" disabled=yes]'


def parse_entries(output: str) -> dict[str, Mapping[str, str]]:
    """``name → words of the comment`` from what `entries` printed, the first of equal words.

    ``next`` is when it fires, ``error`` the rest of the line behind that word.
    """
    found: dict[str, Mapping[str, str]] = {}
    for line in output.splitlines():
        name, _, rest = line.partition("|")
        if not name.startswith("job="):
            continue
        when, _, comment = rest.partition("|")
        plain, _, error = comment.partition(" error=")
        words = dict(word.partition("=")[::2] for word in reversed(plain.split()) if "=" in word)
        words["next"] = when
        if error:
            words["error"] = error
        found[name.removeprefix("job=")] = words
    return found
