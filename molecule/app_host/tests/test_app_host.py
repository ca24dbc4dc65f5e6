# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications on a server: what they answer, what they may touch, and what happens to a bad release."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
import scenario_drift
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
SOURCES = Path(os.environ["MOLECULE_PROJECT_DIRECTORY"]) / "inventories" / "lab" / "files" / "applications"
_FETCH = """
import http.client, sys
try:
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=10)
    body = sys.argv[3] if len(sys.argv) > 3 else None
    headers = {"Host": sys.argv[1], "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST" if body else "GET", sys.argv[2], body=body, headers=headers)
    answer = connection.getresponse()
    print(answer.status, answer.read().decode())
except (OSError, http.client.HTTPException) as error:
    print(type(error).__name__)
"""


def ask(host: Host, domain: str, path: str = "/", form: str = "") -> str:
    """Status and body of a page, or the name of the error."""
    return host.run(
        "python3 -c %s %s %s " + ("%s" if form else ""), _FETCH, domain, path, *([form] if form else [])
    ).stdout


def extra(**variables: object) -> tuple[str, str]:
    return "-e", json.dumps(variables)


def current(host: Host, code: str) -> str:
    with host.sudo():
        return host.run(f"readlink /srv/terpusat/{code}/current").stdout.strip()


@pytest.mark.parametrize(
    ("domain", "text"),
    [("simpus.lab.go.id", "Sistem Informasi Puskesmas"), ("portal.lab.go.id", "Portal Data Pendidikan")],
)
def test_each_application_answers_to_its_name(host: Host, domain: str, text: str) -> None:
    answer = ask(host, domain)
    assert answer.startswith("200 ")
    assert text in answer


@pytest.mark.parametrize("name", ["lain.lab.go.id", "127.0.0.1"])
def test_unknown_names_get_no_answer(host: Host, name: str) -> None:
    assert ask(host, name).strip() == "RemoteDisconnected"


def test_php_keeps_data_in_its_own_folder(host: Host) -> None:
    assert "Nomor antrean Anda: <strong>K-" in ask(host, "simpus.lab.go.id", "/", "poli=kia")
    assert ask(host, "simpus.lab.go.id", "/", "poli=x").startswith("422 ")
    with host.sudo():
        kept = host.run("stat --format '%U %a' /srv/terpusat/simpus/shared/data/*.jsonl").stdout.split()
        assert kept == ["app-simpus", "644"]
        assert host.run(
            "setpriv --reuid www-data --clear-groups --regid www-data ls /srv/terpusat/simpus/shared"
        ).failed


def test_source_code_and_hidden_files_are_not_served(host: Host) -> None:
    for path in ("/../src/Antrean.php", "/src/Antrean.php", "/.env"):
        assert "class Antrean" not in ask(host, "simpus.lab.go.id", path)


@pytest.mark.parametrize(("code", "other"), [("simpus", "portal"), ("portal", "simpus")])
def test_applications_cannot_read_each_other_nor_change_themselves(host: Host, code: str, other: str) -> None:
    become = f"setpriv --reuid app-{code} --regid app-{code} --init-groups"
    with host.sudo():
        assert host.run(f"{become} ls /srv/terpusat/{code}/current/").succeeded
        assert host.run(f"{become} ls /srv/terpusat/{other}").failed
        assert host.run(f"{become} touch /srv/terpusat/{code}/current/baru").failed
        assert host.run(f"{become} ln -sfn releases/x /srv/terpusat/{code}/current").failed


def test_changes_by_hand_are_named_and_mended(host: Host) -> None:
    tampers = [
        "gpasswd --delete www-data app-portal",
        "echo '<?php' > /srv/terpusat/simpus/current/public/pintu.php",
        "chmod o+r /srv/terpusat/portal/current/index.html",
        "rm /etc/nginx/conf.d/terpusat-portal.conf",
        "touch /etc/nginx/conf.d/terpusat-liar.conf",
        "systemctl disable --now php8.4-fpm",
    ]
    with host.sudo():
        for tamper in tampers:
            assert host.run(tamper).succeeded, tamper
    named = [
        "Let the web server read the applications",
        "Release the applications",
        "Configure the web server and the PHP pools",
        "Run the services now and at every start",
        "Reload nginx",
    ]
    assert scenario_drift.would_change() == named
    mended = scenario_drift.play()
    assert mended.returncode == 0, mended.stdout
    assert scenario_drift.changed_tasks(mended.stdout) == named
    for domain in ("portal.lab.go.id", "simpus.lab.go.id"):
        assert ask(host, domain).startswith("200 ")
    assert ask(host, "simpus.lab.go.id", "/pintu.php").startswith("404 ")
    assert scenario_drift.would_change() == []


def test_a_release_that_does_not_answer_is_taken_back(host: Host, tmp_path: Path) -> None:
    good = current(host, "simpus")
    broken = tmp_path / "simpus"
    shutil.copytree(SOURCES / "simpus", broken)
    (broken / "public" / "index.php").write_text("<?php\nthrow new RuntimeException('rusak');\n")
    done = scenario_drift.play(*extra(scenario_sources={"simpus": str(broken)}))
    assert done.returncode != 0
    said = " ".join(done.stdout.split())
    assert "aplikasi simpus tidak menjawab setelah dipasang" in said
    assert f"simpus dikembalikan ke rilis {good.split('/')[-1]}" in said
    assert current(host, "simpus") == good
    assert ask(host, "simpus.lab.go.id").startswith("200 ")
    assert ask(host, "portal.lab.go.id").startswith("200 "), "the other application is not touched"


def test_a_new_release_is_served_and_the_former_can_be_pinned(host: Host, tmp_path: Path) -> None:
    former = current(host, "portal")
    edited = tmp_path / "portal"
    shutil.copytree(SOURCES / "portal", edited)
    (edited / "index.html").write_text("<p>Rilis kedua</p>")
    sources = {"portal": str(edited)}
    assert scenario_drift.play(*extra(scenario_sources=sources)).returncode == 0
    assert "Rilis kedua" in ask(host, "portal.lab.go.id")
    pinned = {"portal": former.split("/")[-1]}
    done = scenario_drift.play(*extra(scenario_sources=sources, app_host_pinned_releases=pinned))
    assert done.returncode == 0, done.stdout
    assert current(host, "portal") == former
    assert "Portal Data Pendidikan" in ask(host, "portal.lab.go.id")
    assert scenario_drift.play().returncode == 0


def test_an_application_that_left_is_offline_and_its_data_stays_until_told(host: Host) -> None:
    left = extra(scenario_codes=["portal"])
    done = scenario_drift.play(*left)
    assert done.returncode == 0, done.stdout
    assert "simpus tidak lagi di register" in " ".join(done.stdout.split())
    assert ask(host, "simpus.lab.go.id").strip() == "RemoteDisconnected"
    assert ask(host, "portal.lab.go.id").startswith("200 ")
    with host.sudo():
        assert host.run("ls /srv/terpusat/simpus/shared/data/*.jsonl").succeeded
    assert not host.package("php8.4-fpm").is_installed, "no application needs it"
    assert scenario_drift.would_change(*left) == []

    gone = extra(scenario_codes=["portal"], app_host_remove_unlisted=True)
    assert scenario_drift.play(*gone).returncode == 0
    with host.sudo():
        assert host.run("ls /srv/terpusat").stdout.split() == ["portal"]
    assert not host.user("app-simpus").exists
    assert not host.group("app-simpus").exists
    assert scenario_drift.would_change(*gone) == []

    back = scenario_drift.play()
    assert back.returncode == 0, back.stdout
    assert ask(host, "simpus.lab.go.id").startswith("200 ")


def test_a_database_is_refused_before_anything_is_touched(host: Host) -> None:
    application = {"code": "absensi", "name": "Absensi", "database": "mariadb", "runtime": "php", "port": 80}
    application |= {"domain": "absensi.lab.go.id", "source": str(SOURCES / "simpus"), "needs": {"ram_bytes": 1}}
    done = scenario_drift.play(*extra(scenario_applications=[application]))
    assert done.returncode != 0
    assert "aplikasi absensi memerlukan basis data" in " ".join(done.stdout.split())
    assert scenario_drift.changed_tasks(done.stdout) == []
    assert ask(host, "simpus.lab.go.id").startswith("200 ")
