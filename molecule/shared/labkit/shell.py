# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the system's commands, with errors a person can act on."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence

from labkit.errors import LabError

Completed = subprocess.CompletedProcess[str]


def run(
    argv: Sequence[str],
    *,
    data: str | None = None,
    check: bool = True,
    timeout: float | None = 120,
    env: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> Completed:
    """Run a command and give back its output.

    :raises LabError: the command is missing, ran out of time, or (with ``check``) failed.
    """
    try:
        done = subprocess.run(
            list(argv),
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            env=None if env is None else dict(env),
            pass_fds=tuple(pass_fds),
            check=False,
        )
    except FileNotFoundError as error:
        raise LabError(f"Perintah {argv[0]} tidak ada di mesin ini; pasang paketnya lebih dulu.") from error
    except subprocess.TimeoutExpired as error:
        raise LabError(f"Perintah tidak selesai dalam {timeout:g} detik: {shlex.join(argv)}") from error
    if check and done.returncode != 0:
        said = tail(done.stderr or done.stdout)
        raise LabError(f"Perintah gagal (kode {done.returncode}): {shlex.join(argv)}\n{said}")
    return done


def tail(text: str, lines: int = 12) -> str:
    """The last lines of a command's output, indented for an error message."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])
