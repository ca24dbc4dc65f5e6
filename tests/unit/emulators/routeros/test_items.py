# SPDX-License-Identifier: GPL-3.0-or-later
"""Items: how they are named, changed, ordered, what follows when one is renamed or gone."""

import base64

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from .conftest import Desk


def filled(desk: Desk) -> Desk:
    for line in ("chain=input comment=satu action=accept", "chain=input comment=dua action=drop",
                 "chain=forward comment=tiga action=drop"):  # fmt: skip
        assert desk.type(f"/ip firewall filter add {line}") == ""
    return desk


def comments(desk: Desk) -> list[str]:
    desk.type(':global all [:toarray ""]; :foreach i in=[/ip firewall filter find] do={ :set all ($all, [/ip firewall '
              "filter get $i comment]) }")  # fmt: skip
    return desk.type(":put $all").strip().split(";")


def test_found_by_condition_number_name_and_identity(desk: Desk) -> None:
    filled(desk)
    assert desk.type(":put [/ip firewall filter find]") == "*1;*2;*3\n"
    assert desk.type(':put [/ip firewall filter find where comment~"a\\$"]') == "*2;*3\n"
    assert desk.type(":put [/ip firewall filter find chain=input action=drop]") == "*2\n"
    assert desk.type(":put [/ip firewall filter find where (chain=input and action=drop) or comment=tiga]") == "*2;*3\n"
    assert desk.type(":put [/ip firewall filter find !disabled chain!=input]") == "*3\n"
    assert desk.type(":put [/ip firewall filter find comment=empat]") == "\n"
    assert desk.type(":put [/ip firewall filter get 1 comment]") == "dua\n"
    assert desk.type(":put [/ip firewall filter get *3 comment]") == "tiga\n"
    assert desk.type(":put [/ip firewall filter get [find comment=satu] action]") == "accept\n"
    assert desk.type(":put [/interface get ether2 type]") == "ether\n"


def test_conditions_compare_values_not_spellings(desk: Desk) -> None:
    desk.type("/queue simple add name=a target=10.0.0.5 max-limit=7M/7M; /ip dhcp-client add interface=ether1")
    assert desk.type("/queue simple print count-only where max-limit=7000000/7000000") == "1\n"
    assert desk.type('/queue simple print count-only where target="10.0.0.5"') == "1\n"
    desk.type("/system scheduler add name=x interval=1d")
    assert desk.type("/system scheduler print count-only where interval=24h") == "1\n"


def test_order(desk: Desk) -> None:
    filled(desk)
    desk.type('/ip firewall filter add chain=input comment=nol place-before=[find comment="satu"]')
    assert comments(desk) == ["nol", "satu", "dua", "tiga"]
    desk.type("/ip firewall filter move [find comment=tiga] destination=[find comment=satu]")
    assert comments(desk) == ["nol", "tiga", "satu", "dua"]
    desk.type("/ip firewall filter move [find comment=nol]")
    assert comments(desk) == ["tiga", "satu", "dua", "nol"]
    desk.type("/ip firewall filter print")
    desk.type("/ip firewall filter remove 0,2")
    assert comments(desk) == ["satu", "nol"]


def test_numbers_stay_until_the_next_print(desk: Desk) -> None:
    filled(desk)
    desk.type("/ip firewall filter print where chain=forward")
    desk.type("/ip firewall filter set 0 comment=kena")
    assert comments(desk) == ["satu", "dua", "kena"]
    desk.type("/ip firewall filter remove [find comment=satu]")
    desk.type("/ip firewall filter set 0 comment=lagi")
    assert comments(desk) == ["dua", "lagi"]


def test_properties_come_and_go(desk: Desk) -> None:
    filled(desk)
    desk.type("/ip firewall filter set 0 src-address=!10.0.0.0/8 dst-port=22 protocol=tcp disabled=yes")
    assert "comment=satu disabled=yes dst-port=22 protocol=tcp src-address=!10.0.0.0/8" in desk.config()
    desk.type("/ip firewall filter set 0 !src-address")
    desk.type("/ip firewall filter unset 0 dst-port")
    desk.type("/ip firewall filter enable 0")
    desk.type("/ip firewall filter comment 0 comment=baru")
    assert (
        desk.config().splitlines()[0] == "/ip firewall filter add action=accept chain=input comment=baru protocol=tcp"
    )


def test_values_are_stored_in_one_spelling(desk: Desk) -> None:
    desk.type("/queue simple add name=q target=10.0.0.5 max-limit=7000000/20000k burst-time=60s")
    assert "burst-time=1m/1m max-limit=7M/20M name=q target=10.0.0.5/32" in desk.config()
    desk.type(
        "/ip pool add name=p ranges=10.0.0.1-10.0.0.9; /ip dhcp-server add interface=ether1 lease-time=24h name=d"
    )
    assert "lease-time=1d" in desk.config()
    desk.type("/ip firewall address-list add list=x address=10.0.0.1/32")
    assert "address=10.0.0.1 list=x" in desk.config()
    desk.type("/ip route add dst-address=10.8.3.1/16 gateway=10.0.0.2")
    assert "dst-address=10.8.0.0/16" in desk.config()


def test_a_new_name_is_followed_everywhere(desk: Desk) -> None:
    desk.type("/interface list add name=WAN; /interface list member add interface=ether1 list=WAN")
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1; /ip route add gateway=ether1")
    desk.type("/ip firewall filter add chain=input in-interface=!ether1; /interface ethernet set ether1 name=wan1")
    text = desk.config()
    assert "interface=ether1" not in text
    for words in (
        "interface=wan1 list=WAN",
        "address=10.0.0.1/24 interface=wan1",
        "gateway=wan1",
        "in-interface=!wan1",
    ):
        assert words in text


def test_what_pointed_to_a_removed_item_shows_its_number(desk: Desk) -> None:
    desk.type("/interface bridge add name=lan; /ip address add address=10.0.0.1/24 interface=lan")
    desk.type("/interface bridge remove lan")
    assert "/ip address add address=10.0.0.1/24 interface=*1" in desk.config()
    assert desk.type(":put [/ip address get 0 invalid]") == "true\n"


def test_what_the_device_made_stays(desk: Desk) -> None:
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    assert desk.type("/ip route print count-only where dynamic") == "1\n"
    assert "can not remove dynamic item" in desk.type("/ip route remove [find]")
    assert "can not remove builtin item" in desk.type("/interface list remove all")
    assert "can not remove default item" in desk.type("/snmp community remove [find default=yes]")


def test_a_command_that_fails_halfway_changes_nothing(desk: Desk) -> None:
    filled(desk)
    desk.type(
        "/ip address add address=10.0.0.1/24 interface=ether1; /ip address add address=10.0.0.2/24 interface=ether1"
    )
    before = desk.config()
    shown = desk.type("/ip address set [find] address=10.0.0.3/24")
    assert shown.startswith("failure: already have such address")
    assert desk.config() == before


def test_undo_and_redo(desk: Desk) -> None:
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    desk.type("/ip address set 0 comment=x")
    assert desk.type("/system history print count-only") == "2\n"
    desk.type("/undo")
    assert "comment" not in desk.config()
    desk.type("/undo")
    assert desk.config() == ""
    desk.type("/redo")
    assert "10.0.0.1/24" in desk.config()


def test_generated_names_and_keys(desk: Desk) -> None:
    desk.type("/interface bridge add; /interface bridge add; /interface wireguard add name=wg0 private-key="
              '"YAnz5TF+lXXJte14tji3zlMNftqL9vSaJoLLRKmuLnw="')  # fmt: skip
    assert "/interface bridge add name=bridge1\n/interface bridge add name=bridge2\n" in desk.config()
    assert desk.type(":put [/interface wireguard get wg0 public-key]") == public_key() + "\n"


def public_key() -> str:
    private = base64.b64decode("YAnz5TF+lXXJte14tji3zlMNftqL9vSaJoLLRKmuLnw=")
    return base64.b64encode(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()).decode()
