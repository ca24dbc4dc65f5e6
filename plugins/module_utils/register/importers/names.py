# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two names mean the same office. Only what is certain matches; what is near is a question for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

_WORDS = re.compile(r"[a-z0-9]+")
_SAME = {"&": " dan ", "/": " ", "kab.": "kabupaten ", "kec.": "kecamatan ", "kel.": "kelurahan ", "ds.": "desa "}
# Words that many names share; what is left tells offices apart.
_COMMON = frozenset(
    [
        "dinas",
        "badan",
        "kantor",
        "kecamatan",
        "kelurahan",
        "desa",
        "puskesmas",
        "uptd",
        "upt",
        "sekretariat",
        "bagian",
        "bidang",
        "sekolah",
        "dasar",
        "menengah",
        "pertama",
        "atas",
        "negeri",
        "sd",
        "smp",
        "sma",
        "smk",
        "sdn",
        "smpn",
        "sman",
        "smkn",
        "dan",
        "kabupaten",
        "kota",
        "provinsi",
        "daerah",
        "pemerintah",
        "rumah",
        "sakit",
        "umum",
        "satuan",
        "inspektorat",
        "pkm",
        "kec",
        "kel",
    ]
)
_NEAR, _NEAR_REST = 82, 78
# As written, and with the words in order: a slip in a first letter moves the word.
_SCORERS = (fuzz.ratio, fuzz.token_sort_ratio)


@dataclass(frozen=True, slots=True)
class Known:
    """An office of the register, or one met earlier in the survey (``code`` is then empty)."""

    code: str
    name: str


@dataclass(slots=True)
class Names:
    """Names known so far. ``government`` is left out of names: "Dinas Kesehatan Kab. Contoh" is "Dinas Kesehatan"."""

    government: str
    known: list[Known] = field(default_factory=list)
    _by_key: dict[str, Known] = field(default_factory=dict)
    _by_code: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        self.known.append(known)
        self._by_key.setdefault(self.key(known.name), known)
        if known.code:
            self._by_code.setdefault(known.code, known)

    def key(self, name: str) -> str:
        """Equal for names that differ only in case, punctuation, "&"/"dan", and the government's own name."""
        text = name.casefold()
        for old, new in _SAME.items():
            text = text.replace(old, new)
        words = [word for word in _WORDS.findall(text) if word != "dan"]
        # Every puskesmas is an UPTD of its dinas; other UPTDs are offices beside theirs.
        words = [w for n, w in enumerate(words) if not (w in ("uptd", "upt") and words[n + 1 : n + 2] == ["puskesmas"])]
        own = [word for word in _WORDS.findall(self.government.casefold()) if word]
        for tail in (own, own[1:]):
            if tail and len(words) > len(tail) + 1 and words[-len(tail) :] == tail and len(tail) == len(own):
                words = words[: -len(tail)]
        return " ".join(words)

    def exact(self, name: str) -> Known | None:
        """By name, or by code when the whole name is the code ("DINKES")."""
        return self._by_key.get(self.key(name)) or self._by_code.get(name.strip().casefold().replace(" ", "-"))

    def by_code(self, code: str) -> Known | None:
        return self._by_code.get(code)

    def near(self, name: str) -> list[Known]:
        """Those that may be meant, best first, at most three."""
        key = self.key(name)
        found: dict[str, tuple[float, Known]] = {}
        keys = list(self._by_key)
        for scorer in _SCORERS:
            for other, ratio, _ in process.extract(key, keys, scorer=scorer, score_cutoff=_NEAR, limit=8):
                if _rest_is_near(key, other):
                    found[other] = (ratio, self._by_key[other])
        if " " not in key:  # one word: an abbreviation
            for code, ratio, _ in process.extract(
                key, list(self._by_code), scorer=fuzz.ratio, score_cutoff=75, limit=3
            ):
                known = self._by_code[code]
                found.setdefault(self.key(known.name), (ratio, known))
            for other in keys:
                if len(key) > 2 and _initials(other) == key:
                    found.setdefault(other, (75.0, self._by_key[other]))
        return [known for _, known in sorted(found.values(), key=lambda pair: (-pair[0], pair[1].name))][:3]


def _rest_is_near(one: str, other: str) -> bool:
    """ "Kecamatan Utara" and "Kecamatan Selatan" are nearly the same text, and two offices."""
    first, second = _rest(one), _rest(other)
    if [w for w in one.split() if w.isdigit()] != [w for w in other.split() if w.isdigit()]:
        return False
    if not first or not second:
        return first == second
    return any(scorer(" ".join(first), " ".join(second)) >= _NEAR_REST for scorer in _SCORERS)


def _rest(key: str) -> list[str]:
    return [word for word in key.split() if word not in _COMMON]


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split())


def nearest(name: str, others: Sequence[str]) -> str | None:
    """The one of ``others`` that is nearly this text (locations, providers), or None."""
    found = process.extractOne(
        plain(name), [plain(other) for other in others], scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR
    )
    return others[found[2]] if found else None


def plain(name: str) -> str:
    """Lower case words: what makes two spellings of a place or a provider the same."""
    words: Iterable[str] = _WORDS.findall(name.casefold().replace("&", " dan "))
    return " ".join(word for word in words if word not in ("pt", "cv", "tbk", "persero", "jalan", "jl", "jln"))
