# SPDX-License-Identifier: GPL-3.0-or-later
"""Over SSH: exec channels, files, two sessions and safe mode between them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from emulators.core import Farm, Personality
from emulators.core.farm import DeviceHandle
from emulators.routeros.services.safe_mode import LOST_AFTER_SECONDS

HEX = Personality(name="hex", platform="routeros", model="hEX", version="7.22.3", serial="HG1", reboot_seconds=0.05)
#: real seconds after which something has stopped for good
PATIENCE = 120.0


@pytest.fixture
def farm() -> Iterator[Farm]:
    small = HEX.copy(name="penuh", flags={"free_kib": 4})
    flash = HEX.copy(name="flash", model="hAP ac^2", version="6.49.18")
    with Farm([HEX, small, flash]) as running:
        yield running


async def connect(
    device: DeviceHandle, user: str = "admin+ct511w4098h", **options: object
) -> asyncssh.SSHClientConnection:
    return await asyncssh.connect(  # type: ignore[return-value]
        device.host, device.port, username=user, password=device.password, known_hosts=str(device.known_hosts),
        config=None, client_keys=options.pop("client_keys", None), **options,
    )  # fmt: skip


async def answer(connection: asyncssh.SSHClientConnection, command: str) -> str:
    """What an exec channel shows, with plain line ends."""
    return str((await connection.run(command)).stdout).replace("\r\n", "\n")


class Terminal:
    """A person at a terminal."""

    def __init__(self, process: "asyncssh.SSHClientProcess[str]") -> None:
        self.process = process

    @classmethod
    async def open(cls, connection: asyncssh.SSHClientConnection) -> "Terminal":
        terminal = cls(await connection.create_process(term_type="vt100", term_size=(511, 100)))
        await terminal.until("> ")
        return terminal

    async def until(self, end: str) -> str:
        text = ""
        async with asyncio.timeout(PATIENCE):
            while not text.endswith(end):
                text += await self.process.stdout.read(4096)
        return text

    async def type(self, keys: str, end: str = "> ") -> str:
        self.process.stdin.write(keys)
        return await self.until(end)


def test_an_exec_channel_answers_without_prompt(farm: Farm) -> None:
    async def work() -> None:
        async with await connect(farm["hex"]) as connection:
            done = await connection.run("/system identity print", encoding=None)
            assert done.stdout == b"  name: MikroTik\r\n"
            assert done.exit_status == 0
            assert (await connection.run("/tidak ada")).exit_status == 1
            refused = await connection.run("/ip address add address=x interface=ether1")
            assert refused.stdout == "invalid value for argument address (/ip/address/add; line 1)\r\n"
            assert refused.exit_status == 0

    asyncio.run(work())
    kinds = [(entry.kind, entry.text) for entry in farm["hex"].log() if entry.kind == "exec"]
    assert kinds[0] == ("exec", "/system identity print")


def test_files_up_and_down(farm: Farm, tmp_path: Path) -> None:
    (tmp_path / "a.rsc").write_text("/system identity set name=lewat-berkas\n")

    async def work() -> None:
        async with await connect(farm["hex"]) as connection:
            async with connection.start_sftp_client() as sftp:
                await sftp.put(str(tmp_path / "a.rsc"), "a.rsc")
            await asyncssh.scp(str(tmp_path / "a.rsc"), (connection, "b.rsc"))
            assert "name=a.rsc type=script size=39" in await answer(connection, "/file print terse")
            assert await answer(connection, "/import a.rsc") == "Script file loaded and executed successfully\n"
            await connection.run("/export file=hasil; /file remove a.rsc")
            await asyncssh.scp((connection, "hasil.rsc"), str(tmp_path / "unduh"))

    asyncio.run(work())
    assert "set name=lewat-berkas" in (tmp_path / "unduh").read_text()
    assert sorted(farm["hex"].files()) == ["b.rsc", "hasil.rsc"]


def test_a_full_flash_refuses(farm: Farm, tmp_path: Path) -> None:
    (tmp_path / "besar").write_bytes(b"#" * 5000)

    async def work() -> None:
        async with await connect(farm["penuh"]) as connection:
            async with connection.start_sftp_client() as sftp:
                with pytest.raises(asyncssh.SFTPError):
                    await sftp.put(str(tmp_path / "besar"), "besar")
            with pytest.raises(asyncssh.Error):
                await asyncssh.scp(str(tmp_path / "besar"), (connection, "besar"))
            assert "not enough space" in str(
                (await connection.run('/file add name=x contents="' + "y" * 5000 + '"')).stdout
            )

    asyncio.run(work())
    assert farm["penuh"].files() == {}


def test_a_restart_keeps_the_configuration_and_drops_memory(farm: Farm) -> None:
    device = farm["flash"]

    async def work() -> None:
        async with await connect(device) as connection:
            async with connection.start_sftp_client() as sftp:
                for name in ("flash/tetap.rsc", "hilang.rsc"):
                    async with sftp.open(name, "w") as file:
                        await file.write(":nothing\n")
            assert await answer(connection, ':put [/file get [find name="flash"] type]') == "disk\n"
            await connection.run("/system identity set name=tetap")
            await connection.run("/system reboot")

    asyncio.run(work())
    device.wait_for(lambda inside: any(entry.text == "reboot" for entry in inside.log), PATIENCE)
    device.wait_up(PATIENCE)
    assert "set name=tetap" in device.config()
    assert list(device.files()) == ["flash/tetap.rsc"]


def test_a_key_replaces_the_password(farm: Farm) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def work() -> None:
        device = farm["hex"]
        async with await connect(device) as connection:
            async with connection.start_sftp_client() as sftp, sftp.open("kunci.pub", "w") as file:
                await file.write(key.export_public_key().decode())
            assert await answer(connection, "/user ssh-keys import user=admin public-key-file=kunci.pub") == ""
        async with await connect(device, client_keys=[key]) as connection:
            assert await answer(connection, ":put [:len [/user ssh-keys find]]") == "1\n"
        with pytest.raises(asyncssh.PermissionDenied):
            await connect(device)

    asyncio.run(work())


ADD = "/ip address add address=10.0.0.1/24 interface=ether1\r"


def test_safe_mode_and_the_ways_out(farm: Farm) -> None:
    device = farm["hex"]

    async def work() -> None:
        async with await connect(device) as connection:
            terminal = await Terminal.open(connection)
            assert "Taking Safe Mode session... Success!" in await terminal.type("\x18", "<SAFE> ")
            await terminal.type(ADD, "<SAFE> ")
            assert "10.0.0.1" in device.config()
            terminal.process.stdin.write("\x04")
            await terminal.process.wait()
        assert "10.0.0.1" not in device.config()
        async with await connect(device) as connection:
            terminal = await Terminal.open(connection)
            await terminal.type("\x18", "<SAFE> ")
            await terminal.type(ADD, "<SAFE> ")
            assert "Releasing Safe Mode... Success!" in await terminal.type("\x18")
            assert "10.0.0.1" in device.config()
            await terminal.type("/safe-mode take on-error=unroll\r", "<SAFE> ")
            await terminal.type("/ip address remove [find]\r", "<SAFE> ")
            assert "current: yes" in await terminal.type("/safe-mode print\r", "<SAFE> ")
            assert "Unrolling" in await terminal.type("/safe-mode unroll\r")
            assert "10.0.0.1" in device.config()
            await terminal.type("/safe-mode toggle\r", "<SAFE> ")
            await terminal.type("/ip address remove [find]\r", "<SAFE> ")
            terminal.process.stdin.write("/quit\r")
            await terminal.process.wait()
        assert "10.0.0.1" not in device.config()

    asyncio.run(work())


def test_safe_mode_of_six(farm: Farm) -> None:
    async def work() -> None:
        async with await connect(farm["flash"]) as connection:
            terminal = await Terminal.open(connection)
            assert "[Safe Mode taken]" in await terminal.type("\x18", "<SAFE> ")
            async with await connect(farm["flash"]) as other:
                second = await Terminal.open(other)
                assert "Hijacking Safe Mode from someone" in await second.type("\x18", "[u/r/d]: ")
                await second.type("d")
            assert "[Safe Mode released]" in await terminal.type("\x18")

    asyncio.run(work())


def test_a_lost_session_is_undone(farm: Farm) -> None:
    device = farm["hex"]

    async def work() -> None:
        connection = await connect(device)
        terminal = await Terminal.open(connection)
        await terminal.type("\x18", "<SAFE> ")
        await terminal.type(ADD, "<SAFE> ")
        connection.abort()
        await connection.wait_closed()

    asyncio.run(work())
    device.wait_for(lambda inside: not inside.sessions, PATIENCE)
    assert "10.0.0.1" in device.config()
    device.advance(LOST_AFTER_SECONDS)
    device.wait_for(lambda inside: "10.0.0.1" not in inside.config(), PATIENCE)


def test_a_second_taker_is_asked(farm: Farm) -> None:
    device = farm["hex"]

    async def work() -> None:
        async with await connect(device) as one, await connect(device) as two:
            first, second = await Terminal.open(one), await Terminal.open(two)
            await first.type("\x18", "<SAFE> ")
            await first.type(ADD, "<SAFE> ")
            assert "taken by current user in another session" in await second.type("\x18", "[u/r]? ")
            await second.type("x")
            assert "10.0.0.1" in device.config()
            await second.type("\x18", "[u/r]? ")
            assert "Success!" in await second.type("u", "<SAFE> ")
            assert "10.0.0.1" not in device.config()
            assert "released by another user" in await first.type("\r")
            assert "by current user in another session. Action aborted." in await first.type("/safe-mode take\r")

    asyncio.run(work())


def test_more_than_a_hundred_actions_end_it_silently(farm: Farm) -> None:
    device = farm["hex"]

    async def work() -> None:
        async with await connect(device) as connection:
            terminal = await Terminal.open(connection)
            await terminal.type("\x18", "<SAFE> ")
            line = ":for i from=1 to={} do={{ /ip firewall address-list add list=x address=(10.0.0.0 + $i) }}\r"
            await terminal.type(line.format(100), "<SAFE> ")
            shown = await terminal.type("/ip firewall address-list add list=y address=10.1.1.1\r")
            assert "SAFE" not in shown.rsplit("\r", 1)[-1]
        assert device.config().count("list=x") == 100

    asyncio.run(work())


def test_long_output_is_paged_unless_the_login_says_how_high_the_terminal_is(farm: Farm) -> None:
    device = farm["hex"]

    async def work() -> None:
        async with await connect(device, "admin+ct80w24h") as connection:
            terminal = await Terminal.open(connection)
            shown = await terminal.type("/queue type print detail\r", "down]")
            assert shown.endswith("-- [Q quit|D dump|down]")
            rest = await terminal.type("q")
            assert "default-small" not in rest
        async with await connect(device) as connection:
            terminal = await Terminal.open(connection)
            assert "default-small" in await terminal.type("/queue type print detail\r")

    asyncio.run(work())


#: How many lines a file has: what is cut off would go on for a minute of 10 ms each, what ends by itself takes a blink.
LINES = {"lost session": 6000, "power cut": 6000, "background": 20}


def lines(count: int) -> str:
    numbers = (f"10.{n // 250}.{n % 250}.0/24" for n in range(count))
    return "/ip firewall address-list\n" + "".join(f"add list=x address={number}\n" for number in numbers)


@pytest.mark.parametrize("how", LINES)
def test_an_import_that_is_interrupted(how: str) -> None:
    """Lines take time; what a session runs ends with it, what the device runs by itself does not."""
    slow = HEX.copy(name="lambat", flags={"line_ms": 10})
    with Farm([slow]) as farm:
        device = farm["lambat"]

        async def work() -> None:
            connection = await connect(device)
            async with connection.start_sftp_client() as sftp, sftp.open("a.rsc", "w") as file:
                await file.write(lines(LINES[how]))
            if how == "background":
                await connection.run(':execute script="/import a.rsc"')
            else:
                await connection.create_process("/import a.rsc")
                while device.config().count("list=x") < 3:
                    await asyncio.sleep(0.005)
            if how == "power cut":
                device.reboot()
            connection.abort()
            await connection.wait_closed()

        asyncio.run(work())
        if how == "background":
            device.wait_for(lambda inside: inside.config().count("list=x") == LINES[how], PATIENCE)
            return
        device.wait_for(lambda inside: not inside.sessions, PATIENCE)
        device.wait_up(PATIENCE)
        reached = device.config().count("list=x")
        assert 3 <= reached < LINES[how]
        assert device.config().count("list=x") == reached
