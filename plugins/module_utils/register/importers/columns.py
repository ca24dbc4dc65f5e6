# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a survey can tell: the columns the import understands, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .wordlists import listed, meanings

Belongs = Literal["identity", "opd", "location", "bandwidth", "circuit"]
Reads = Literal[
    "text", "code", "kind", "place_kind", "count", "yes_no", "rate", "rupiah", "day", "period", "lans", "media", "role"
]


@dataclass(frozen=True, slots=True)
class Column:
    """``belongs`` says to which part of the register a value goes, ``reads`` how a cell is understood.

    ``title`` is what the empty form and messages call it; ``spellings`` are headers seen in offices' own tables,
    written as ``headers.simplify`` leaves them (abbreviations and units are taken care of there).
    """

    key: str
    belongs: Belongs
    reads: Reads
    title: str
    spellings: tuple[str, ...]


COLUMNS: tuple[Column, ...] = (
    Column(
        "opd_code",
        "identity",
        "code",
        "Kode OPD",
        listed(
            """
            kode opd, kode perangkat daerah, kode skpd, kode unit, singkatan, singkatan opd, opd code, office code
            """
        ),
    ),
    Column(
        "opd_name",
        "identity",
        "text",
        "Nama OPD",
        listed(
            """
            opd, nama opd, perangkat daerah, nama perangkat daerah, opd perangkat daerah, skpd, nama skpd, opd skpd,
            skpd opd, nama opd skpd, instansi, nama instansi, unit kerja, nama unit kerja, satuan kerja, nama satuan
            kerja, satker, organisasi perangkat daerah, nama dinas, dinas badan, nama organisasi perangkat daerah,
            dinas badan kantor, nama dinas badan, office, office name, agency, agency name, nama kantor opd
            """
        ),
    ),
    Column(
        "opd_kind",
        "opd",
        "kind",
        "Jenis OPD",
        listed(
            """
            jenis opd, jenis perangkat daerah, jenis skpd, jenis instansi, office type
            """
        ),
    ),
    Column(
        "users",
        "opd",
        "count",
        "Jumlah pengguna (seluruh OPD)",
        listed(
            """
            jumlah pegawai, jumlah pengguna, pegawai, pengguna, jumlah asn, jumlah user, jumlah users, jumlah
            pengguna internet, jumlah pengguna seluruh opd, jumlah pegawai pengguna internet, jumlah sdm, jumlah
            pengguna komputer, total pegawai, total pengguna, users, number of users, employees, number of
            employees, jumlah pegawai asn dan non asn, jumlah karyawan, jumlah pengguna opd
            """
        ),
    ),
    Column(
        "public_service",
        "opd",
        "yes_no",
        "Pelayanan publik",
        listed(
            """
            pelayanan publik, layanan publik, melayani masyarakat, melayani masyarakat langsung, pelayanan langsung,
            pelayanan masyarakat, ada pelayanan publik, public service, unit pelayanan publik
            """
        ),
    ),
    Column(
        "location",
        "location",
        "text",
        "Lokasi (titik layanan)",
        listed(
            """
            lokasi, nama lokasi, titik layanan, lokasi titik layanan, titik lokasi, gedung, nama gedung, lokasi
            kantor, lokasi layanan, tempat, location, site, building, titik
            """
        ),
    ),
    Column(
        "location_kind",
        "location",
        "place_kind",
        "Jenis lokasi",
        listed(
            """
            jenis lokasi, jenis gedung, jenis tempat, location type
            """
        ),
    ),
    Column(
        "address",
        "location",
        "text",
        "Alamat",
        listed(
            """
            alamat, alamat kantor, alamat lengkap, alamat lokasi, alamat jalan, alamat opd, address, street address
            """
        ),
    ),
    Column(
        "location_users",
        "location",
        "count",
        "Jumlah pengguna di lokasi ini",
        listed(
            """
            jumlah pengguna di lokasi ini, jumlah pegawai di lokasi ini, jumlah pengguna di lokasi, jumlah pegawai
            di lokasi, pengguna di lokasi, pegawai di lokasi, pengguna lokasi, jumlah pengguna per lokasi, users at
            location
            """
        ),
    ),
    Column(
        "existing_lans",
        "location",
        "lans",
        "Jaringan LAN sekarang",
        listed(
            """
            jaringan lan sekarang, jaringan lan, ip lan, subnet, subnet lan, segmen ip, ip lokal, network lan, ip
            address lan, alamat ip lan, jaringan lokal, lan, lan sekarang, blok ip, segmen jaringan, ip segmen,
            existing lan, lan network, subnet lan sekarang
            """
        ),
    ),
    Column(
        "requested",
        "bandwidth",
        "rate",
        "Kebutuhan bandwidth (seluruh OPD)",
        listed(
            """
            kebutuhan bandwidth, bandwidth kebutuhan, bandwidth dibutuhkan, bandwidth yang dibutuhkan, kebutuhan
            bandwidth internet, kebutuhan bandwidth seluruh opd, usulan bandwidth, bandwidth usulan, bandwidth
            diusulkan, permintaan bandwidth, bandwidth diminta, bandwidth yang diminta, kebutuhan internet,
            kebutuhan kecepatan, kebutuhan kecepatan internet, kebutuhan kapasitas, bandwidth yang diusulkan,
            kebutuhan, requested bandwidth, bandwidth needed, bandwidth requested, kebutuhan bandwidth ke depan,
            rencana kebutuhan bandwidth
            """
        ),
    ),
    Column(
        "provider",
        "circuit",
        "text",
        "Penyedia internet sekarang",
        listed(
            """
            provider, provider isp, isp, nama isp, nama provider, penyedia, penyedia internet, nama penyedia,
            penyedia jasa internet, penyedia layanan, penyedia internet sekarang, isp sekarang, provider sekarang,
            provider internet, isp provider, penyedia isp, penyedia jasa, vendor internet, provider saat ini, isp
            saat ini, langganan sekarang provider, langganan sekarang penyedia, internet saat ini provider, penyedia
            saat ini
            """
        ),
    ),
    Column(
        "media",
        "circuit",
        "media",
        "Media sambungan",
        listed(
            """
            media, media sambungan, jenis koneksi, jenis sambungan, media koneksi, media transmisi, jenis media,
            tipe koneksi, koneksi, jenis akses, connection type, jenis jaringan
            """
        ),
    ),
    Column(
        "role",
        "circuit",
        "role",
        "Jalur utama atau cadangan",
        listed(
            """
            utama cadangan, jalur utama cadangan, jalur utama atau cadangan, peran jalur, status jalur, main backup,
            fungsi jalur
            """
        ),
    ),
    Column(
        "capacity",
        "circuit",
        "rate",
        "Bandwidth sekarang",
        listed(
            """
            bandwidth sekarang, bandwidth saat ini, bandwidth eksisting, bandwidth terpasang, bandwidth langganan,
            bandwidth existing, existing bandwidth, kecepatan sekarang, kecepatan saat ini, kapasitas sekarang,
            kapasitas saat ini, kapasitas terpasang, kecepatan langganan, current bandwidth, bandwidth kontrak,
            kapasitas langganan, kecepatan internet saat ini, kecepatan internet sekarang, bandwidth internet saat
            ini, paket internet, kecepatan paket, bandwidth yang ada, bandwidth yang dimiliki, langganan sekarang
            kecepatan, langganan sekarang bandwidth
            """
        ),
    ),
    Column(
        "capacity_domestic",
        "circuit",
        "rate",
        "Bandwidth domestik sekarang",
        listed(
            """
            bandwidth domestik, domestik, bandwidth iix, iix, bandwidth domestik sekarang, bandwidth lokal iix
            """
        ),
    ),
    Column(
        "capacity_international",
        "circuit",
        "rate",
        "Bandwidth internasional sekarang",
        listed(
            """
            bandwidth internasional, internasional, bandwidth ix, bandwidth internasional sekarang, bandwidth global
            """
        ),
    ),
    Column(
        "monthly_cost",
        "circuit",
        "rupiah",
        "Biaya per bulan",
        listed(
            """
            biaya per bulan, biaya bulan, biaya bulanan, tagihan per bulan, tagihan bulanan, biaya langganan per
            bulan, tarif per bulan, harga per bulan, biaya internet per bulan, monthly cost, cost per month,
            abonemen, abonemen per bulan, biaya langganan bulanan, langganan per bulan, langganan sekarang biaya per
            bulan, pembayaran per bulan, biaya sewa per bulan
            """
        ),
    ),
    Column(
        "contract_start",
        "circuit",
        "day",
        "Mulai kontrak",
        listed(
            """
            mulai kontrak, awal kontrak, tanggal mulai, tanggal mulai kontrak, tanggal awal kontrak, kontrak mulai,
            mulai langganan, contract start, start date, tanggal kontrak mulai, mulai berlangganan
            """
        ),
    ),
    Column(
        "contract_end",
        "circuit",
        "day",
        "Akhir kontrak",
        listed(
            """
            akhir kontrak, kontrak berakhir, tanggal akhir, tanggal berakhir, tanggal akhir kontrak, tanggal
            berakhir kontrak, habis kontrak, selesai kontrak, berakhir kontrak, jatuh tempo kontrak, contract end,
            end date, kontrak sampai, kontrak habis
            """
        ),
    ),
    Column(
        "contract_period",
        "circuit",
        "period",
        "Masa kontrak",
        listed(
            """
            masa kontrak, periode kontrak, jangka waktu kontrak, contract period, masa berlaku kontrak, waktu
            kontrak
            """
        ),
    ),
    Column(
        "budget_line",
        "circuit",
        "text",
        "Rekening DPA",
        listed(
            """
            rekening dpa, dpa, kode rekening, nomor rekening dpa, nomor dpa, kode kegiatan, mata anggaran, rekening
            belanja, sumber anggaran, budget line, kode rekening dpa, rekening anggaran, sub kegiatan, kode sub
            kegiatan
            """
        ),
    ),
)

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}

# Headers that could mean two columns: which one is for a person to say.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    word: tuple(keys.split("/"))
    for word, keys in meanings(
        """
        requested/capacity: bandwidth, kecepatan, kecepatan internet, bandwidth internet, kapasitas, kapasitas
          bandwidth, jumlah bandwidth, besaran bandwidth, speed
        opd_name/location: nama, kantor, nama kantor, unit
        opd_code/budget_line: kode
        opd_kind/location_kind/media: jenis
        contract_start/contract_end: tanggal
        contract_period/contract_end/ignore: kontrak
        monthly_cost/ignore: biaya, biaya internet, biaya langganan, tagihan, harga, tarif, cost
        existing_lans/ignore: ip, ip address, alamat ip
        existing_lans/media: jaringan
        """
    ).items()
}

# Understood, and not what the register holds: why, and what to ask for instead.
_YEARLY = (
    "biaya setahun; register mencatat biaya per bulan.",
    "Minta biaya per bulan menurut kontrak, lalu ganti judul kolomnya.",
)
_MACHINES = (
    "jumlah perangkat, bukan jumlah pengguna; register mencatat jumlah pengguna komputer.",
    "Bila memang sama, sebut di berkas jawaban: headers: {'<judul>': users}.",
)
REFUSED: dict[str, tuple[str, str]] = {
    word: {"yearly": _YEARLY, "machines": _MACHINES}[meaning]
    for word, meaning in meanings(
        """
        yearly: biaya per tahun, biaya tahunan, biaya tahun, tagihan per tahun, anggaran per tahun, biaya
          langganan per tahun, cost per year, anggaran internet per tahun, biaya internet per tahun
        machines: jumlah komputer, jumlah laptop, jumlah perangkat, jumlah komputer laptop, jumlah client,
          jumlah unit komputer
        """
    ).items()
}

# What surveys always have and no register needs: passed over without a word.
UNUSED: frozenset[str] = frozenset(
    listed(
        """
        bujur, catatan, contact person, e mail, email, jabatan, kepala opd, keterangan, kontak, kontak person,
        koordinat, latitude, lintang, longitude, nama kepala, nama pengisi, nama petugas, nama pic, narahubung, nip,
        nomor, nomor hp, nomor telepon, nomor urut, nomor wa, notes, paraf, penanggung jawab, pengisi, petugas, pic,
        remarks, tanda tangan, tanggal pengisian, tanggal survei, telepon, timestamp, whatsapp
        """
    )
)
