# SPDX-License-Identifier: GPL-3.0-or-later
"""Files by SCP and SFTP, and the faults that strike them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from emulators.core import DropAt, Farm, FreezeAt, Personality
from emulators.core import farm as farm_module
from emulators.ios.device import Device as IosDevice


class Storage(IosDevice):
    """Any platform with SFTP."""

    sftp = True


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    original = farm_module.device_class
    farm_module.device_class = lambda _platform: Storage
    try:
        with Farm([Personality.load("ios-access", name="sw1")]) as farm:
            yield farm
    finally:
        farm_module.device_class = original


@pytest.fixture
def device(farm):
    yield farm["sw1"]
    farm["sw1"].clear_faults()


def connect(device):
    return asyncssh.connect(
        device.host,
        device.port,
        username=device.user,
        password=device.password,
        known_hosts=str(device.known_hosts),
        client_keys=None,
        config=None,
    )


def put(device, path: Path, target: str, method: str) -> None:
    async def run() -> None:
        async with connect(device) as connection:
            if method == "scp":
                await asyncssh.scp(str(path), (connection, target))
            else:
                async with connection.start_sftp_client() as client:
                    await client.put(str(path), target)

    asyncio.run(run())


@pytest.mark.parametrize("method", ["scp", "sftp"])
@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_there_and_back(device, tmp_path, method, size):
    data = bytes(number % 251 for number in range(size))
    source, back = tmp_path / "a", tmp_path / "b"
    source.write_bytes(data)
    put(device, source, "flash:berkas", method)
    assert device.files()["berkas"] == data
    assert device.log()[-2].kind == "upload"

    async def fetch() -> None:
        async with connect(device) as connection:
            if method == "scp":
                await asyncssh.scp((connection, "flash:berkas"), str(back))
            else:
                async with connection.start_sftp_client() as client:
                    await client.get("/berkas", str(back))

    asyncio.run(fetch())
    assert back.read_bytes() == data


@pytest.mark.parametrize("method", ["scp", "sftp"])
def test_a_drop_before_leaves_no_file_after_leaves_it_whole(device, tmp_path, method):
    source = tmp_path / "a"
    source.write_bytes(b"isi")
    for after in (False, True):
        device.clear_faults()
        device.fault(DropAt(1, after=after))
        with pytest.raises((asyncssh.Error, OSError)):
            put(device, source, f"flash:{method}{after}", method)
        assert (f"{method}{after}" in device.files()) is after


def test_a_frozen_upload_hangs(device, tmp_path):
    source = tmp_path / "a"
    source.write_bytes(b"isi")
    device.fault(FreezeAt(1))

    async def run() -> None:
        async with connect(device) as connection:
            await asyncio.wait_for(asyncssh.scp(str(source), (connection, "flash:x")), 0.3)

    with pytest.raises(TimeoutError):
        asyncio.run(run())
    assert "x" not in device.files()


def test_sftp_lists_and_removes(device, tmp_path):
    source = tmp_path / "a"
    source.write_bytes(b"12345")
    put(device, source, "flash:daftar", "sftp")

    async def run() -> tuple[list[str], int]:
        async with connect(device) as connection, connection.start_sftp_client() as client:
            names = await client.listdir("/")
            size = (await client.stat("/daftar")).size
            await client.remove("/daftar")
            with pytest.raises(asyncssh.SFTPNoSuchFile):
                await client.stat("/daftar")
            return list(names), size or 0

    names, size = asyncio.run(run())
    assert "daftar" in names
    assert size == 5


def test_a_missing_file_by_scp(device, tmp_path):
    async def run() -> None:
        async with connect(device) as connection:
            await asyncssh.scp((connection, "flash:tidakada"), str(tmp_path / "x"))

    with pytest.raises(asyncssh.SFTPError, match="No such file"):
        asyncio.run(run())
