# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which column a header names. What is not certain is told with the choices, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..refused import RefusedError
from ..suggest import closest
from ..units import parse_bit_rate
from .cells import tidy
from .columns import AMBIGUOUS, BY_KEY, COLUMNS, REFUSED, UNUSED, Column
from .wordlists import meanings

IGNORE = "ignore"
_LONGEST = 80

# Token by token; the value may be several words or none.
_ABBREVIATIONS = meanings(
    """
    jumlah: jml, jlh, jmlh, juml, jum
    bandwidth: bw, bandwith, bandwitdh, bandwidht, bandwitch, bandwicth, banwidth
    bulan: bln
    tahun: thn, th
    tanggal: tgl, tggl
    nomor: no, nmr
    keterangan: ket
    kebutuhan: keb, kebthn, kbthn
    internet: inet
    lokasi: lok
    alamat: alm, almt
    pelayanan: pel, pely
    rekening: rek
    orang: org
    kecepatan: kec
    telepon: tlp, telp
    nama: nm
    perangkat daerah: pd
    per: /, tiap
    dan: &
    survei: srv, survey
    komputer: pc
    mulai: mulainya
    per bulan: sebulan
    per tahun: setahun
    langganan: langg
    terhadap: thd
    """
)
# Words that change nothing; "per" stays, it parts a month's cost from a total.
_FILLERS = frozenset({"dan", "atau", "yang", "untuk", "dari", "pada", "di", "dalam", "nya", "anda", "saudara"})
_UNIT = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TRAILING_UNIT = re.compile(r"(?i)\b(?:dalam\s+)?([kmg]bps|[kmg]b/s|[kmg]bit/s|rp\.?|rupiah)\s*$")
_SPEED_LIKE = re.compile(
    r"(?i)[kmgt]?(?:i?b|bit|byte)?s?(?:ps|/s|/dtk|/detik| per detik)?|(?:kilo|mega|giga|tera)\s?(?:bit|byte)?s?.*"
)
_TOKEN = re.compile(r"[a-z0-9]+|/|&")
_IN = re.compile(r"(?i)^(?:dalam|dlm|satuan)\s+")
_MONEY_WORD = re.compile(r"(?i)\b(?:rp\.?|rupiah)")
_RUPIAH = frozenset({"rp", "rupiah", "idr", "rp/bln", "rp/bulan", "rp per bulan", "rp./bln"})
_PEOPLE = frozenset({"orang", "org", "pegawai", "jiwa", "user", "users", "pengguna", "asn"})
# "(ratus)", "(x10 Mbps)", "(Mbps per orang)": a figure below is not what it says.
_MULTIPLIES = re.compile(
    r"\b(?:puluh|puluhan|lusin|ratus|ratusan|ribu|ribuan|rb|juta|jutaan|jt)\b|\bx\s*\d|\d\s*x\b|\b10{1,}\b"
    r"|(?:\bper|/|\btiap)\s*(?:orang|org|pegawai|pengguna|user|asn|pc|komputer|unit|perangkat|bidang|ruang|lokasi|titik)"
)
_DAY_SHAPE = re.compile(
    r"(?i)(?:dd|tgl|tanggal|hh)\s*[-/. ]\s*(?:mm|bln|bulan|bb)\s*[-/. ]\s*(?:yy(?:yy)?|thn|tahun|tttt)"
)

Reading = Literal["known", "unused", "refused", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Header:
    """What a header was understood to be.

    ``unit`` (``Mbps``, ``Rp``, ``dmy``) applies to bare numbers below it. ``what`` and ``action`` speak for every
    reading but ``known`` and ``unused``; ``choices`` are the columns it may mean.
    """

    title: str
    reading: Reading
    column: Column | None = None
    unit: str = ""
    what: str = ""
    action: str = ""
    choices: tuple[str, ...] = ()


def simplify(text: str) -> str:
    """``Jml. Pegawai`` → ``jumlah pegawai``; units in brackets are left out."""
    bare = _UNIT.sub(" ", text.casefold())
    words: list[str] = []
    for token in _TOKEN.findall(bare):
        words += _ABBREVIATIONS.get(token, token).split()
    kept = [word for word in words if word not in _FILLERS]
    # "OPD / SKPD" and "Biaya / bln" use one sign for two meanings: only before a span of time it is "per".
    return " ".join(
        word
        for n, word in enumerate(kept)
        if word != "per" or (n + 1 < len(kept) and kept[n + 1] in ("bulan", "tahun", "lokasi"))
    )


_SPELLINGS: dict[str, Column] = {simplify(spelling): column for column in COLUMNS for spelling in column.spellings}
_SPELLINGS |= {simplify(column.title): column for column in COLUMNS}
_AMBIGUOUS = {simplify(text): choices for text, choices in AMBIGUOUS.items()}
_REFUSED = {simplify(text): reason for text, reason in REFUSED.items()}
_UNUSED = frozenset(map(simplify, UNUSED))


def recognise(text: str, answers: Mapping[str, str]) -> Header:
    """Understand one header. ``answers`` maps headers as written (or simplified) to a column's key or ``ignore``."""
    title = tidy(text)
    simple = simplify(title)
    wanted = {simplify(key): value for key, value in answers.items()}
    trailing = ""
    if simple not in wanted and simple not in _SPELLINGS and (found := _TRAILING_UNIT.search(title)):
        trailing, simple = found[1], simplify(title[: found.start()])
    units = [tidy(unit) for unit in _UNIT.findall(title)] + ([trailing] if trailing else [])
    if simple in wanted:
        if wanted[simple] == IGNORE:
            return Header(title, "unused")
        return _with_unit(title, BY_KEY[wanted[simple]], units)
    if column := _SPELLINGS.get(simple) or _by_words_in_brackets(simple, units):
        return _with_unit(title, column, units)
    if not simple or simple in _UNUSED or simple.isdigit():
        return Header(title, "unused")
    if simple in _REFUSED:
        what, action = _REFUSED[simple]
        return Header(title, "refused", what=what, action=action.replace("<judul>", title))
    if simple in _AMBIGUOUS:
        return _ambiguous(title, _AMBIGUOUS[simple])
    return _unknown(title, simple)


def is_header(texts: Iterable[str]) -> bool:
    """Whether cells side by side are the titles of a table of offices: one names the office, another one says more."""
    found = {column.key for text in texts if len(text) <= _LONGEST and (column := _SPELLINGS.get(simplify(text)))}
    return bool(found & {"opd_name", "opd_code"}) and len(found) > 1


def _by_words_in_brackets(simple: str, units: list[str]) -> Column | None:
    """``Biaya (per bulan)``: a span of time or a place in brackets belongs to the name."""
    for unit in units:
        if column := _SPELLINGS.get(simplify(f"{simple} {_MONEY_WORD.sub(' ', unit)}")):
            return column
    return None


def _with_unit(title: str, column: Column, units: list[str]) -> Header:
    for written in units:
        unit = _IN.sub("", written)
        low = unit.casefold().rstrip(".")
        if column.reads in ("count", "rate") and _MULTIPLIES.search(low):
            return Header(
                title,
                "refused",
                column,
                what=f"satuan '{unit}' di judul kolom mengubah arti setiap angka di bawahnya.",
                action="Minta angka yang utuh, lalu ganti judul kolomnya.",
            )
        if column.reads == "rate" and _SPEED_LIKE.fullmatch(unit):
            try:
                parse_bit_rate(f"1 {unit}")
            except RefusedError as refused:
                return Header(
                    title,
                    "refused",
                    column,
                    what=f"satuan di judul kolom: {refused.what}",
                    action="Betulkan satuan di judulnya menjadi (kbps), (Mbps), atau (Gbps) sesudah menanyakannya.",
                )
            return Header(title, "known", column, unit)
        if column.reads == "rupiah":
            if low in _RUPIAH:
                return Header(title, "known", column, "Rp")
            if re.search(r"juta|jt|ribu|rb|miliar|milyar|000|\$|usd|tahun|thn", low):
                return Header(
                    title,
                    "refused",
                    column,
                    what=f"satuan '{unit}' di judul kolom mengubah arti setiap angka di bawahnya.",
                    action="Ganti isinya menjadi rupiah penuh per bulan dan judulnya menjadi 'Biaya per bulan (Rp)'.",
                )
        if column.reads in ("day", "period") and _DAY_SHAPE.fullmatch(low):
            return Header(title, "known", column, "dmy")
        if column.reads == "count" and low in _PEOPLE:
            return Header(title, "known", column, low)
    return Header(title, "known", column)


def _ambiguous(title: str, choices: tuple[str, ...]) -> Header:
    meanings = " atau ".join(f"{key} ({BY_KEY[key].title})" for key in choices if key != IGNORE)
    extra = ", atau sesuatu yang lain" if IGNORE in choices else ""
    return Header(
        title,
        "ambiguous",
        what=f"judul '{title}' dapat berarti {meanings}{extra}.",
        action=f"Sebut di berkas jawaban, misalnya headers: {{'{title}': {choices[0]}}}, atau ganti judulnya.",
        choices=choices,
    )


def _unknown(title: str, simple: str) -> Header:
    near = closest(simple, [*_SPELLINGS, *_AMBIGUOUS], cutoff=0.8)
    column = _SPELLINGS.get(near) if near else None
    guess = (column.key,) if column else _AMBIGUOUS.get(near, ()) if near else ()
    hint = f" Maksudnya '{BY_KEY[guess[0]].title}'?" if guess and guess[0] in BY_KEY else ""
    example = guess[0] if guess else IGNORE
    return Header(
        title,
        "unknown",
        what=f"judul '{title}' tidak dikenal.{hint}",
        action=f"Sebut di berkas jawaban: headers: {{'{title}': {example}}}"
        + ("" if guess else ", atau kolom yang dimaksud")
        + ".",
        choices=guess or (IGNORE,),
    )
