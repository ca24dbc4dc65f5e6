# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP with a provider: what it hears of us, what we believe of it, and who carries when the session comes and goes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from government import CENTRAL, INTERNET, REGISTER, Office
from labkit import provider_bgp
from labkit.running import RunningLab
from own_inventory import OwnInventory
from test_lines import BORDER, MAIN, SETTLED, active, asked_as, broken, outage, start_pings

LINE = next(circuit for circuit in REGISTER.circuits if circuit.bgp is not None)
PROVIDER = LINE.id
ANNOUNCED = REGISTER.government.bgp
assert ANNOUNCED is not None
PREFIXES = [str(prefix) for prefix in ANNOUNCED.prefixes]
#: seconds: the provider calls every five, and a hold time is thirty
UP, HOLD = 60, 30
#: nothing passes the provider's port any more, the cable stays up, and nobody is told
SILENCE = "add table ip bisu" + "".join(
    f"; add chain ip bisu {hook} {{ type filter hook {hook} priority -500; policy accept; }}"
    f"; add rule ip bisu {hook} {way} eth0 drop"
    for hook, way in (("prerouting", "iifname"), ("postrouting", "oifname"))
)


def bgp(lab: RunningLab, node: str, question: str) -> dict[str, Any]:
    shown = lab.exec(node, f"vtysh -c 'show bgp {question} json'").stdout
    return dict(json.loads(shown or "{}"))


def established(lab: RunningLab) -> bool:
    peers = bgp(lab, BORDER, "ipv4 unicast summary").get("peers", {})
    return bool(peers) and all(peer["state"] == "Established" for peer in peers.values())


def default(lab: RunningLab) -> dict[str, Any]:
    """The default route of the border's main table that wins."""
    routes = json.loads(lab.exec(BORDER, "ip -j route show exact default").stdout or "[]")
    return min(routes, key=lambda route: int(route.get("metric", 0)), default={})


@pytest.fixture
def session(lab: RunningLab) -> RunningLab:
    assert lab.wait(lambda: established(lab), UP, 1), lab.exec(BORDER, "vtysh -c 'show bgp summary'").stdout
    return lab


def test_the_provider_hears_our_prefixes_and_nothing_else(session: RunningLab) -> None:
    """It takes whatever we say, so its table is what we say."""
    assert LINE.handoff is not None
    ours = str(LINE.handoff.address.ip)

    def heard() -> dict[str, list[str]]:
        routes = bgp(session, PROVIDER, "ipv4 unicast")["routes"]
        return {
            prefix: path["path"].split()
            for prefix, paths in routes.items()
            for path in paths
            if path.get("peerId") == ours
        }

    assert session.wait(lambda: sorted(heard()) == PREFIXES, UP, 1), heard()
    number = str(REGISTER.government.asn)
    assert all(path == [number] * 4 for path in heard().values()), "a spare line's path is three longer"
    for prefix in PREFIXES:
        assert "proto bgp" in session.exec(PROVIDER, f"ip route show {prefix}").stdout


def test_nothing_but_a_default_route_is_believed(session: RunningLab) -> None:
    """The provider announces the offices' own pool, half of our prefix and somebody's network as well."""
    lies = {str(REGISTER.government.address_pools.office_lan), str(provider_bgp.FOREIGN)}
    told = bgp(session, PROVIDER, f"ipv4 unicast neighbors {_customer()} advertised-routes")["advertisedRoutes"]
    assert lies <= set(told), told
    believed = {
        prefix
        for prefix, paths in bgp(session, BORDER, "ipv4 unicast")["routes"].items()
        if any(path.get("peerId") not in (None, "", "(unspec)") for path in paths)
    }
    assert believed == {"0.0.0.0/0"}
    shown = session.exec(BORDER, "ip route show proto bgp; ip route show table main").stdout
    assert str(provider_bgp.FOREIGN) not in shown


def test_a_stranger_is_not_spoken_to(session: RunningLab) -> None:
    """Port 179 is open for the provider's router only, and the password is asked for."""
    assert LINE.handoff is not None
    ours = LINE.handoff.address.ip
    knock = f"timeout 5 bash -c 'exec 3<>/dev/tcp/{ours}/179'"
    assert session.exec(MAIN, knock).returncode != 0
    assert session.exec("internet", knock).returncode != 0
    assert session.exec(PROVIDER, knock).returncode != 0, "without the password the kernel does not answer"


def test_the_session_carries_when_the_static_main_line_is_dead(session: RunningLab) -> None:
    office = CENTRAL[0]
    assert session.wait(lambda: active(session, BORDER) == MAIN, SETTLED, 1)
    with broken(session, MAIN, *(f"sysctl -qw net.ipv4.ip_forward={on}" for on in (0, 1))):
        assert session.wait(lambda: active(session, BORDER) == LINE.id, SETTLED, 1), active(session, BORDER)
        assert default(session)["protocol"] == "bgp"
        assert session.wait(lambda: _reaches(session, office), 20, 1)
        assert ANNOUNCED is not None
        assert asked_as(session, office) == str(ANNOUNCED.nat_address), "the internet sees our own address"
    assert session.wait(lambda: active(session, BORDER) == MAIN, SETTLED, 1)


@pytest.fixture
def carrying(session: RunningLab, tmp_path: Path) -> Iterator[RunningLab]:
    """The two lines have changed roles: the session is the main line, and the static one its spare."""
    own = OwnInventory.copy(tmp_path, session)
    path = own.register("circuits")
    data = yaml.safe_load(path.read_text())
    main, spare = (next(known for known in data["circuits"] if known["id"] == name) for name in (MAIN, LINE.id))
    # The capacity as well: what the offices were granted must still fit into the main line.
    for key in ("role", "capacity"):
        main[key], spare[key] = spare[key], main[key]
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    limited = ("--limit", BORDER)
    try:
        done = own.play("network.yml", *limited)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        yield session
    finally:
        back = OwnInventory.copy(tmp_path / "semula", session).play("network.yml", *limited)
        assert back.returncode == 0, back.stdout[-4000:]
        assert session.wait(lambda: active(session, BORDER) == MAIN, SETTLED, 1)


@pytest.mark.walk  # the border is configured anew before and after
def test_when_the_session_dies_the_other_line_carries(
    carrying: RunningLab, record_property: pytest.RecordProperty
) -> None:
    """First the provider's bgpd is killed, then its router falls silent with the cable up, the worst case."""
    office = CENTRAL[0]
    assert carrying.wait(lambda: established(carrying) and active(carrying, BORDER) == LINE.id, UP, 1)
    plain = str(REGISTER.government.asn)
    assert carrying.wait(lambda: _path(carrying) == plain, UP, 1), f"jalur utama: {_path(carrying)}, bukan {plain}"
    silent = (f"nft '{SILENCE}'", "nft delete table ip bisu")
    for name, breaks, mends, limit in (
        ("bgpd dimatikan", "systemctl stop frr", "systemctl start frr", HOLD),
        ("jalur bungkam", *silent, 2 * HOLD),
    ):
        start_pings(carrying, office)
        began = time.monotonic()
        with broken(carrying, PROVIDER, breaks, mends):
            assert carrying.wait(lambda: active(carrying, BORDER) == MAIN, limit, 0.5), f"{name}: {default(carrying)}"
            moved = time.monotonic() - began
            assert carrying.wait(lambda: _reaches(carrying, office), 20, 1), name
            seconds = outage(carrying, office)
        record_property(f"bgp {name}", f"{moved:.1f} s")
        print(f"{name}: jalur berpindah sesudah {moved:.1f} detik, kantor {seconds:.1f} detik tanpa jawaban")
        assert carrying.wait(lambda: active(carrying, BORDER) == LINE.id, UP + HOLD, 1), f"{name}: tidak kembali"
        assert carrying.wait(lambda: _reaches(carrying, office), 20, 1)


def _path(lab: RunningLab) -> str:
    """How the provider sees the first of our prefixes."""
    return str(bgp(lab, PROVIDER, "ipv4 unicast").get("routes", {}).get(PREFIXES[0], [{"path": "-"}])[0]["path"])


def _reaches(lab: RunningLab, office: Office) -> bool:
    return lab.exec_client(office.place, f"ping -c 1 -W 2 {INTERNET}").returncode == 0


def _customer() -> str:
    assert LINE.handoff is not None
    return str(LINE.handoff.address.ip)
