# SPDX-License-Identifier: GPL-3.0-or-later
"""Many devices at once, in a thread and as a process."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest

from emulators.core import Farm, Personality
from emulators.core.clock import Clock

TESTS = Path(__file__).parents[3]


def fleet(count: int, **changes) -> list[Personality]:
    one = Personality.load("ios-access", **changes)
    return [one.copy(name=f"sw{number}") for number in range(count)]


def test_two_hundred_devices_answer_at_the_same_time():
    with Farm(fleet(200)) as farm:

        async def ask(device) -> str:
            async with asyncssh.connect(
                device.host,
                device.port,
                username=device.user,
                password=device.password,
                known_hosts=str(farm.known_hosts),
                client_keys=None,
                config=None,
                kex_algs=["curve25519-sha256"],
            ) as connection:
                result = await connection.run("show running-config | include ^hostname")
                return str(result.stdout)

        async def ask_all() -> list[str]:
            # All connections are open together: 200 sessions at one time.
            return await asyncio.gather(*(ask(device) for device in farm))

        answers = asyncio.run(ask_all())
        assert answers == ["\r\nhostname sw-dinkes\r\n"] * 200
        assert len({device.host for device in farm}) == 200
        assert len({device.host_key for device in farm}) == 200
        assert all(device.commands == 1 for device in farm)


def test_devices_share_nothing():
    with Farm(fleet(2)) as farm:
        first, second = farm["sw0"], farm["sw1"]
        first.ask(lambda box: box.running.line(box.running.root, "hostname lain"))
        assert "hostname lain" in first.config()
        assert "hostname sw-dinkes" in second.config()


def test_latency_is_per_command():
    with Farm(fleet(5, latency_ms=200)) as farm:

        async def ask_all() -> float:
            loop = asyncio.get_running_loop()
            connections = [
                await asyncssh.connect(
                    d.host,
                    d.port,
                    username=d.user,
                    password=d.password,
                    known_hosts=None,
                    client_keys=None,
                    config=None,
                )
                for d in farm
            ]
            start = loop.time()
            await asyncio.gather(*(c.run("show clock") for c in connections))
            spent = loop.time() - start
            for connection in connections:
                connection.close()
            return spent

        assert asyncio.run(ask_all()) >= 0.2


def test_rsa_host_key():
    with Farm([Personality.load("ios-access", name="sw1", host_key="rsa")]) as farm:
        assert farm["sw1"].host_key.startswith("ssh-rsa ")


def test_names_must_differ():
    with pytest.raises(ValueError, match="ganda"):
        Farm([Personality("a", "ios"), Personality("a", "ios")])


def test_a_platform_without_an_emulator():
    with pytest.raises(ValueError, match="tidak punya emulator"), Farm([Personality("a", "nxos")]):
        pass


def test_personality_file_with_an_unknown_key(tmp_path):
    path = tmp_path / "x.yml"
    path.write_text("platform: ios\nlatensi: 5\n")
    with pytest.raises(ValueError, match="latensi"):
        Personality.load(path)


def test_a_bad_seed_is_told():
    seed = "hostname ok\nbogus\n"
    with (
        Farm([Personality("sw1", "ios", version="15.2(7)E", seed=seed)]) as farm,
        pytest.raises(ValueError, match="bogus"),
    ):
        farm["sw1"].config()


def test_stopping_a_farm_closes_everything():
    farm = Farm(fleet(3))
    farm.start()
    device = farm["sw1"]
    connection = socket.create_connection((device.host, device.port), timeout=30)
    assert connection.recv(4) == b"SSH-"
    farm.stop()
    connection.settimeout(30)
    rest = b"x"
    while rest:
        try:
            rest = connection.recv(4096)
        except ConnectionResetError:
            rest = b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((device.host, device.port), timeout=30)
    assert not farm.folder.exists()


def test_timers_fire_in_device_time_and_die_with_a_reboot():
    async def run() -> list[str]:
        clock, fired = Clock(), []
        clock.after(5, lambda: fired.append("five"))
        late = clock.after(6000, lambda: fired.append("late"))
        assert 5900 < late.remaining <= 6000
        clock.advance(20)
        await asyncio.sleep(0.05)
        assert late.pending
        clock.cancel_all()
        clock.advance(6000)
        await asyncio.sleep(0.05)
        assert not late.pending
        return fired

    assert asyncio.run(run()) == ["five"]


def test_timers_fire_by_themselves_as_many_times_faster_as_the_scale_says():
    async def run() -> bool:
        clock, fired = Clock(scale=600), asyncio.Event()
        clock.after(60, fired.set)
        await asyncio.wait_for(fired.wait(), 30)
        return True

    assert asyncio.run(run())


def test_as_a_process():
    process = subprocess.Popen(
        [sys.executable, "-m", "emulators", "--personality", "ios-access", "--count", "3", "--port", "2223"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] is True
    assert [device["name"] for device in ready["devices"]] == ["ios0001", "ios0002", "ios0003"]
    assert {device["port"] for device in ready["devices"]} == {2223}
    folder = Path(ready["known_hosts"])
    assert len(folder.read_text().splitlines()) == 3
    with socket.create_connection((ready["devices"][2]["host"], 2223), timeout=30) as connection:
        assert connection.recv(100).startswith(b"SSH-2.0-Cisco-1.25")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert not folder.exists()


def test_a_process_ends_with_its_standard_input():
    process = subprocess.run(
        [sys.executable, "-m", "emulators", "--personality", "ios-core"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        check=True,
    )
    assert json.loads(process.stdout)["devices"][0]["name"] == "ios-core"
