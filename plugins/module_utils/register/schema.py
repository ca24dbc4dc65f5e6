# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Schema files for editors, made from the models.

From a clone, ``PYTHONPATH=collections python -m`` with this module's full name
(``ansible_collections.diskominfo.terpusat.plugins.module_utils.register.schema``) writes
``docs/schema/<file>.schema.json``; with ``--check`` it writes nothing and exits 1 when a file is not fresh.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from ..whole_files import write_whole
from .kinds import GOVERNMENT, LISTS, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFAULT_FOLDER = Path(__file__).parents[3] / "docs" / "schema"


class _WithoutInventedTitles(GenerateJsonSchema):
    """A title made from a key ("Public Service") says nothing; the descriptions are ours."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # pydantic's signature
        return False


def file_schema(kind: Kind[Any]) -> dict[str, Any]:
    """The schema of one register file."""
    shape: Any = kind.model if kind.single else tuple[kind.model, ...]  # type: ignore[name-defined]
    inner = TypeAdapter(shape).json_schema(schema_generator=_WithoutInventedTitles)
    definitions = inner.pop("$defs", {})
    if kind.single:  # a lone model is not made a definition by pydantic
        definitions[kind.model.__name__] = inner
        inner = {"$ref": f"#/$defs/{kind.model.__name__}"}
    return {
        "$schema": DIALECT,
        "$id": f"urn:terpusat:register:1:{kind.stem}",
        "title": kind.title,
        "type": "object",
        "additionalProperties": False,
        "required": [kind.stem],
        "properties": {kind.stem: {**inner, "description": kind.title}},
        "$defs": definitions,
    }


def schema_texts() -> dict[str, str]:
    """File name → its text, for every register file."""
    return {
        f"{kind.stem}.schema.json": json.dumps(file_schema(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in (GOVERNMENT, *LISTS)
    }


def stale_files(folder: Path) -> list[str]:
    """Names of the schema files in ``folder`` that differ from the models, are missing, or belong to no file."""
    texts = schema_texts()
    differing = [name for name, text in texts.items() if _text(folder / name) != text]
    return sorted([*differing, *(p.name for p in folder.glob("*.schema.json") if p.name not in texts)])


def write_schemas(folder: Path) -> list[str]:
    """Bring ``folder`` up to date; returns the names of the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    texts, stale = schema_texts(), stale_files(folder)
    for name in stale:
        if name in texts:
            write_whole(folder / name, texts[name].encode())
        else:
            (folder / name).unlink()
    return stale


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Membuat berkas JSON Schema register untuk penyunting teks.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="folder tujuan (docs/schema)")
    parser.add_argument("--check", action="store_true", help="hanya memeriksa; keluar 1 bila ada yang usang")
    options = parser.parse_args(arguments)
    if options.check:
        stale = stale_files(options.folder)
        for name in stale:
            print(f"{name} usang: jalankan perintah ini tanpa --check.", file=sys.stderr)
        return 1 if stale else 0
    for name in write_schemas(options.folder):
        print(f"{name} diperbarui.")
    return 0


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    raise SystemExit(main())
