# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import load, schema
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.kinds import STEMS

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "schema"
MODULE = "ansible_collections.diskominfo.terpusat.plugins.module_utils.register.schema"


class _DatesAsText(yaml.SafeLoader):
    """As an editor's YAML 1.2 reads: a date is text."""


_DatesAsText.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(stem: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / f"{stem}.schema.json").read_text(encoding="utf-8")))


def as_an_editor_reads(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_DatesAsText)


def test_committed_files_are_fresh() -> None:
    assert schema.stale_files(FOLDER) == [], f"run: PYTHONPATH=collections python -m {MODULE}"


@pytest.mark.parametrize("stem", STEMS)
def test_schema_is_valid_and_every_key_is_described(stem: str) -> None:
    content = json.loads((FOLDER / f"{stem}.schema.json").read_text(encoding="utf-8"))
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(content)
    for name, definition in content["$defs"].items():
        assert definition["additionalProperties"] is False
        assert definition["title"], name
        for key, field in definition["properties"].items():
            assert "$ref" in field or "anyOf" in field or field.get("description"), f"{name}.{key}"


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("government", ["lab", "contoh"])
def test_registers_of_the_repository_satisfy_the_schemas(government: str, stem: str) -> None:
    data = as_an_editor_reads(ROOT / "inventories" / government / "register" / f"{stem}.yml")
    assert list(validator(stem).iter_errors(data)) == []


@pytest.mark.parametrize(
    ("stem", "old", "new"),
    [
        ("devices", "platform: linux", "platfrom: linux"),
        ("devices", "readiness: in_service", "readiness: dipakai"),
        ("opds", "    users: 24\n", ""),
        ("opds", "users: 24", "users: banyak"),
        ("opds", "priority: 2", "priority: 9"),
        ("opds", "code: dinkes", "code: Dinas Kesehatan"),
        ("opds", ", reason: Menunggu kabel", ""),
        ("bandwidth", "100 Mbps", "100 MBps"),
        ("bandwidth", "100 Mbps", "1 gigabyte"),
        ("servers", "ram: 8 GB", "ram: 8 Gb"),
        ("circuits", "Rp 60.000.000", "60 juta"),
        ("circuits", "    location: kantor\n", ""),
        ("government", "ujikab.go.id", "ujikab.com"),
        ("government", "[10.99.0.1/32]", "[]"),
        ("applications", "{server: srv1}", "{}"),
        ("applications", "{server: srv1}", "{server: srv1, outside: X}"),
    ],
)
def test_editor_and_loader_refuse_the_same(write_register: Any, stem: str, old: str, new: str) -> None:
    folder = write_register()
    assert list(validator(stem).iter_errors(as_an_editor_reads(folder / f"{stem}.yml"))) == []
    folder = write_register((stem, old, new))
    assert list(validator(stem).iter_errors(as_an_editor_reads(folder / f"{stem}.yml"))) != []
    assert load(folder).register is None


def test_generator_writes_mends_and_removes(tmp_path: Path) -> None:
    assert sorted(schema.write_schemas(tmp_path)) == sorted(f"{stem}.schema.json" for stem in STEMS)
    assert schema.write_schemas(tmp_path) == []
    (tmp_path / "opds.schema.json").write_text("{}")
    (tmp_path / "lama.schema.json").write_text("{}")
    assert schema.stale_files(tmp_path) == ["lama.schema.json", "opds.schema.json"]
    assert schema.write_schemas(tmp_path) == ["lama.schema.json", "opds.schema.json"]
    assert schema.stale_files(tmp_path) == []
    assert not (tmp_path / "lama.schema.json").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{stem}.schema.json" for stem in STEMS)


def test_command_from_a_clone(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "collections")}
    command = [sys.executable, "-m", MODULE, str(tmp_path)]
    run = subprocess.run([*command, "--check"], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "opds.schema.json usang" in run.stderr
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "opds.schema.json diperbarui." in run.stdout
    run = subprocess.run([*command, "--check"], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == ""
