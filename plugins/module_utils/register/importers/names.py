# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two names mean the same office. Only what is certain matches; what is near is a question for a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from .wordlists import listed, meanings

_WORDS = re.compile(r"[a-z0-9]+")
_SAME = meanings(
    """
    smp negeri: smpn
    sma negeri: sman
    smk negeri: smkn
    sd negeri: sdn
    kecamatan: kec
    kelurahan: kel
    kabupaten: kab
    puskesmas: pkm
    """
)

# Words that many names share; what is left tells offices apart.
_PLACES = frozenset(listed("kecamatan, kelurahan, desa, puskesmas, sekolah, sd, smp, sma, smk, tk"))
_COMMON = _PLACES | frozenset(
    listed(
        """
        dinas, badan, kantor, uptd, upt, sekretariat, bagian, bidang, dasar, menengah, pertama, atas, negeri, dan,
        provinsi, daerah, pemerintah, rumah, sakit, umum, satuan, inspektorat
        """
    )
)
_REMEMBERED = 20_000
_NEAR, _NEAR_WORD, _SAME_WORD = 82, 78, 90

type _Sort = tuple[tuple[str, ...], frozenset[str]]
"""Numbers and kind of place in a name."""


@dataclass(frozen=True, slots=True)
class Known:
    """An office of the register, or one met earlier in the survey (``code`` is then empty)."""

    code: str
    name: str


@dataclass(slots=True)
class Names:
    """Names known so far. ``government`` is left out of names: "Dinas Kesehatan Kab. Contoh" is "Dinas Kesehatan"."""

    government: str
    _by_key: dict[str, Known] = field(default_factory=dict)
    _by_code: dict[str, Known] = field(default_factory=dict)
    _by_word: dict[str, dict[_Sort, set[str]]] = field(default_factory=dict)
    _like: dict[str, list[str]] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        key = self.key(known.name)
        self._by_key.setdefault(key, known)
        for word in _rest(key) or key.split():
            if word not in self._by_word:
                self._by_word[word] = {}
                self._like.clear()
            self._by_word[word].setdefault(_sort(key), set()).add(key)
        if known.code:
            self._by_code.setdefault(known.code, known)

    def key(self, name: str) -> str:
        """Equal for names that differ only in case, punctuation, "&"/"dan", and the government's own name."""
        spelled = (_SAME.get(word, word).split() for word in _WORDS.findall(folded(name)))
        words = [word for words in spelled for word in words if word != "dan"]
        # Every puskesmas is an UPTD of its dinas; other UPTDs are offices beside theirs.
        words = [w for n, w in enumerate(words) if not (w in ("uptd", "upt") and words[n + 1 : n + 2] == ["puskesmas"])]
        own = _WORDS.findall(folded(self.government))
        if own and len(words) > len(own) + 1 and words[-len(own) :] == own:
            words = words[: -len(own)]
        return " ".join(words)

    def exact(self, name: str) -> Known | None:
        """By name, or by code when the whole name is the code ("DINKES", "Satpol PP")."""
        key, words, own = self.key(name), _WORDS.findall(folded(name)), self.key(self.government).split()
        if len(own) < len(words) and self.key(name).split()[-len(own) :] == own:  # "Dinkes Kab. Contoh"
            words = key.split()[: -len(own)]
        return self._by_key.get(key) or self._by_code.get("-".join(words)) or self._by_code.get("".join(words))

    def by_code(self, code: str) -> Known | None:
        return self._by_code.get(code)

    def near(self, name: str) -> list[Known]:
        """Those that may be meant, best first, at most three."""
        key = self.key(name)
        found: dict[str, float] = {}
        for other in self._sharing_a_word(key):
            if _may_be_same(key, other):
                found[other] = float(fuzz.token_sort_ratio(key, other))
        told = _rest(key) or key.split()
        if len(told) == 1:  # an abbreviation: "Disdukcapill", "Dinas Kominfo", "BPBD"
            for code, ratio, _ in process.extract(
                told[0], list(self._by_code), scorer=fuzz.ratio, score_cutoff=_NEAR_WORD, limit=3
            ):
                found.setdefault(self.key(self._by_code[code].name), ratio)
            if len(told[0]) > 2:
                found |= {other: 75.0 for other in self._by_key if _initials(other) == told[0] and other not in found}
        best = sorted((key for key in found if key in self._by_key), key=lambda other: (-found[other], other))
        return [self._by_key[other] for other in best[:3]]

    def _sharing_a_word(self, key: str) -> set[str]:
        """Names of our sort that have a word like one of ours; only those are worth comparing word by word."""
        found: set[str] = set()
        for word in _rest(key) or key.split():
            for like in self._words_like(word):
                found |= self._by_word[like].get(_sort(key), frozenset())
        return found

    def _words_like(self, word: str) -> list[str]:
        if word not in self._like:
            near = process.extract(word, list(self._by_word), scorer=fuzz.ratio, score_cutoff=_NEAR_WORD, limit=None)
            self._like[word] = [like for like, _, _ in near]
        return self._like[word]


def _may_be_same(one: str, other: str) -> bool:
    """Whether every telling word of the shorter name has its like in the other.

    "Kecamatan Sungai Angan" and "Kecamatan Sungai Sangka" are nearly the same text, and two offices.
    """
    if one == other or _numbers(one) != _numbers(other) or _unlike_kinds(one, other):
        return False
    short, long = sorted((_rest(one), _rest(other)), key=len)
    if not short:
        return not long and bool(fuzz.token_sort_ratio(one, other) >= _NEAR)
    if len(short) < len(long) and any(word in _PLACES for word in one.split()):
        return False  # "Kecamatan Umpama", "Kecamatan Gunung Umpama"; a dinas, though, gains and loses tasks
    cutoff = _NEAR_WORD if len(short) == len(long) else _SAME_WORD
    left = list(long)
    for word in short:
        like = process.extractOne(word, left, scorer=fuzz.ratio, score_cutoff=cutoff)
        if like is None:
            return False
        left.pop(like[2])
    return True


# Each name is held against many others: what it consists of is worked out once.
@lru_cache(maxsize=_REMEMBERED)
def _numbers(key: str) -> tuple[str, ...]:
    return tuple(word for word in key.split() if word.isdigit())


def _sort(key: str) -> _Sort:
    """What two names must have in common to mean the same office (`_may_be_same`)."""
    return _numbers(key), _places(key)


def _unlike_kinds(one: str, other: str) -> bool:
    """A kecamatan is never a kelurahan of the same name; a dinas may have become a badan."""
    return _places(one) != _places(other)


@lru_cache(maxsize=_REMEMBERED)
def _places(key: str) -> frozenset[str]:
    return frozenset(word for word in key.split() if word in _PLACES)


@lru_cache(maxsize=_REMEMBERED)
def _rest(key: str) -> tuple[str, ...]:
    return tuple(word for word in key.split() if word not in _COMMON and not word.isdigit())


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split())


def nearest(name: str, others: Sequence[str]) -> str | None:
    """The one of ``others`` that is nearly this text (locations, providers), or None."""
    found = process.extractOne(
        plain(name), [plain(other) for other in others], scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR
    )
    return others[found[2]] if found else None


def folded(text: str) -> str:
    """Small letters without accents, and letters of full width as ordinary ones."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def foreign_letter(text: str) -> str:
    """The first letter that only looks like one of ours (a Cyrillic ``е``), or nothing."""
    return next((letter for letter in folded(text) if letter.isalpha() and not letter.isascii()), "")


def plain(name: str) -> str:
    """Lower case words: what makes two spellings of a place or a provider the same."""
    words: Iterable[str] = _WORDS.findall(folded(name).replace("&", " dan "))
    return " ".join(word for word in words if word not in ("pt", "cv", "tbk", "persero", "jalan", "jl", "jln"))
