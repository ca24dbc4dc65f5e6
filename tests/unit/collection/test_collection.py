# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository as a collection: documented plugins, complete argument specs, a clean installable archive."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
NAME = "diskominfo.terpusat"
BIN = Path(sys.executable).parent
TYPES = {"inventory": "inventory", "modules": "module", "callback": "callback", "filter": "filter"}
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


Documents = dict[str, dict[str, object]]


def ansible_doc(*arguments: str, collections: Path = ROOT / "collections", cwd: Path = ROOT) -> Documents:
    env = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(collections), "ANSIBLE_NOCOLOR": "1"}
    done = subprocess.run(
        [str(BIN / "ansible-doc"), "--json", *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    documents: Documents = json.loads(done.stdout)
    return documents


def plugins(folder: str) -> list[str]:
    files = sorted((ROOT / "plugins" / folder).glob("*.py"))
    if folder == "filter":  # one file may hold several filters; each has its own documentation
        names = [name for file in files for name in re.findall(r'^\s+"(\w+)": ', file.read_text(), flags=re.MULTILINE)]
        names += [file.stem for file in (ROOT / "plugins" / folder).glob("*.yml")]
        return sorted({f"{NAME}.{name}" for name in names})
    return [f"{NAME}.{file.stem}" for file in files if file.stem != "__init__"]


def expected_documents() -> list[tuple[str, list[str]]]:
    return [(kind, names) for folder, kind in TYPES.items() if (names := plugins(folder))]


@pytest.mark.parametrize(("kind", "names"), expected_documents(), ids=str)
def test_ansible_doc_shows_every_plugin(kind: str, names: list[str]) -> None:
    documents = ansible_doc("--type", kind, *names)
    assert sorted(documents) == names
    for name, document in documents.items():
        doc = document["doc"]
        assert isinstance(doc, dict)
        assert doc["short_description"], name
        assert doc.get("description"), name


def test_every_action_plugin_is_documented_by_a_module_of_its_name() -> None:
    actions = {path.stem for path in (ROOT / "plugins" / "action").glob("*.py")}
    assert actions
    assert actions <= {path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")}


@pytest.mark.parametrize("role", ROLES)
def test_argument_specs_hold_every_default_and_nothing_is_undescribed(role: str) -> None:
    folder = ROOT / "roles" / role
    specs = yaml.safe_load((folder / "meta" / "argument_specs.yml").read_text())["argument_specs"]["main"]
    defaults_file = folder / "defaults" / "main.yml"
    defaults = yaml.safe_load(defaults_file.read_text()) or {} if defaults_file.exists() else {}
    options = specs.get("options", {})
    assert specs["short_description"]
    assert all(option.get("description") and option.get("type") for option in options.values())
    assert all(name.startswith(f"{role}_") for name in defaults)
    assert not set(defaults) - set(options), "a default that the specs do not describe"
    for name, value in defaults.items():
        if "default" in options[name] and not (isinstance(value, str) and "{{" in value):
            assert options[name]["default"] == value, name


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [str(BIN / "ansible-galaxy"), "collection", "build", "--output-path", str(folder)],
        cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    (built,) = folder.glob("*.tar.gz")
    return built


def test_archive_holds_the_collection_and_no_debris(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        names = [name for name in tar.getnames() if "/" in name or name.endswith((".md", ".cfg", ".txt"))]
        tops = {name.split("/", 1)[0] for name in tar.getnames()}
    allowed = {
        "MANIFEST.json", "FILES.json", "README.md", "LICENSE", "CHANGELOG.md", "ansible.cfg", "requirements.txt",
        "docs", "meta", "playbooks", "plugins", "roles",
    }  # fmt: skip
    assert tops <= allowed
    assert {"plugins", "roles", "playbooks", "meta", "README.md", "LICENSE"} <= tops
    assert not [name for name in names if re.search(r"__pycache__|\.pyc$|\.retry$|(^|/)\.", name)]
    assert archive.stat().st_size < 5_000_000


def test_archive_installs_offline_and_its_plugins_are_found(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "collections"
    env = {**os.environ, "ANSIBLE_HOME": str(tmp_path / "home"), "ANSIBLE_CONFIG": str(tmp_path / "none.cfg")}
    (tmp_path / "none.cfg").write_text("[defaults]\n")
    subprocess.run(
        [str(BIN / "ansible-galaxy"), "collection", "install", str(archive), "--offline", "-p", str(target)],
        cwd=tmp_path, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    documents = ansible_doc("--type", "callback", f"{NAME}.drift", collections=target, cwd=tmp_path)
    assert str(tmp_path) in str(documents[f"{NAME}.drift"]["doc"]["filename"])  # type: ignore[index]


def test_the_symlink_makes_the_clone_a_collection() -> None:
    link = ROOT / "collections" / "ansible_collections" / "diskominfo" / "terpusat"
    assert link.is_symlink()
    assert os.readlink(link) == "../../.."
    assert git("ls-files", "-s", str(link.relative_to(ROOT))).startswith("120000 ")


def tracked(*suffixes: str) -> list[Path]:
    paths = [ROOT / name for name in git("ls-files", "-z").split("\0") if name]
    paths = [path for path in paths if path.is_file() and not path.is_symlink()]
    return [path for path in paths if not suffixes or path.suffix in suffixes]


def test_licence_headers() -> None:
    missing = []
    for path in tracked(".py", ".sh"):
        head = "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:6])
        plugin = path.parent.parent == ROOT / "plugins" and path.parent.name != "module_utils"
        wanted = ["SPDX-License-Identifier: GPL-3.0-or-later"]
        if plugin:
            wanted.append("GNU General Public License v3.0+")
        if path.stat().st_size and not all(text in head for text in wanted):
            missing.append(str(path.relative_to(ROOT)))
    assert not missing


# Spelled in pieces, so that this file does not find itself.
FORBIDDEN = {
    "an unfinished place": re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bX" + r"XX\b"),
    "a path of one machine": re.compile("/wor" + "k/|/tmp/bri" + "ef|/root/[.]py" + "env"),
    "a package host": re.compile(r"deb\.deb" + r"ian\.org|py" + r"pi\.org|\.python" + r"hosted|archive\.ubu" + "ntu"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_committed_holds(what: str) -> None:
    found = []
    for path in tracked():
        if path.name == "LICENSE":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [f"{path.relative_to(ROOT)}:{n}: {line.strip()}" for n, line in lines if FORBIDDEN[what].search(line)]
    assert not found


def test_no_task_that_runs_in_check_mode_may_change_anything() -> None:
    """`check_mode: false` makes a task run during a drift check; it may only read."""
    found = []

    def walk(node: object, where: str) -> None:
        if isinstance(node, list):
            for entry in node:
                walk(entry, where)
        elif isinstance(node, dict):
            if node.get("check_mode") is False and node.get("changed_when") is not False:
                found.append(f"{where}: {node.get('name')}")
            for key in ("block", "rescue", "always", "tasks", "pre_tasks", "post_tasks"):
                walk(node.get(key), where)

    for folder in ("roles", "playbooks"):
        for path in sorted((ROOT / folder).rglob("*.yml")):
            if {"tasks", "handlers", "playbooks"} & {path.parent.name}:
                walk(yaml.safe_load(path.read_text()), str(path.relative_to(ROOT)))
    assert not found
