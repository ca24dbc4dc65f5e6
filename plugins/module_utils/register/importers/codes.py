# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes and kinds proposed from an office's name. A proposal is shown; a person may set another one."""

from __future__ import annotations

import re
from collections.abc import Container

from .wordlists import meanings

_LONGEST = 40
# As people say them; where a region has another habit, the answers file says so.
_CUSTOMARY = meanings(
    """
    dinkes: dinas kesehatan
    disdik: dinas pendidikan
    disdikbud: dinas pendidikan kebudayaan
    dinsos: dinas sosial
    dishub: dinas perhubungan
    diskominfo: dinas komunikasi informatika
    dlh: dinas lingkungan hidup
    distan: dinas pertanian
    diskan: dinas perikanan
    disdag: dinas perdagangan
    disdukcapil: dinas kependudukan pencatatan sipil
    dpmptsp: dinas penanaman modal pelayanan terpadu satu pintu
    dpmd: dinas pemberdayaan masyarakat desa
    dpupr: dinas pekerjaan umum penataan ruang
    disperkim: dinas perumahan kawasan permukiman
    dispora: dinas pemuda olahraga
    dispar: dinas pariwisata
    disnaker: dinas tenaga kerja
    dkp: dinas ketahanan pangan
    dispusip: dinas perpustakaan kearsipan
    diskopukm: dinas koperasi usaha kecil menengah
    bappeda: badan perencanaan pembangunan daerah
    bpkad: badan pengelolaan keuangan aset daerah
    bapenda: badan pendapatan daerah
    bkpsdm: badan kepegawaian pengembangan sumber daya manusia
    bpbd: badan penanggulangan bencana daerah
    kesbangpol: badan kesatuan bangsa politik
    satpolpp: satuan polisi pamong praja
    setda: sekretariat daerah
    setwan: sekretariat dewan perwakilan rakyat daerah, sekretariat dprd
    inspektorat: inspektorat, inspektorat daerah
    rsud: rumah sakit umum daerah
    """
)
_SHORT = meanings(
    """
    kec: kecamatan, kantor camat
    kel: kelurahan, kantor lurah
    pkm: uptd puskesmas, upt puskesmas, puskesmas
    smpn: smp negeri
    sman: sma negeri
    smkn: smk negeri
    sdn: sd negeri
    badan: badan
    dinas: dinas
    """
)
_KINDS = (
    (re.compile(r"(?:uptd?\s+)?puskesmas\b|pkm\b"), "puskesmas"),
    (re.compile(r"kecamatan\b|kantor camat\b|kec\b"), "kecamatan"),
    (re.compile(r"kelurahan\b|kantor lurah\b|kel\b"), "kelurahan"),
    (re.compile(r"(?:sd|smp|sma|smk|sdn|smpn|sman|smkn|tk|sekolah)\b"), "sekolah"),
    (re.compile(r"sekretariat\b"), "sekretariat"),
    (re.compile(r"dinas\b"), "dinas"),
    (re.compile(r"badan\b"), "badan"),
    (re.compile(r"satuan polisi\b|inspektorat\b|rumah sakit\b|rsud\b"), "lainnya"),
)
_PLACE_KINDS = {"sekolah": "school", "puskesmas": "clinic"}


def kind_of(key: str) -> str | None:
    """Kind of OPD by the first words of its name (as ``Names.key`` leaves it), None when they do not tell."""
    return next((kind for pattern, kind in _KINDS if pattern.match(key)), None)


def place_kind_of(kind: str) -> str:
    """What a place of such an OPD is unless somebody says otherwise."""
    return _PLACE_KINDS.get(kind, "office")


def propose(key: str, taken: Container[str]) -> str:
    """A free code for an office of this name: ``dinkes``, ``kec-utara``, ``smpn-1-kota``."""
    return _free(_CUSTOMARY.get(key) or slug(_shortened(key)), taken)


def propose_place(name: str, taken: Container[str]) -> str:
    return _free(slug(name), taken)


def slug(text: str) -> str:
    """Lower case letters, figures and single hyphens, beginning with a letter."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    joined = "-".join(words)[:_LONGEST].strip("-")
    return joined if joined[:1].isalpha() else f"l-{joined}".strip("-")


def _shortened(key: str) -> str:
    for long, short in _SHORT.items():
        if key.startswith(f"{long} "):
            return f"{short} {key.removeprefix(long)}"
    return key


def _free(code: str, taken: Container[str]) -> str:
    if code not in taken:
        return code
    return next(f"{code}-{n}" for n in range(2, 10_000) if f"{code}-{n}" not in taken)
