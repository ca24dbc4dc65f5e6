# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routing with providers by BGP-4 (RFC 4271): what is announced, and the session on a line.

IPv6 (RFC 2545) will need prefixes of its own beside ``prefixes`` and an address family on the session; nothing here
stands in its way.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address, Network
from .record import Record
from .scalars import AutonomousSystem, Count, YesNo

Accept = Literal["default", "table"]

#: What a provider that is asked for a default route only may send, before the session is closed (RFC 7454 section 8).
DEFAULT_ONLY_LIMIT = 20


class Announcements(Record):
    """What the government announces to its providers."""

    model_config = ConfigDict(
        title="Pengumuman BGP",
        json_schema_extra={"description": "Prefiks IPv4 publik milik (atau diberikan kepada) pemerintah daerah."},
    )

    prefixes: Annotated[
        tuple[Network, ...],
        Field(
            description="Prefiks yang diumumkan ke penyedia lewat BGP, persis seperti di surat APNIC/IDNIC atau surat "
            "penyedia; selain ini tidak ada yang diumumkan."
        ),
    ] = ()
    nat_address: Annotated[
        Address | None,
        Field(
            description="Alamat di dalam prefixes yang dilihat internet dari komputer kantor lewat jalur BGP, jadi "
            "sambungan tidak putus saat jalur berpindah. Bila kosong: alamat kita di jalur itu."
        ),
    ] = None


class BgpSession(Record):
    """The session with the provider of an uplink."""

    model_config = ConfigDict(
        title="Sesi BGP",
        json_schema_extra={"description": "Sesi BGP dengan penyedia di jalur ini; tanpa ini jalurnya statis."},
    )

    asn: Annotated[AutonomousSystem, Field(description="Nomor AS penyedia.")]
    neighbour: Annotated[
        Address | None, Field(description="Alamat router BGP penyedia. Bila kosong: gateway di handoff.")
    ] = None
    own_asn: Annotated[
        AutonomousSystem | None,
        Field(
            description="Nomor AS kita di sesi ini, bila penyedia memberi nomor sendiri (privat 64512-65534 atau "
            "4200000000-4294967294). Bila kosong: asn di government.yml."
        ),
    ] = None
    announce: Annotated[
        tuple[Network, ...] | None,
        Field(
            description="Sebagian dari bgp.prefixes (government.yml) yang diumumkan lewat jalur ini; bila kosong "
            "semuanya. Prefiks pinjaman satu penyedia jangan diumumkan ke penyedia lain."
        ),
    ] = None
    accept: Annotated[
        Accept,
        Field(
            description="default: hanya rute default yang diterima (cukup untuk utama dan cadangan). table: tabel "
            "sebagian atau penuh."
        ),
    ] = "default"
    max_prefixes: Annotated[
        Count | None,
        Field(
            description=f"Sesi diputus bila penyedia mengirim lebih dari ini. Bila kosong {DEFAULT_ONLY_LIMIT}; wajib "
            "untuk table."
        ),
    ] = None
    password: Annotated[
        YesNo,
        Field(
            description="true bila sesi memakai kata sandi TCP MD5 (RFC 2385); isinya di vault: "
            "terpusat_secrets.bgp_passwords.<id jalur>."
        ),
    ] = False
    ttl_security: Annotated[
        YesNo,
        Field(
            description="GTSM (RFC 5082): hanya paket dari router sebelah yang diterima. Penyedia harus memasangnya "
            "juga; false bila penyedia tidak mau."
        ),
    ] = True

    @property
    def limit(self) -> int:
        """Prefixes after which the session is closed."""
        return self.max_prefixes or DEFAULT_ONLY_LIMIT
