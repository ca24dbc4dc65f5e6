# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the README of roles from their argument specs, so that the two never tell different things.

python docs/tools/role_readme.py            write the README of every role
python docs/tools/role_readme.py ROLE…      write these
python docs/tools/role_readme.py --check    write nothing; exit 1 when one is not what its specs say
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml

ROLES = Path(__file__).resolve().parents[2] / "roles"
NOTICE = "<!-- Written by docs/tools/role_readme.py from meta/argument_specs.yml; edit that file. -->"
FROM_INVENTORY = "terpusat_"  # these come from the inventory plugin, the others are set by people


def plain(markup: str) -> str:
    """Ansible's documentation markup as Markdown on one line."""
    text = " ".join(str(markup).split())
    text = re.sub(r"\b[CVOEM]\(([^)]*)\)", r"`\1`", text)
    text = re.sub(r"\bB\(([^)]*)\)", r"**\1**", text)
    return re.sub(r"\bI\(([^)]*)\)", r"*\1*", text)


def sentences(description: str | list[str]) -> list[str]:
    return [plain(line) for line in ([description] if isinstance(description, str) else description)]


def kind(option: dict[str, Any]) -> str:
    name = str(option.get("type", "str"))
    if name == "list" and "elements" in option:
        return f"list of {option['elements']}"
    return name


def default(option: dict[str, Any]) -> str:
    if option.get("required"):
        return "**required**"
    if "default" not in option:
        return ""
    value = option["default"]
    shown = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
    return "`" + " ".join(shown.split()).replace("|", "\\|") + "`"


def rows(options: dict[str, Any], prefix: str = "") -> list[str]:
    """Table rows of the options and of what is inside them."""
    lines = []
    for name, option in options.items():
        text = " ".join(sentences(option.get("description", "")))
        if "choices" in option:
            text += " One of " + ", ".join(f"`{choice}`" for choice in option["choices"]) + "."
        text = text.replace("|", "\\|")
        lines.append(f"| `{prefix}{name}` | {kind(option)} | {default(option)} | {text} |")
        lines += rows(option.get("options", {}), f"{prefix}{name}.")
    return lines


def table(options: dict[str, Any]) -> list[str]:
    return ["| variable | type | default | meaning |", "|---|---|---|---|", *rows(options)]


def readme(role: str, spec: dict[str, Any]) -> str:
    """The whole README of one role; ``spec`` is the mapping under ``argument_specs``."""
    main = spec["main"]
    options = main.get("options", {})
    own = {name: option for name, option in options.items() if not name.startswith(FROM_INVENTORY)}
    given = {name: option for name, option in options.items() if name.startswith(FROM_INVENTORY)}
    lines = [NOTICE, "", f"# {role}", "", plain(main["short_description"]) + ".", ""]
    lines += [*(f"- {line}" for line in sentences(main.get("description", []))), ""]
    if own:
        lines += ["## Variables", "", *table(own), ""]
    if given:
        lines += ["## From the register", ""]
        lines += ["Set by the inventory plugin or for all hosts; see `docs/architecture.md`.", ""]
        lines += [*table(given), ""]
    lines += ["## Run it alone", "", "```", f"ansible-playbook playbooks/site.yml --tags {role} --check --diff"]
    lines += [f"ansible-playbook playbooks/site.yml --tags {role}", "```"]
    return "\n".join(lines) + "\n"


def write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text)
    os.replace(temporary, path)


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    names = [name for name in arguments if name != "--check"] or sorted(path.name for path in ROLES.iterdir())
    old = []
    for name in names:
        specs = ROLES / name / "meta" / "argument_specs.yml"
        if not specs.is_file():
            continue
        path = ROLES / name / "README.md"
        text = readme(name, yaml.safe_load(specs.read_text())["argument_specs"])
        if path.is_file() and path.read_text() == text:
            continue
        old.append(name)
        if not check:
            write_whole(path, text)
            print(f"roles/{name}/README.md")
    if check and old:
        print(f"README tidak sesuai dengan argument_specs: {', '.join(old)}.")
        print("Jalankan: python docs/tools/role_readme.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
