# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of known_hosts files, against paramiko's own reading of the same file."""

from __future__ import annotations

import pathlib

import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.known_hosts import keys_of

EC, REVOKED = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()
OTHER = paramiko.ECDSAKey.generate(bits=384)


def line(names: str, key: paramiko.PKey) -> str:
    return f"{names} {key.get_name()} {key.get_base64()} catatan\n"


TEXT = (
    "# catatan\n\n"
    + line("rt1,10.0.0.1", EC)
    + line("10.0.0.1", OTHER)
    + line("[10.0.0.2]:2222", EC)
    + line(paramiko.HostKeys.hash_host("10.0.0.3"), EC)
    + line(paramiko.HostKeys.hash_host("[10.0.0.3]:2222"), OTHER)
    + "@revoked " + line("*", REVOKED)
    + "10.0.0.5 ecdsa-sha2-nistp256 rusak\n"
    + "10.0.0.6\n"
    + "|1|rusak 10.0.0.7 x\n"
)  # fmt: skip
HOSTS = [("rt1", 22), *((f"10.0.0.{n}", port) for n in range(1, 8) for port in (22, 2222))]


@pytest.mark.parametrize(("host", "port"), HOSTS)
def test_the_same_keys_as_paramiko_finds(tmp_path: pathlib.Path, host: str, port: int) -> None:
    path = tmp_path / "known"
    path.write_text(TEXT)
    readable = tmp_path / "readable"
    # paramiko stops at the first line that it cannot read.
    kept = (text for text in TEXT.splitlines(True) if len(text) > 60 and not text.startswith("@"))
    readable.write_text("".join(kept))
    theirs = paramiko.HostKeys(str(readable)).lookup(host if port == 22 else f"[{host}]:{port}")
    ours = keys_of(str(path), host, port)
    assert {(key.get_name(), key.get_base64()) for key in ours} == {
        (name, key.get_base64()) for name, key in (theirs or {}).items()
    }


def test_there_are_keys_to_find(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "known"
    path.write_text(TEXT)
    assert [len(keys_of(str(path), host, port)) for host, port in HOSTS].count(0) == 10
    assert len(keys_of(str(path), "10.0.0.1", 22)) == 2


def test_a_revoked_key_is_nobodys(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "known"
    path.write_text(line("10.0.0.1", REVOKED) + line("10.0.0.1", EC) + "@revoked " + line("*", REVOKED))
    assert keys_of(str(path), "10.0.0.1", 22) == [EC]


def test_a_changed_file_is_read_again_and_a_missing_one_is_empty(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "known"
    path.write_text(line("10.0.0.1", EC))
    assert len(keys_of(str(path), "10.0.0.1", 22)) == 1
    path.write_text(line("10.0.0.9", EC) * 2)
    assert keys_of(str(path), "10.0.0.1", 22) == []
    path.unlink()
    assert keys_of(str(path), "10.0.0.9", 22) == []
