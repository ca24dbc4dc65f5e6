# SPDX-License-Identifier: GPL-3.0-or-later
"""The set-up scripts: what they refuse, what they count, what they lock."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "scripts"


def load(name: str) -> ModuleType:
    """A script as a module; most have no suffix."""
    sys.path.insert(0, str(SCRIPTS))
    path = SCRIPTS / name
    loader = importlib.machinery.SourceFileLoader(f"terpusat_script_{path.stem}", str(path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module  # dataclasses look their module up
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


new = load("new")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    register = tmp_path / "inventories" / "contoh" / "register"
    register.mkdir(parents=True)
    (register / "government.yml").write_text(
        "government:\n  code: contoh\n  name: Kabupaten Contoh\n  domain: contohkab.go.id  # rekaan\n"
        "  address_pools: {management: 10.9.0.0/24}\n"
    )
    (register / "applications.yml").write_text(
        "applications:\n  - {code: a, name: Situs Contoh, domain: situs.contohkab.go.id}\n"
        "  - {code: b, domain: x.notcontohkab.go.id}\n"
    )
    (tmp_path / "inventories" / "contoh" / "README.md").write_text("# Kabupaten Contoh\n-i inventories/contoh\n")
    return tmp_path


def test_new_copies_the_example_with_code_name_and_domain(root: Path) -> None:
    folder = new.create(root, "kabupaten-aceh-besar", "")
    text = (folder / "register" / "government.yml").read_text()
    government = yaml.safe_load(text)["government"]
    assert (government["code"], government["name"]) == ("kabupaten-aceh-besar", "Kabupaten Aceh Besar")
    assert government["domain"] == "acehbesarkab.go.id"
    applications = yaml.safe_load((folder / "register" / "applications.yml").read_text())["applications"]
    assert [a["domain"] for a in applications] == ["situs.acehbesarkab.go.id", "x.notcontohkab.go.id"]
    assert (folder / "README.md").read_text() == "# Kabupaten Aceh Besar\n-i inventories/kabupaten-aceh-besar\n"
    assert sorted(p.name for p in (root / "inventories").iterdir()) == ["contoh", "kabupaten-aceh-besar"]


def test_new_starts_without_the_numbers_of_the_example(root: Path) -> None:
    (root / "inventories" / "contoh" / "allocations.yml").write_text("version: 1\n")
    assert not (new.create(root, "kabupaten-x", "") / "allocations.yml").exists()


@pytest.mark.parametrize("name", ["", "Kabupaten", "a b", "../x", "x_y", "-x", "x-", "a" * 64, "contoh", "1a", "x\ny"])
def test_new_refuses_bad_and_existing_names_and_leaves_nothing(root: Path, name: str) -> None:
    with pytest.raises(new.Refused):
        new.create(root, name, "")
    assert sorted(p.name for p in (root / "inventories").iterdir()) == ["contoh"]


@pytest.mark.parametrize("domain", ["x.com", "go.id", "x..go.id", "X.go.id", "-x.go.id"])
def test_new_refuses_domains_that_no_government_has(root: Path, domain: str) -> None:
    with pytest.raises(new.Refused):
        new.create(root, "kabupaten-x", domain)


def names(path: Path) -> set[str]:
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    lines = (line for line in lines if line and not line.startswith("-"))
    return {re.split(r"[=\s]", line)[0].lower().replace("_", "-") for line in lines}


def test_every_pin_is_exact_and_says_who_asked_for_it() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line.startswith(("#", "-r ")):
                continue
            assert re.fullmatch(r"[\w.-]+==[\w.]+  # via [\w.\-, ]+", line), f"{name}: {line}"


def test_direct_requirements_are_pinned_and_what_plugins_import_is_direct() -> None:
    run, dev = names(ROOT / "requirements.in"), names(ROOT / "requirements-dev.in")
    assert run <= names(ROOT / "requirements.txt")
    assert dev <= names(ROOT / "requirements-dev.txt") | names(ROOT / "requirements.txt")
    imported: set[str] = set()
    for path in (ROOT / "plugins").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(), flags=re.MULTILINE))
    third_party = imported - set(sys.stdlib_module_names) - {"ansible_collections", "__future__"}
    known = {"yaml": "pyyaml", "dns": "dnspython", "ansible": "ansible-core", "ruamel": "ruamel.yaml"}
    assert {known.get(name, name.replace("_", "-")) for name in third_party} <= run


def test_host_packages_hold_all_that_the_laboratory_asks_for() -> None:
    machine = (ROOT / "molecule" / "shared" / "labkit" / "machine.py").read_text()
    tools = machine[machine.index("TOOLS = {") : machine.index("}", machine.index("TOOLS = {"))]
    asked = set(re.findall(r'": "([a-z0-9-]+)"', tools)) | {"debian-archive-keyring"}
    listed = {line.split("#")[0].strip() for line in (SCRIPTS / "packages.txt").read_text().splitlines()}
    assert asked
    assert asked <= listed


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is installed by make setup")
def test_shell_scripts_are_clean() -> None:
    scripts = [str(p) for p in (SCRIPTS / "bootstrap", SCRIPTS / "clean", SCRIPTS / "build", ROOT / ".ci" / "run")]
    done = subprocess.run(["shellcheck", "-x", *scripts], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def bare(tmp_path: Path, **environment: str) -> tuple[Path, dict[str, str]]:
    """A checkout in a folder with an awkward name, and a PATH without any Python or apt."""
    checkout = tmp_path / "my check out's"
    (checkout / "scripts").mkdir(parents=True)
    for name in ("bootstrap", "lib.sh", "packages.txt"):
        shutil.copy2(SCRIPTS / name, checkout / "scripts" / name)
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy2(ROOT / name, checkout / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname", "cat", "rm", "mv", "id", "sha256sum", "sed", "printf"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    return checkout, {"PATH": str(tools), "HOME": str(tmp_path), **environment}


def bootstrap(checkout: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/bootstrap", "--python"], cwd=checkout, env=env,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_bootstrap_without_any_python_says_what_to_do_in_one_sentence(tmp_path: Path) -> None:
    checkout, env = bare(tmp_path)
    done = bootstrap(checkout, env)
    assert done.returncode == 1
    assert done.stderr.startswith("GALAT: Python 3.12 atau lebih baru tidak ada")
    assert "TERPUSAT_PYTHON=" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_bootstrap_refuses_a_python_that_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    checkout, env = bare(tmp_path, TERPUSAT_PYTHON=str(old))
    done = bootstrap(checkout, env)
    assert done.returncode == 1
    assert str(old) in done.stderr


def test_bootstrap_is_done_at_once_when_nothing_changed() -> None:
    if not (ROOT / ".venv" / "terpusat-setup.stamp").exists():
        pytest.skip("this environment was not made by make setup")
    assert bootstrap(ROOT, dict(os.environ)).returncode == 0
    done = bootstrap(ROOT, dict(os.environ))
    assert done.returncode == 0
    assert "Memasang" not in done.stdout
    assert os.access(ROOT / ".venv" / "bin" / "python", os.X_OK)


def test_the_laboratorys_summary_says_how_to_log_in_and_what_waits() -> None:
    application = {"domain": "simpus.lab.go.id", "name": "Simpus"}
    hosts = {
        "srv1": {
            "ansible_host": "10.99.0.31",
            "terpusat_host": {"kind": "server", "role": None},
            "terpusat_intent": {"applications": [application]},
            "terpusat_register": {"not_in_service": {"ordered": ["rt-satpolpp"], "racked": []}},
        }
    }
    text = load("lab").summary(hosts)
    assert "ssh -F .lab/ssh_config srv1" in text
    assert "http://simpus.lab.go.id" in text
    assert text.endswith("Tercatat di register, belum dipakai: 1 dipesan (rt-satpolpp)")
