# SPDX-License-Identifier: GPL-3.0-or-later
"""Private keys of ours, read once a run and by their own type.

Given a file name, paramiko tries every type of key in turn, and of several errors only the last one stays: an RSA key
that a device refuses then looks like a broken file, not like a refused login.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import paramiko

from .outcome import RefusedError


def load(name: str) -> Any:
    """Return the key.

    Raises:
        RefusedError: the file cannot be read, is no private key, or has a passphrase.
    """
    path = Path(name).expanduser()
    try:
        return _load(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise RefusedError(
            f"kunci SSH {path} tidak terbaca ({error.strerror}); periksa ansible_ssh_private_key_file"
        ) from error
    except (paramiko.PasswordRequiredException, TypeError) as error:
        # cryptography says so with a TypeError.
        raise RefusedError(
            f"kunci SSH {path} bersandi; pakai kunci tanpa sandi untuk pengelolaan, dengan hak baca pemiliknya saja"
        ) from error
    except (paramiko.SSHException, ValueError) as error:
        raise RefusedError(f"{path} bukan kunci privat SSH; periksa ansible_ssh_private_key_file") from error


@lru_cache(maxsize=32)
def _load(path: str, stamp: int) -> Any:
    del stamp  # a replaced file is another key
    return paramiko.PKey.from_path(path)
