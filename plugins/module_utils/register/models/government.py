# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The government itself: one mapping in government.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .addresses import Address, GovernmentDomain, Network, Vlans
from .addressing import AddressingRules, SegmentVlans
from .backup import Backup
from .bgp import Announcements
from .controller import Controller
from .database_service import DatabaseService
from .dns import Dns
from .edge_proxy import EdgeProxy
from .ipv6 import Network6
from .logging import Logging
from .monitoring import Monitoring
from .policies import BandwidthRules, EventRules, SubscriptionRules
from .record import Record
from .rollout_rules import AcceptanceRules, RolloutRules
from .scalars import NOT_EMPTY, AutonomousSystem, Code, Count, Rupiah, Text, VlanId, Year, YesNo
from .services import Access, Snmp

TimeZone = Literal["WIB", "WITA", "WIT"]

IANA_TIME_ZONES: dict[TimeZone, str] = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


class AddressPools(Record):
    """Networks from which the planner takes addresses; the IPv4 ones never overlap.

    ``ipv6`` is one prefix of the government's own (from its provider or registry) or a unique local one (RFC 4193), of
    which the planner makes its own parts; without it there is no IPv6.
    """

    model_config = ConfigDict(
        title="Kolam alamat", json_schema_extra={"description": "Subnet yang dibagi-bagi oleh perencanaan alamat."}
    )

    management: Annotated[Network, Field(description="Alamat pengelolaan perangkat dan server.")]
    data_centre: Annotated[Network, Field(description="Alamat server di pusat data.")]
    office_lan: Annotated[Network, Field(description="LAN kantor OPD; setiap lokasi mendapat satu bagian.")]
    transit: Annotated[Network, Field(description="Sambungan antarperangkat (/30).")]
    loopback: Annotated[Network, Field(description="Alamat loopback perangkat jaringan (/32).")]
    ipv6: Annotated[
        Network6 | None,
        Field(description="Prefiks IPv6 milik sendiri atau ULA (/32 sampai /56); tanpa ini tidak ada IPv6."),
    ] = None


class VlanNumbers(Record):
    """VLAN ids that the planner may use."""

    model_config = ConfigDict(title="Nomor VLAN", json_schema_extra={"description": "Nomor VLAN yang boleh dipakai."})

    data_centre: Annotated[VlanId, Field(description="VLAN server di pusat data.")]
    transit: Annotated[Vlans, Field(description="Rentang VLAN sambungan antarperangkat.", examples=["100-399"])]
    segments: SegmentVlans = SegmentVlans()


class Rules(Record):
    """Terms that the government decides; settings, never constants in code."""

    model_config = ConfigDict(
        title="Aturan", json_schema_extra={"description": "Ketentuan yang ditetapkan pemerintah daerah."}
    )

    loan_notice_days: Annotated[Count, Field(description="Hari sejak surat penarikan sampai server harus kembali.")]
    loan_max_months: Annotated[Count, Field(description="Paling lama penggunaan sementara, dalam bulan.")]
    approval_threshold: Annotated[Rupiah, Field(description="Nilai yang memerlukan persetujuan kepala daerah.")]
    price_per_mbps_min: Annotated[Rupiah, Field(description="Harga wajar terendah per Mbps per bulan.")]
    price_per_mbps_max: Annotated[Rupiah, Field(description="Harga wajar tertinggi per Mbps per bulan.")]
    addressing: AddressingRules = AddressingRules()
    bandwidth: BandwidthRules = BandwidthRules()
    events: EventRules = EventRules()
    subscriptions: SubscriptionRules = SubscriptionRules()
    acceptance: AcceptanceRules = AcceptanceRules()
    rollout: RolloutRules = RolloutRules()


class Government(Record):
    """A regency, city or province that runs this."""

    model_config = ConfigDict(
        title="Pemerintah daerah", json_schema_extra={"description": "Satu pemerintah daerah dan ketentuannya."}
    )

    code: Annotated[Code, Field(description="Kode singkat pemerintah daerah.")]
    name: Annotated[Text, Field(description="Nama resmi, misalnya Kabupaten Contoh.")]
    domain: Annotated[GovernmentDomain, Field(description="Domain resmi yang berakhir dengan .go.id.")]
    time_zone: Annotated[TimeZone, Field(description="Zona waktu: WIB, WITA, atau WIT.")]
    fiscal_year: Annotated[Year, Field(description="Tahun anggaran yang berjalan.")]
    asn: Annotated[AutonomousSystem | None, Field(description="Nomor AS, bila punya.")] = None
    bgp: Annotated[
        Announcements | None, Field(description="Yang diumumkan lewat BGP di jalur yang punya 'bgp' (circuits.yml).")
    ] = None
    address_pools: AddressPools
    vlans: VlanNumbers
    management_sources: Annotated[
        tuple[Network, ...], *NOT_EMPTY, Field(description="Subnet yang boleh mengelola perangkat dan server.")
    ]
    time_servers: Annotated[tuple[Address, ...], *NOT_EMPTY, Field(description="Alamat server waktu (NTP).")]
    rules: Rules
    access: Annotated[
        tuple[Access, ...], Field(description="Izin dari kantor ke kantor; selain ini kantor tidak saling mencapai.")
    ] = ()
    cctv_recorders: Annotated[
        tuple[Address, ...], Field(description="Alamat perekam CCTV: satu-satunya yang dicapai segmen cctv.")
    ] = ()
    log_servers: Annotated[tuple[Address, ...], Field(description="Alamat server log (syslog).")] = ()
    dns: Annotated[Dns | None, Field(description="Server nama: zona resmi pemerintah daerah dan resolver kantor.")] = (
        None
    )
    database: Annotated[DatabaseService | None, Field(description="Server basis data: MariaDB dan PostgreSQL.")] = None
    edge_proxy: Annotated[EdgeProxy | None, Field(description="Pintu masuk TLS untuk semua domain.")] = None
    backup: Annotated[Backup | None, Field(description="Tempat cadangan, jadwal, dan uji pemulihan.")] = None
    monitoring: Annotated[
        Monitoring | None, Field(description="Prometheus, Alertmanager, dan penerima peringatan.")
    ] = None
    logging: Annotated[Logging | None, Field(description="Pengumpul log lewat TLS.")] = None
    controller: Annotated[
        Controller | None, Field(description="Server tempat playbook dan pemeriksaan berkala berjalan.")
    ] = None
    own_time_servers: Annotated[
        tuple[Code, ...],
        Field(description="Server kita yang melayani waktu (NTP) untuk seluruh jaringan; dua, di rak yang berbeda."),
    ] = ()
    snmp: Annotated[Snmp | None, Field(description="Pemantauan dengan SNMPv3.")] = None
    ospf_authentication: Annotated[
        YesNo,
        Field(description="true bila OSPF memakai kunci; kuncinya di vault: terpusat_secrets.ospf_key."),
    ] = False
    dual_stack: Annotated[
        YesNo,
        Field(
            description="true bila perangkat jaringan dipasangi IPv6 dari address_pools.ipv6 di samping IPv4; tanpa "
            "ini prefiksnya hanya dinomori dan IPv6 tertutup di semua perangkat."
        ),
    ] = False

    @property
    def iana_time_zone(self) -> str:
        """Name of the time zone as operating systems know it, for example ``Asia/Jakarta``."""
        return IANA_TIME_ZONES[self.time_zone]
