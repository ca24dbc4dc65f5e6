# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Value types of IPv6: addresses and networks, as people and routers write them."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address, IPv6Interface, IPv6Network
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..refused import RefusedError
from .scalars import scalar

_EXAMPLE = "fd3c:91a7:5e20::/48"


def _address(value: Any) -> IPv6Address:
    if isinstance(value, IPv6Address):
        return value
    text = scalar(value, "alamat IPv6", "fd3c:91a7:5e20::1")
    try:
        address = IPv6Address(text)
    except AddressValueError:
        raise RefusedError(
            f"'{text}' bukan alamat IPv6.", "Tulis misalnya fd3c:91a7:5e20::1, tanpa panjang subnet."
        ) from None
    if address.scope_id is not None:
        raise RefusedError(f"'{text}' menyebut antarmuka.", f"Tulis alamatnya saja: {text.split('%')[0]}.")
    return address


def _network(value: Any) -> IPv6Network:
    if isinstance(value, IPv6Network):
        return value
    text = scalar(value, "subnet IPv6", _EXAMPLE)
    address_text, slash, prefix = text.partition("/")
    if not slash:
        raise RefusedError(f"'{text}' tidak menyebut panjang subnet.", f"Tulis misalnya {_EXAMPLE}.")
    if not (prefix.isascii() and prefix.isdigit() and int(prefix) <= 128):
        raise RefusedError(f"'/{prefix}' bukan panjang subnet.", f"Tulis angka 0 sampai 128, misalnya {_EXAMPLE}.")
    address = _address(address_text)
    network = IPv6Network((address, int(prefix)), strict=False)
    if network.network_address != address:
        raise RefusedError(f"'{text}' bukan awal sebuah subnet.", f"Maksud Anda {network}?")
    return network


def _interface(value: Any) -> IPv6Interface:
    if isinstance(value, IPv6Interface):
        return value
    text = scalar(value, "alamat antarmuka IPv6", "2001:db8:0:1::2/64")
    address_text, slash, prefix = text.partition("/")
    if not slash:
        raise RefusedError(f"'{text}' tidak menyebut panjang subnet.", f"Tulis misalnya {text}/64.")
    if not (prefix.isascii() and prefix.isdigit() and int(prefix) <= 127):
        raise RefusedError(f"'/{prefix}' bukan panjang subnet sebuah jalur.", "Tulis misalnya /64, /126 atau /127.")
    return IPv6Interface((_address(address_text), int(prefix)))


_NETWORK_PATTERN = r"^[0-9a-fA-F:]+/[0-9]{1,3}$"

Address6 = Annotated[IPv6Address, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "ipv6"})]
Network6 = Annotated[
    IPv6Network, BeforeValidator(_network), WithJsonSchema({"type": "string", "pattern": _NETWORK_PATTERN})
]
InterfaceAddress6 = Annotated[
    IPv6Interface, BeforeValidator(_interface), WithJsonSchema({"type": "string", "pattern": _NETWORK_PATTERN})
]
