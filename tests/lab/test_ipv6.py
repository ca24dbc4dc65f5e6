# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 beside IPv4: people get it by themselves, and it opens nothing that IPv4 keeps shut.

The lab has IPv6 numbers and a provider that routes them; these tests switch it on (``dual_stack``) and off again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv6Address, IPv6Interface, IPv6Network

import pytest
from government import ALLOCATIONS, CENTRAL, DEVICES, INTERNET, OFFICES, PARALLEL, REGISTER, Office, segment
from labkit import world
from labkit.running import RunningLab
from own_inventory import OwnInventory
from reach import tcp
from test_lines import MAIN, active, broken

pytestmark = pytest.mark.walk

BORDER = next(device.name for device in DEVICES if device.role == "border_router")
CORE = next(device.name for device in DEVICES if device.role == "core_switch")
WEB = str(world.WEB_ADDRESS6)
PREFIX = REGISTER.government.address_pools.ipv6
GRANT = REGISTER.government.access[0]
SETTLED = 60
#: somebody's service on a PC, on the port that one office may ask of another and on one that nobody may
OPEN, SHUT = GRANT.ports[0], 8080
VISITOR_OFFICE, _ = segment("public_wifi")
CAMERA_OFFICE, _ = segment("cctv")
VISITOR = f"tamu-{VISITOR_OFFICE.place.replace('/', '-')}"
CAMERA = f"camera-{CAMERA_OFFICE.place.replace('/', '-')}"


@pytest.fixture(scope="module", autouse=True)
def dual_stack(lab: RunningLab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    own = OwnInventory.copy(tmp_path_factory.mktemp("dual-stack"), lab)
    path = own.register("government")
    plain = path.read_text()
    path.write_text(plain.replace("  ospf_authentication: true\n", "  ospf_authentication: true\n  dual_stack: true\n"))
    try:
        done = own.play("network.yml", timeout=900)
        assert done.returncode == 0, done.stdout[-3000:]
        yield
    finally:
        path.write_text(plain)
        done = own.play("network.yml", timeout=900)
    assert done.returncode == 0, done.stdout[-3000:]


def lan6(office: Office) -> IPv6Network:
    return IPv6Network(ALLOCATIONS["locations"][office.place]["lan6"])


def gateway6(office: Office) -> str:
    return str(lan6(office)[1])


def addresses(lab: RunningLab, node: str) -> list[IPv6Address]:
    """The addresses of a node's eth0 that others may use: not link-local, and found free."""
    shown = json.loads(lab.exec(node, "ip -6 -j address show dev eth0 scope global -tentative").stdout or "[]")
    entries = [entry for link in shown for entry in link.get("addr_info", ()) if "local" in entry]
    return [IPv6Interface(f"{entry['local']}/{entry['prefixlen']}").ip for entry in entries]


@pytest.fixture(scope="module")
def pcs(lab: RunningLab) -> dict[str, str]:
    """Place -> the address that its PC made."""
    found: dict[str, str] = {}
    for office in OFFICES:
        node = lab.client(office.place)
        assert lab.wait(lambda node=node: addresses(lab, node) != [], SETTLED, 1), f"{node} tidak mendapat alamat IPv6"
        (address,) = addresses(lab, node)
        assert address in lan6(office), node
        found[office.place] = str(address)
    return found


@pytest.fixture(scope="module")
def listeners(lab: RunningLab, pcs: dict[str, str]) -> Iterator[dict[str, str]]:
    """``pcs``, each with something that answers on two ports."""
    nodes = [lab.client(place) for place in pcs]
    for node in nodes:
        for port in (OPEN, SHUT):
            serve = f"python3 -m http.server {port} --bind :: --directory /srv"
            lab.exec(node, f"systemd-run --quiet --collect --unit=uji-v6-{port} {serve}")
    for place, node in zip(pcs, nodes, strict=True):
        ready = [(pcs[place], OPEN), (pcs[place], SHUT)]
        assert lab.wait(lambda n=node, r=ready: set(tcp(lab, n, r).values()) == {"open"}, 20, 1), node
    yield pcs
    for node in nodes:
        lab.exec(node, f"systemctl stop uji-v6-{OPEN} uji-v6-{SHUT}")


def device_addresses6() -> list[str]:
    found = [str(address) for name, address in ALLOCATIONS["loopbacks6"].items() if REGISTER.device(name).in_service]
    for end, link in ALLOCATIONS["links"].items():
        if REGISTER.device(end.split(":")[0]).in_service:
            network = IPv6Network(link["subnet6"])
            found += [str(network[0]), str(network[1])]
    return found + [gateway6(office) for office in OFFICES]


@contextmanager
def heard(lab: RunningLab, node: str, interface: str, what: str) -> Iterator[list[str]]:
    """The packets that pass an interface meanwhile; the list is full when the block has ended."""
    seen: list[str] = []
    lab.exec(node, f"(timeout 60 tcpdump -l -n -i {interface} '{what}' >/run/uji-heard 2>/dev/null &) ; sleep 1.5")
    try:
        yield seen
    finally:
        lab.exec(node, "sleep 0.7; pkill -x tcpdump; sleep 0.3")
        seen += filter(None, lab.exec(node, "cat /run/uji-heard").stdout.splitlines())


def way(lab: RunningLab, node: str, address: str) -> str:
    """The interface by which a node sends to an address."""
    words = lab.exec(node, f"ip -6 route get {address}").stdout.split()
    return words[words.index("dev") + 1]


def test_a_pc_makes_its_own_address_and_learns_its_resolver_without_dhcp(lab: RunningLab, pcs: dict[str, str]) -> None:
    for office in OFFICES:
        node = lab.client(office.place)
        assert pcs[office.place].startswith(str(lan6(office)[0]).removesuffix("::"))
        assert gateway6(office) in lab.exec(node, "resolvectl dns eth0").stdout, node
        answer = lab.exec(node, f"dig +short +time=3 @{gateway6(office)} AAAA {world.WEB_NAME6}").stdout.strip()
        assert answer == WEB, f"{node}: {answer!r}"


@pytest.mark.parametrize("office", CENTRAL, ids=str)
def test_an_office_is_known_in_the_world_by_its_own_address(
    lab: RunningLab, pcs: dict[str, str], office: Office
) -> None:

    def page() -> str:
        return lab.exec_client(office.place, f"curl -sS -m 10 http://{world.WEB_NAME6}/ 2>&1").stdout

    # OSPFv3 was only just switched on; from here on it must hold.
    assert lab.wait(lambda: "Halaman di internet" in page(), SETTLED, 1), page()
    log = lab.exec(world.INTERNET, "journalctl -o cat -u world-web6 -n 50").stdout
    assert pcs[office.place] in log, "nothing is translated"


@pytest.mark.parametrize("office", PARALLEL, ids=str)
def test_an_office_on_its_own_line_is_not_led_to_ours(lab: RunningLab, pcs: dict[str, str], office: Office) -> None:
    assert pcs[office.place]
    node = lab.client(office.place)
    assert lab.exec(node, "ip -6 route show default").stdout == ""
    assert "Halaman" in lab.exec(node, f"curl -s -m 10 http://{world.WEB_NAME}/").stdout, "IPv4 by its own line"


def test_offices_reach_each_other_by_permission_only(lab: RunningLab, listeners: dict[str, str]) -> None:
    permitted = {(GRANT.source, GRANT.target)}
    wrong = []
    for office in CENTRAL:
        targets = [(listeners[o.place], port) for o in OFFICES if o != office for port in (OPEN, SHUT)]
        places = {address: place for place, address in listeners.items()}
        for (address, port), outcome in tcp(lab, lab.client(office.place), targets).items():
            may = (office.place, places[address]) in permitted and port == OPEN
            if (outcome == "open") != may:
                wrong.append(f"{office} ke {places[address]} port {port}: {outcome}")
    assert wrong == []


def test_it_is_the_filter_that_keeps_offices_apart(lab: RunningLab, listeners: dict[str, str]) -> None:
    """Without the rules the same packets arrive: so the test above would see their removal."""
    sender = next(office for office in CENTRAL if office.place == GRANT.source)
    target = next(office for office in CENTRAL if office.place == GRANT.target)
    asked = (listeners[target.place], SHUT)
    routers = (sender.router, CORE, target.router)
    assert tcp(lab, lab.client(sender.place), [asked])[asked] != "open"
    for router in routers:
        lab.exec(router, "nft insert rule inet terpusat forward meta nfproto ipv6 accept")
    try:
        assert tcp(lab, lab.client(sender.place), [asked])[asked] == "open"
    finally:
        for router in routers:
            lab.exec(router, "nft -f /etc/nftables.conf")
    assert tcp(lab, lab.client(sender.place), [asked])[asked] != "open"


def test_people_reach_no_router_but_their_resolver(lab: RunningLab) -> None:
    for office in CENTRAL:
        targets = [(address, port) for address in device_addresses6() for port in (22, 53, 161, 179, 2601)]
        outcomes = tcp(lab, lab.client(office.place), targets, patience=1.5)
        opened = {target for target, outcome in outcomes.items() if outcome == "open"}
        assert opened == {(gateway6(office), 53)}, office


def test_the_world_opens_nothing_inwards(lab: RunningLab, listeners: dict[str, str]) -> None:
    targets = [(address, port) for address in listeners.values() for port in (OPEN, SHUT, 22)]
    targets += [(address, port) for address in device_addresses6() for port in (22, 53, 161, 2601)]
    handoff = REGISTER.circuit(MAIN).handoff6
    assert handoff is not None
    targets += [(str(handoff.address.ip), port) for port in (22, 53, 161, 2601)]
    first = next(iter(listeners.values()))
    with heard(lab, BORDER, way(lab, BORDER, WEB), f"ip6 dst host {first} and tcp") as arrived:
        outcomes = tcp(lab, world.INTERNET, targets, patience=1.5)
        lab.exec(world.INTERNET, f"ping -n -c 2 -i 0.3 -W 1 {first}")
    assert arrived, "nothing came to the border, so nothing is proven"
    assert set(outcomes.values()) == {"silent"}, {key: value for key, value in outcomes.items() if value != "silent"}


def test_nobody_speaks_under_another_name(lab: RunningLab, pcs: dict[str, str]) -> None:
    """From an office under another office's address and a stranger's; from the world under one of ours."""
    office, other = CENTRAL[0], CENTRAL[1]
    for lie in (str(lan6(other)[0xBAD]), "2001:db8:dead::1"):
        sends = f"ip -6 address add {lie}/128 dev lo nodad; ping -n -c 3 -i 0.3 -W 1 -I {lie} {WEB}; true"
        lan = way(lab, office.router, str(lan6(office)[2]))
        for interface, expected in ((lan, True), (way(lab, office.router, WEB), False)):
            try:
                with heard(lab, office.router, interface, f"ip6 src host {lie}") as seen:
                    lab.exec_client(office.place, sends)
            finally:
                lab.exec_client(office.place, f"ip -6 address del {lie}/128 dev lo")
            assert bool(seen) is expected, f"{lie} di {interface}: {seen}"
    ours = str(lan6(office)[0xBAD])
    inside = way(lab, BORDER, pcs[other.place])
    outside = way(lab, BORDER, WEB)
    ping = f"ping -n -c 3 -i 0.3 -W 1 -I {ours} {pcs[other.place]}; true"
    for interface, expected in ((outside, True), (inside, False)):
        lab.exec(world.INTERNET, f"ip -6 address add {ours}/128 dev lo nodad")
        try:
            with heard(lab, BORDER, interface, f"ip6 src host {ours}") as seen:
                lab.exec(world.INTERNET, ping)
        finally:
            lab.exec(world.INTERNET, f"ip -6 address del {ours}/128 dev lo")
        assert bool(seen) is expected, f"{ours} di {interface}: {seen}"


def test_visitors_reach_the_world_and_nothing_inside(lab: RunningLab, listeners: dict[str, str]) -> None:
    subnet = IPv6Network(ALLOCATIONS["locations"][VISITOR_OFFICE.place]["segments6"]["public_wifi"])
    assert lab.wait(lambda: addresses(lab, VISITOR) != [], SETTLED, 1), "tamu tidak mendapat alamat IPv6"
    assert all(address in subnet for address in addresses(lab, VISITOR))
    # Who learnt of a router that is no more (its interface was made anew) needs a moment to notice.
    page = f"curl -s -m 5 http://{world.WEB_NAME6}/"
    assert lab.wait(lambda: "Halaman" in lab.exec(VISITOR, page).stdout, SETTLED, 1)
    targets = [(address, port) for address in listeners.values() for port in (OPEN, SHUT)]
    targets += [(address, port) for address in device_addresses6() for port in (22, 53, 161)]
    opened = {target for target, outcome in tcp(lab, VISITOR, targets, patience=1.5).items() if outcome == "open"}
    assert opened == set(), opened


def test_cameras_have_no_ipv6_and_get_nowhere_with_one_of_their_own(lab: RunningLab, pcs: dict[str, str]) -> None:
    assert addresses(lab, CAMERA) == []
    assert "fe80" in lab.exec(CAMERA, "ip -6 address show dev eth0").stdout, "the camera would take part if it could"
    subnet = IPv6Network(ALLOCATIONS["locations"][CAMERA_OFFICE.place]["segments6"]["cctv"])
    lab.exec(CAMERA, f"ip -6 address add {subnet[9]}/64 dev eth0 nodad; ip -6 route add default via {subnet[1]}")
    try:
        targets = [(address, port) for address in (*pcs.values(), WEB, str(subnet[1])) for port in (22, 53, 80)]
        assert "open" not in tcp(lab, CAMERA, targets, patience=1.5).values()
    finally:
        lab.exec(CAMERA, f"ip -6 route del default; ip -6 address del {subnet[9]}/64 dev eth0")


def rate(lab: RunningLab, office: Office, *flows: tuple[str, int], download: bool) -> float:
    """bit/s of all flows (server, port) at the same time together; 0 for one that did not come about."""
    way = "--reverse" if download else ""
    ask = "; ".join(
        f"(timeout 30 iperf3 --json -c {server} -p {port} -P 2 -t 5 -O 1 {way} >/run/uji-{port}.json 2>&1) &"
        for server, port in flows
    ).replace("&;", "&")
    done = lab.exec_client(office.place, f"{ask} wait; for p in {' '.join(str(port) for _, port in flows)}; do "
                           'tr -d "\\n" </run/uji-$p.json; echo; done', timeout=90)  # fmt: skip
    total = 0.0
    for line in done.stdout.splitlines():
        with suppress(ValueError, KeyError):
            total += float(json.loads(line)["end"]["sum_received"]["bits_per_second"])
    return total


@pytest.mark.parametrize("download", [True, False], ids=["unduh", "unggah"])
def test_both_families_share_one_allocation(lab: RunningLab, pcs: dict[str, str], download: bool) -> None:
    """IPv6 alone gets what the office has, and together with IPv4 not a bit more."""
    office = max(CENTRAL, key=lambda item: item.mir)
    assert pcs[office.place]
    for flows in ([(WEB, 5301)], [(WEB, 5301), (INTERNET, 5202)]):
        seen = []
        for _ in range(5):
            seen.append(rate(lab, office, *flows, download=download))
            assert seen[-1] <= office.mir * 1.1, f"{seen[-1] / 1e6:.1f} Mbit/s lewat {flows}"
            if seen[-1] >= office.mir * 0.85:
                break
        assert max(seen) >= office.mir * 0.85, f"{max(seen) / 1e6:.1f} dari {office.mir / 1e6:.0f} Mbit/s lewat {flows}"


def test_ipv6_leaves_with_the_line_that_has_it_and_comes_back(lab: RunningLab, pcs: dict[str, str]) -> None:
    """People are told at once that there is no way, and go on by IPv4 and the other line."""
    office = CENTRAL[0]
    assert pcs[office.place]
    default = "ip -6 route show default"
    assert lab.wait(lambda: lab.exec(office.router, default).stdout != "", SETTLED, 1)
    with broken(lab, MAIN, *(f"sysctl -qw net.ipv4.ip_forward={on} net.ipv6.conf.all.forwarding={on}" for on in "01")):
        assert lab.wait(lambda: active(lab, BORDER) != MAIN, SETTLED, 1)
        assert lab.wait(lambda: lab.exec(office.router, default).stdout == "", SETTLED, 1), "default route stayed"
        asked = (WEB, 80)
        assert tcp(lab, lab.client(office.place), [asked], patience=5)[asked] == "prohibited"
        assert "Halaman" in lab.exec_client(office.place, f"curl -s -m 10 http://{world.WEB_NAME}/").stdout
    assert lab.wait(lambda: active(lab, BORDER) == MAIN, SETTLED, 1)
    reach = f"curl -s -m 3 http://{world.WEB_NAME6}/"
    assert lab.wait(lambda: "Halaman" in lab.exec_client(office.place, reach).stdout, SETTLED, 2)
