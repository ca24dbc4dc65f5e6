# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What YAML's own error messages mean, in Bahasa Indonesia."""

from __future__ import annotations

import yaml

from .problem import Position, Problem

# Fragments of the messages of libyaml and of PyYAML's own parser (they differ), in the order they are tried.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "that cannot start any token",
        "nilai diawali tanda yang mempunyai arti khusus.",
        "Apit nilainya dengan tanda kutip.",
    ),
    (
        "mapping values are not allowed",
        "titik dua (:) muncul di tempat yang tidak semestinya.",
        "Periksa indentasi baris ini dan baris di atasnya; bila titik dua bagian dari nilai, apit dengan tanda kutip.",
    ),
    (
        "sequence entries are not allowed",
        "tanda '-' muncul di tempat yang tidak semestinya.",
        "Letakkan '-' di baris baru, sejajar dengan '-' lain di daftar yang sama.",
    ),
    (
        "block end",
        "indentasi tidak sejajar dengan baris sebelumnya.",
        "Sejajarkan baris ini dengan kunci atau '-' lain pada tingkat yang sama.",
    ),
    (
        "did not find expected key",
        "indentasi tidak sejajar dengan baris sebelumnya, atau tanda kutip tidak ditutup.",
        "Sejajarkan baris ini dengan kunci lain pada tingkat yang sama dan periksa tanda kutip di atasnya.",
    ),
    (
        "did not find expected '-' indicator",
        "indentasi tidak sejajar dengan '-' di atasnya.",
        "Sejajarkan baris ini dengan '-' lain di daftar yang sama.",
    ),
    (
        "could not find expected ':'",
        "baris ini bukan pasangan 'kunci: nilai'.",
        "Tulis titik dua dan satu spasi sesudah kuncinya, dan periksa tanda kutip di baris atasnya.",
    ),
    (
        "expected ',' or",
        "kurung '{' atau '[' tidak ditutup, atau ada koma yang kurang.",
        "Tutup kurungnya dan pisahkan isinya dengan koma.",
    ),
    (
        "end of stream",
        "berkas berakhir sebelum tanda kutip atau kurung ditutup.",
        "Cari tanda kutip atau kurung yang belum ditutup, mulai dari tempat ini.",
    ),
    (
        "escape",
        "garis miring terbalik (\\) di dalam kutip ganda tidak dikenal.",
        "Pakai kutip tunggal ('…') untuk nilai yang memuat garis miring terbalik.",
    ),
    (
        "quoted scalar",
        "tanda kutip tidak ditutup dengan benar.",
        "Tutup tanda kutipnya pada baris yang sama.",
    ),
    (
        "undefined alias",
        "nilai diawali '*' dan dibaca sebagai alias yang tidak ada.",
        "Apit nilainya dengan tanda kutip.",
    ),
    (
        "expected a single document",
        "berkas berisi lebih dari satu dokumen (pemisah '---').",
        "Gabungkan menjadi satu dan hapus '---' yang kedua.",
    ),
    (
        "alphabetic or numeric character",
        "nilai diawali '*' atau '&', yang mempunyai arti khusus.",
        "Apit nilainya dengan tanda kutip.",
    ),
    (
        "control characters are not allowed",
        "berkas memuat tanda kendali yang tidak tampak.",
        "Hapus tanda itu; biasanya terbawa dari salinan dokumen lain.",
    ),
    (
        "special characters are not allowed",
        "berkas memuat tanda kendali yang tidak tampak.",
        "Hapus tanda itu; biasanya terbawa dari salinan dokumen lain.",
    ),
)


_TAB = ("indentasi memakai tab.", "Ganti tab dengan spasi (dua spasi tiap tingkat).")


def explain(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """A Problem at the place where the parser stopped; a message we do not know is passed on as it is."""
    raw = _raw_message(error)
    line, column = _place(text, error, raw)
    position = Position(path, line, column)
    lines = text.splitlines()
    if "cannot start any token" in raw and "\t" in (lines[line - 1][:column] if line <= len(lines) else ""):
        return Problem(position, "", f"penulisan YAML salah: {_TAB[0]}", _TAB[1])
    for fragment, what, action in _MEANINGS:
        if fragment in raw:
            return Problem(position, "", f"penulisan YAML salah: {what}", action)
    return Problem(
        position,
        "",
        f"penulisan YAML salah ({raw}).",
        "Periksa indentasi, titik dua, tanda kutip, dan kurung pada baris ini dan baris di atasnya.",
    )


def _raw_message(error: yaml.YAMLError) -> str:
    parts = [str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part]
    return " ".join(parts) or str(error).splitlines()[0]


def _place(text: str, error: yaml.YAMLError, raw: str) -> tuple[int, int]:
    """Line and column from 1; where a quote or bracket opened rather than the end of the file it runs into."""
    mark = getattr(error, "problem_mark", None)
    if mark is None or "end of stream" in raw:
        mark = getattr(error, "context_mark", None) or mark
    if mark is not None:
        return mark.line + 1, mark.column + 1
    offset = getattr(error, "position", None)  # a ReaderError counts characters
    if not isinstance(offset, int):
        return 1, 1
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
