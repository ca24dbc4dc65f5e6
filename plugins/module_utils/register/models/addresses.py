# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Value types of the network: IPv4 addresses, networks, domain names, VLAN ranges, ends of a cable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network, NetmaskValueError
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..refused import RefusedError
from .scalars import scalar

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_PORT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_./:-]*", re.ASCII)
_VLAN_RANGE = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})", re.ASCII)
_DOMAIN_MAX = 253  # RFC 1035 section 2.3.4, as text
_PORT_NAME_MAX = 63
_WIDEST_OFFICE = 8
_THIS_NETWORK = IPv4Network("0.0.0.0/8")
_FIRST_VLAN, _LAST_VLAN = 2, 4094


@dataclass(frozen=True, slots=True)
class PortRef:
    """One end of a cable, written ``device:port``."""

    device: str
    port: str

    def __str__(self) -> str:
        return f"{self.device}:{self.port}"


@dataclass(frozen=True, slots=True)
class VlanRange:
    """VLAN ids from ``first`` to ``last``, both included, written ``100-399``."""

    first: int
    last: int

    def __contains__(self, vlan: object) -> bool:
        return isinstance(vlan, int) and self.first <= vlan <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def _address(value: Any) -> IPv4Address:
    if isinstance(value, IPv4Address):
        return value
    text = scalar(value, "alamat IPv4", "10.99.0.11")
    try:
        return IPv4Address(text)
    except AddressValueError:
        pass
    if "/" in text:
        raise RefusedError(f"'{text}' memakai garis miring.", f"Tulis alamatnya saja: {text.split('/')[0]}.")
    raise RefusedError(f"'{text}' bukan alamat IPv4.", _address_hint(text))


def _network(value: Any) -> IPv4Network:
    if isinstance(value, IPv4Network):
        return value
    text = scalar(value, "subnet IPv4", "10.99.0.0/24")
    interface = _with_prefix(text, "subnet", "10.99.0.0/24")
    if interface.ip != interface.network.network_address:
        raise RefusedError(
            f"'{text}' bukan awal sebuah subnet.",
            f"Maksud Anda {interface.network} (seluruh subnet) atau {interface.ip}/32 (satu alamat)?",
        )
    return interface.network


def network_text(value: Any) -> str:
    """``value`` as a network, in the usual notation."""
    return str(_network(value))


def _office_network(value: Any) -> IPv4Network:
    """A network that computers of an office can live in: no group, no machine-local addresses, not half the internet.

    Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890); 10.0.0.0/8 is the largest that is given for use.
    """
    network = _network(value)
    special = network.is_loopback or network.is_multicast or network.is_link_local or network.is_reserved
    if special or network.prefixlen < _WIDEST_OFFICE or network.subnet_of(_THIS_NETWORK):
        raise RefusedError(
            f"{network} tidak mungkin jaringan sebuah kantor.",
            "Tulis subnet yang dipakai komputer di sana, misalnya 192.168.1.0/24; lihat alamat komputernya dan "
            "panjang subnetnya.",
        )
    return network


def _interface(value: Any) -> IPv4Interface:
    if isinstance(value, IPv4Interface):
        return value
    text = scalar(value, "alamat IPv4 dengan panjang subnet", "203.0.113.2/30")
    return _with_prefix(text, "alamat", "203.0.113.2/30")


def _with_prefix(text: str, kind: str, example: str) -> IPv4Interface:
    if "/" not in text:
        try:
            address = IPv4Address(text)
        except AddressValueError:
            raise RefusedError(
                f"'{text}' bukan {kind} IPv4.", f"Tulis misalnya {example}. {_address_hint(text)}"
            ) from None
        hint = f"{address}/32 untuk satu alamat, atau " if kind == "subnet" else ""
        raise RefusedError(
            f"'{text}' tidak menyebut panjang subnet.", f"Tulis {hint}dengan panjang subnetnya, misalnya {example}."
        )
    address_text, _, prefix = text.partition("/")
    if not (prefix.isascii() and prefix.isdigit()):
        raise RefusedError(f"'{prefix}' bukan panjang subnet.", f"Tulis angka 0 sampai 32, misalnya {example}.")
    try:
        return IPv4Interface(text)
    except NetmaskValueError:
        raise RefusedError(
            f"'/{prefix}' bukan panjang subnet.", f"Tulis angka 0 sampai 32, misalnya {example}."
        ) from None
    except AddressValueError:
        raise RefusedError(f"'{address_text}' bukan alamat IPv4.", _address_hint(address_text)) from None


def _address_hint(text: str) -> str:
    parts = text.split(".")
    if ":" in text:
        return "Alamat IPv6 belum didukung. Tulis alamat IPv4."
    if len(parts) == 4 and all(p.isascii() and p.isdigit() for p in parts):
        bare = [p.lstrip("0") or "0" for p in parts]
        if all(len(p) <= 3 and int(p) <= 255 for p in bare):
            return f"Tulis tanpa nol di depan: {'.'.join(bare)}."
        return "Setiap bagian paling besar 255."
    return "Tulis empat angka 0 sampai 255 yang dipisah titik, misalnya 10.99.0.11."


def _domain(value: Any) -> str:
    text = scalar(value, "nama domain", "simpus.kabupaten.go.id")
    bare = text.casefold().removeprefix("https://").removeprefix("http://").split("/")[0].rstrip(".")
    if _DOMAIN.fullmatch(text) and len(text) <= _DOMAIN_MAX:
        return text
    hint = f"Maksud Anda '{bare}'? " if bare != text and _DOMAIN.fullmatch(bare) else ""
    raise RefusedError(
        f"'{text}' bukan nama domain.", f"{hint}Tulis huruf kecil tanpa 'https://' dan tanpa garis miring."
    )


def _government_domain(value: Any) -> str:
    domain = _domain(value)
    if domain.endswith(".go.id"):
        return domain
    raise RefusedError(
        f"'{domain}' bukan domain pemerintah.", "Tulis domain pemerintah daerah yang berakhir dengan '.go.id'."
    )


def _port_name(value: Any) -> str:
    text = scalar(value, "nama port", "eth1")
    if _PORT_NAME.fullmatch(text) and len(text) <= _PORT_NAME_MAX:
        return text
    raise RefusedError(
        f"'{text}' bukan nama port.",
        "Tulis nama port persis seperti di perangkat, tanpa spasi, misalnya eth1, ether1, atau GigabitEthernet0/1.",
    )


def _port_ref(value: Any) -> PortRef:
    if isinstance(value, PortRef):
        return value
    text = scalar(value, "ujung kabel", '"core1:eth1"')
    device, colon, port = text.partition(":")
    if colon and device.strip() and _PORT_NAME.fullmatch(port.strip()):
        return PortRef(device.strip(), port.strip())
    raise RefusedError(
        f"'{text}' tidak menyebut perangkat dan portnya.", 'Tulis "nama-perangkat:nama-port", misalnya "core1:eth1".'
    )


def _vlan_range(value: Any) -> VlanRange:
    if isinstance(value, VlanRange):
        return value
    text = scalar(value, "rentang VLAN", "100-399")
    parts = _VLAN_RANGE.fullmatch(text.strip())
    if parts is None:
        raise RefusedError(f"'{text}' bukan rentang VLAN.", "Tulis nomor pertama dan terakhir, misalnya 100-399.")
    first, last = int(parts[1]), int(parts[2])
    if first > last:
        raise RefusedError(f"rentang '{text}' terbalik.", f"Tulis yang kecil dahulu: {last}-{first}.")
    if first < _FIRST_VLAN or last > _LAST_VLAN:
        raise RefusedError(f"rentang '{text}' di luar batas.", f"Gunakan nomor {_FIRST_VLAN} sampai {_LAST_VLAN}.")
    return VlanRange(first, last)


_NETWORK_PATTERN = r"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$"

Address = Annotated[IPv4Address, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "ipv4"})]
Network = Annotated[
    IPv4Network, BeforeValidator(_network), WithJsonSchema({"type": "string", "pattern": _NETWORK_PATTERN})
]
OfficeNetwork = Annotated[
    IPv4Network, BeforeValidator(_office_network), WithJsonSchema({"type": "string", "pattern": _NETWORK_PATTERN})
]
InterfaceAddress = Annotated[
    IPv4Interface, BeforeValidator(_interface), WithJsonSchema({"type": "string", "pattern": _NETWORK_PATTERN})
]
DomainName = Annotated[
    str, BeforeValidator(_domain), WithJsonSchema({"type": "string", "pattern": f"^{_DOMAIN.pattern}$"})
]
GovernmentDomain = Annotated[
    str, BeforeValidator(_government_domain), WithJsonSchema({"type": "string", "pattern": r"^[a-z0-9.-]+\.go\.id$"})
]
PortName = Annotated[
    str, BeforeValidator(_port_name), WithJsonSchema({"type": "string", "pattern": f"^{_PORT_NAME.pattern}$"})
]
CableEnd = Annotated[
    PortRef,
    BeforeValidator(_port_ref),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]*:[A-Za-z].*$", "examples": ["core1:eth1"]}),
]
Vlans = Annotated[
    VlanRange, BeforeValidator(_vlan_range), WithJsonSchema({"type": "string", "pattern": "^[0-9]+ ?- ?[0-9]+$"})
]
