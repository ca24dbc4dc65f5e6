# SPDX-License-Identifier: GPL-3.0-or-later
"""The key under which secrets become fingerprints: one a government, so that an unchanged secret looks unchanged."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from ...whole_files import sync_folder
from .errors import EvidenceError
from .files import make_folder

_BYTES = 32
_SHORTEST = 16


def fingerprint_key(path: Path, given: str | None = None) -> bytes:
    """Return the key that was given (from the vault), else the one kept in ``path``, made on first use.

    A fingerprint is short, so who knows the key can try weak passwords against it: the file is for its owner alone.

    Raises:
        EvidenceError: the given key is too short, or the file is unreadable or readable by others.
    """
    if given is not None:
        key = given.strip().encode()
        if len(key) < _SHORTEST:
            raise EvidenceError(
                f"terpusat_fingerprint_key terlalu pendek; pakai sedikitnya {_SHORTEST} karakter acak di vault"
            )
        return key
    try:
        return _kept(path) or _make(path)
    except OSError as error:
        raise EvidenceError(
            f"kunci sidik rahasia {path} tidak dapat dibaca atau dibuat ({error.strerror}); periksa hak aksesnya"
        ) from error


def _kept(path: Path) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            mode = stat.S_IMODE(os.fstat(stream.fileno()).st_mode)
            content = stream.read().strip()
    except FileNotFoundError:
        return None
    if mode & 0o077:
        raise EvidenceError(f"kunci sidik rahasia {path} terbaca pengguna lain; jalankan: chmod 600 {path}")
    try:
        key = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise EvidenceError(
            f"kunci sidik rahasia {path} rusak; kembalikan dari cadangan, atau hapus agar dibuat baru (semua rahasia "
            "lalu tampak berubah satu kali)"
        )
    return key


def _make(path: Path) -> bytes:
    """Make the key; of several processes at once one wins and all use its key."""
    make_folder(path.parent)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(scratch, path)
    finally:
        Path(scratch).unlink(missing_ok=True)
    sync_folder(path.parent)
    key = _kept(path)
    if key is None:
        raise EvidenceError(f"kunci sidik rahasia {path} hilang saat dibuat; jalankan sekali lagi")
    return key
