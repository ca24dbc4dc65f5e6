# SPDX-License-Identifier: GPL-3.0-or-later
"""What is compared is what the role would send: the same text, from real runs of the real roles."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run, copy_of_the_collection

DOUBLES = Path(__file__).parent / "doubles" / "action"
ROLE = {"ansible.builtin.include_role": {"name": "diskominfo.terpusat.{{ terpusat_host.role }}"}}
ALL = {"diskominfo.terpusat.render_all": None}


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection with a device_config that writes down what it is given."""
    home = copy_of_the_collection(tmp_path_factory.mktemp("recording"))
    for double in DOUBLES.glob("*.py"):
        shutil.copy(double, home / "plugins" / "action")
    shutil.copy(home / "plugins/modules/fleet_compare.py", home / "plugins/modules/render_all.py")
    return home


def texts(ansible: Run, recording: Path, folder: Path, inventory: object, **play: object) -> dict[str, dict[str, str]]:
    """By host what each way of rendering gave: {host: {role, plain or exact}}."""
    folder.mkdir()
    base = {"hosts": "network", "gather_facts": False, **play}
    done = ansible(recording, [{**base, "tasks": [ROLE, ALL]}], inventory, TEXTS=str(folder))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    found: dict[str, dict[str, str]] = {}
    for path in folder.iterdir():
        found.setdefault(path.stem, {})[path.suffix[1:]] = path.read_text()
    return found


@pytest.mark.parametrize("government", ["lab", "contoh"])
def test_every_device_of_our_inventories(ansible: Run, recording: Path, tmp_path: Path, government: str) -> None:
    found = texts(ansible, recording, tmp_path / "texts", ROOT / "inventories" / government)
    assert len(found) >= 4
    for name, text in found.items():
        assert set(text) == {"role", "plain"}, f"{name}: Ansible's engine was needed"
        assert text["plain"] == text["role"], name


#: templates (§ stands for the intent) and whether Jinja alone may render them
TEMPLATES = {
    "nothing": ("", False),
    "text without an end of line": ("teks", True),
    "ends of line": ("a\n\n\n", True),
    "a lone value": ("{{ §.text }}", True),
    "a lone number": ("{{ §.number }}", False),
    "none and booleans": ("[{{ none }}|{{ true }}|{{ §.nothing }}]\n", True),
    "default of what is not there": ("[{{ §.absent | default('x') }}|{{ absent | default([]) | join }}]", True),
    "deep in what is not there": ("{{ §.absent.deeper | default('x') }}!", False),
    "tests": ("{{ §.absent is defined }} {{ §.text is match('te') }}\n", True),
    "lists": ("{{ §.list | map('upper') | select('ne', 'B') | join(',') }}\n", True),
    "a list in a text": ("= {{ §.list | map('upper') }}\n", False),
    "a filter of our collection": (
        "x {{ ['10.0.0.0/25', '10.0.0.128/25'] | diskominfo.terpusat.collapse_networks | join }}", True,
    ),
    "dictionaries": ("{% for k, v in §.map.items() %}\n{{ k }}={{ v is iterable }}\n{% endfor %}\n", True),
    "values as a list": ("{{ §.map.values() | flatten | sum }} x", True),
    "blocks and space": ("  {% if true %}\n  a\n  {%- endif %}\nb  {#- c -#}  \n", True),
    "set and macros": (
        "{% macro m(x) -%}\n<{{ x }}>\n{%- endmacro %}\n{% set y %}q{% endset %}\n{{ m(y) }}{{ m(7) }}\n", True,
    ),
    "a macro's number": ("{% macro m() %}{{ 5 }}{% endmacro %}\n{{ m() + 1 if m() is number else 'teks' }} x\n", True),
    "arithmetic": ("{{ §.number // 3 }} {{ '%02x' % 10 }} {{ 7 / 2 }} {{ 1 < 2 }}\n", True),
    "a variable with a template in it": ("{{ sapaan }} / {{ network_device_guard_seconds }}\n", True),
    "text that only looks like a template": ("{{ §.looks }}!\n", True),
    "backslashes": (r"{{ 'a\nb' }} {{ §.text | regex_replace('(t)e', '\\1E') }}" "\n", True),
    "namespaces and loops": (
        "{% set n = namespace(v=0) %}{% for x in range(4) if x is odd %}{% set n.v = n.v + x %}"
        "{{ loop.index }}{{ '' if loop.last else ',' }}{% endfor %}={{ n.v }}\n", True,
    ),
    "a lookup": ("{{ lookup('ansible.builtin.env', 'TEXTS') | length > 0 }} x\n", False),
    "the template's own name": ("{{ template_path | basename }} x\n", False),
    "other hosts": ("{{ hostvars['b'].§.text }} x\n", False),
    "escapes": ("{{ '<&>' }} {{ \"it's\" | quote }}\n", True),
}  # fmt: skip


def test_templates_of_every_kind(ansible: Run, recording: Path, tmp_path: Path) -> None:
    """Whichever way a text was rendered, it is what Ansible's engine gives the role."""
    intent = {
        "text": "teks", "number": 10, "nothing": None, "list": ["a", "b", "c"], "map": {"x": 1, "y": [2, 3]},
        "looks": "{{ 7 * 6 }}",
    }  # fmt: skip
    folder = recording / "roles/opd_router/templates"
    group: dict[str, dict[str, object]] = {}
    for number, (template, _) in enumerate(TEMPLATES.values()):
        (folder / f"uji{number}.j2").write_text(template.replace("§", "terpusat_intent"))
        who = {"role": "opd_router", "kind": "device", "platform": f"uji{number}", "name": f"h{number}"}
        group[f"h{number}"] = {"terpusat_host": who, "terpusat_intent": intent}
    group["b"] = {**group["h0"]}
    # The argument specs know the real platforms only.
    for name in ("opd_router", "network_device"):
        (recording / f"roles/{name}/meta/argument_specs.yml").unlink()
    # JSON has no way to say that a text must not be evaluated; an inventory in YAML has.
    shared = "{opd_router_probes: [], sapaan: 'halo {{ inventory_hostname }}'}"
    lines = ["all:", f"  vars: {shared}", "  children:", "    network:", "      hosts:"]
    for name, variables in group.items():
        shown = str(variables["terpusat_intent"]).replace("'{{ 7 * 6 }}'", "!unsafe '{{ 7 * 6 }}'")
        lines += [f"        {name}:", f"          terpusat_host: {variables['terpusat_host']}"]
        lines += [f"          terpusat_intent: {shown.replace('None', 'null')}"]
    path = tmp_path / "hosts.yml"
    path.write_text("\n".join(lines) + "\n")
    found = texts(ansible, recording, tmp_path / "texts", path)
    ways = {name: found[f"h{number}"] for number, name in enumerate(TEMPLATES)}
    different = {name: way for name, way in ways.items() if way["role"] != way.get("plain", way.get("exact"))}
    assert not different
    slow = {name for name, way in ways.items() if "exact" in way}
    assert slow == {name for name, (_, plain) in TEMPLATES.items() if not plain}
