# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications on a server: what they answer, what they may touch and use, and what happens to a bad release."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import scenario_drift
import testinfra
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
SCENARIO = Path(os.environ["MOLECULE_SCENARIO_DIRECTORY"])
SOURCES = SCENARIO / "government" / "files" / "applications"
_FETCH = """
import http.client, json, sys
for server, domain, path, headers in json.loads(sys.argv[1]):
    try:
        connection = http.client.HTTPConnection(server, 80, timeout=70)
        body = headers.pop("body", None)
        connection.request("POST" if body else "GET", path, body=body, headers={"Host": domain, **headers})
        answer = connection.getresponse()
        print(json.dumps([answer.status, answer.read().decode()]))
    except (OSError, http.client.HTTPException) as error:
        print(json.dumps([0, type(error).__name__]))
"""
type Answer = tuple[int, str]


def ask(
    host: Host, *questions: tuple[str, str] | tuple[str, str, dict[str, str]], at: str = "127.0.0.1"
) -> list[Answer]:
    """Status and body of pages, each asked as (code, path[, headers]); status 0 and the error's name without answer."""
    asked = [(at, f"{code}.lab.go.id", path, *(rest or [{}])) for code, path, *rest in questions]
    lines = host.run("python3 -c %s %s", _FETCH, json.dumps(asked)).stdout.splitlines()
    return [(status, body) for status, body in map(json.loads, lines)]


def page(host: Host, code: str, path: str = "/", **headers: str) -> dict[str, Any]:
    ((status, body),) = ask(host, (code, path, headers))
    assert status == 200, body
    found: dict[str, Any] = json.loads(body)
    return found


def extra(**variables: object) -> tuple[str, str]:
    return "-e", json.dumps(variables)


def released(host: Host, code: str, link: str = "current") -> str:
    with host.sudo():
        return host.run(f"readlink /srv/terpusat/{code}/{link}").stdout.strip().removeprefix("releases/")


@pytest.fixture(scope="module")
def srv2(request: pytest.FixtureRequest) -> Host:
    return testinfra.get_host("ansible://srv2", ansible_inventory=request.config.getoption("--ansible-inventory"))


def test_each_runtime_answers_on_both_systems(host: Host, srv2: Host) -> None:
    found = ask(host, ("simpus", "/"), ("antrean", "/"), ("nakal", "/")) + ask(
        srv2, ("perizinan", "/"), ("peta", "/"), ("portal", "/")
    )
    assert [status for status, _body in found] == [200] * 6
    assert [json.loads(found[number][1])["aplikasi"] for number in (0, 1, 3, 4)] == [
        "simpus",
        "antrean",
        "perizinan",
        "peta",
    ]
    assert "Portal Data" in found[5][1]
    assert json.loads(found[1][1])["pustaka"] == "itsdangerous", "a library from Debian"
    for server, codes, common in ((host, ("simpus", "antrean", "nakal"), "8.4"), (srv2, ("perizinan", "peta"), "8.2")):
        wanted = server.run("systemctl show multi-user.target --property Wants --value").stdout.split()
        assert {f"terpusat-app-{code}.service" for code in codes} <= set(wanted), "they come back after a reboot"
        assert f"php{common}-fpm.service" not in wanted
        assert not server.service(f"php{common}-fpm").is_running


def test_names_of_others_and_source_code_get_no_answer(host: Host) -> None:
    unknown, here, code, hidden = ask(
        host, ("lain", "/"), ("portal", "/"), ("simpus", "/../src/Antrean.php"), ("simpus", "/.env")
    )
    assert unknown == here == (0, "RemoteDisconnected")
    assert code[0] != 200 or "class Antrean" not in code[1]
    assert hidden[0] == 404


def test_settings_and_secrets_arrive_as_they_were_written(host: Host) -> None:
    found = page(host, "simpus")
    assert found["mode"] == "uji $coba 100%"
    assert found["sandi"] == 'kutip " garis \\ uang $HOME `x`'


def test_the_database_is_handed_over_and_its_password_is_its_own(host: Host) -> None:
    found = page(host, "antrean")
    assert found["database"] == {
        "ENGINE": "mariadb",
        "HOST": "10.10.0.12",
        "PORT": "3306",
        "NAME": "antrean",
        "USER": "antrean",
        "CA": "/etc/terpusat/tls/ca.crt",
    }
    empty = hashlib.sha256(b"").hexdigest()
    key = hashlib.sha256(hashlib.sha256(b"rekaan").hexdigest().encode()).hexdigest()
    assert found["sandi"] not in (empty, key)


def test_only_the_proxy_is_believed_about_who_asks(host: Host, srv2: Host) -> None:
    claim = {"X-Real-IP": "10.20.0.77", "X-Forwarded-Proto": "https"}
    server = "10.99.0.11"
    through = [
        json.loads(body) for _status, body in ask(srv2, ("antrean", "/", claim), ("simpus", "/", claim), at=server)
    ]
    assert [(answer["dari"]) for answer in through] == ["10.20.0.77"] * 2
    assert (through[0]["skema"], through[1]["https"]) == ("https", "on")
    liar = [json.loads(body) for _status, body in ask(host, ("antrean", "/", claim), ("simpus", "/", claim), at=server)]
    assert [answer["dari"] for answer in liar] == [server] * 2
    assert (liar[0]["skema"], liar[1]["https"]) == ("http", "")


def test_an_application_sees_itself_and_the_system_only(host: Host) -> None:
    found = page(host, "antrean")
    assert found["aplikasi_lain"] == ["antrean"]
    assert found["rahasia"] == found["rumah"] == "PermissionError"
    assert found["proses"] <= 4, "its own processes, nobody else's"
    assert found["tulis"] == {
        "data": "bisa",
        "kode": "PermissionError",
        "sistem": "PermissionError",
        "sementara": "bisa",
    }
    php = page(host, "simpus")
    assert php["tetangga"] is False
    assert php["rahasia"] is False
    page(host, "simpus", body="x")
    with host.sudo():
        kept = "/srv/terpusat/simpus/shared/data/kiriman.txt"
        assert host.run(f"stat --format '%U' {kept}").stdout.strip() == "app-simpus"
        # Also outside its service, as a program that it started would: Unix rights alone.
        become = "setpriv --reuid app-simpus --regid app-simpus --init-groups"
        for other in (
            "ls /srv/terpusat/antrean",
            "cat /etc/terpusat/applications/antrean.env",
            "cat /etc/terpusat/applications/simpus.env",
            "ls /run/terpusat-app-antrean",
            "cat /proc/$(systemctl show --value --property MainPID terpusat-app-antrean)/environ",
            "touch /srv/terpusat/simpus/current/public/baru",
        ):
            assert host.run(f"{become} sh -c '{other}'").failed, other
        assert host.run(f"{become} ls /srv/terpusat/simpus/current/").succeeded
        assert not host.file("/tmp/antrean").exists, "its /tmp is its own"
        score = host.run("systemd-analyze security --no-pager terpusat-app-antrean | tail -1").stdout
    assert float(score.split(":")[1].split()[0]) < 3, score


def test_who_takes_too_much_is_stopped_and_the_neighbour_answers(host: Host) -> None:
    """Memory and processes: here by the limits of single processes and of the user, which need no control group."""
    with host.sudo():
        running = "systemctl show --value --property MainPID terpusat-app-antrean"
        before = host.run(running).stdout
        eaten, forked, after = ask(host, ("nakal", "/makan"), ("nakal", "/garpu"), ("antrean", "/"))
        processes = int(host.run("ps --no-headers -U app-nakal | wc -l").stdout)
    # Either the kernel said no, or the worker was killed and nginx tells that nobody answered.
    assert eaten[0] == 502 or eaten[1].startswith("ditolak setelah"), eaten
    assert forked[0] == 502 or forked[1].startswith("ditolak setelah"), forked
    assert processes <= 400
    assert after[0] == 200
    with host.sudo():
        assert host.run(running).stdout == before, "the neighbour was not even started anew"
        host.run("pkill -u app-nakal")  # systemd starts it again
    deadline = time.monotonic() + 40  # they sleep for 8 seconds
    while (answer := ask(host, ("nakal", "/"))[0]) != (200, "nakal"):
        assert time.monotonic() < deadline, answer
        time.sleep(0.5)


def test_the_slice_limits_the_whole_application(host: Host) -> None:
    """RAM, tasks and CPU of all processes together: what systemd was told, and what the kernel really holds."""
    slice_ = "terpusat-app-nakal.slice"
    with host.sudo():
        told = host.run(f"systemctl show {slice_} --property MemoryMax,TasksMax,CPUQuotaPerSecUSec,ControlGroup").stdout
        assert "MemoryMax=128000000" in told
        assert "TasksMax=400" in told
        assert "CPUQuotaPerSecUSec=1s" in told
        assert slice_ in host.run("systemctl show terpusat-app-nakal.service --property ControlGroup").stdout
        group = told.split("ControlGroup=")[1].split()[0]
        held = host.run(
            f"cat /sys/fs/cgroup{group}/memory.max /sys/fs/cgroup/memory{group}/memory.limit_in_bytes 2>/dev/null"
        ).stdout.split()
    if not held:
        pytest.skip("tidak terverifikasi: kernel mesin ini tidak memberi kontainer control group untuk memori")
    assert abs(int(held[0]) - 128_000_000) < 4096, "pages"


def test_podman_understands_the_quadlet(host: Host, tmp_path: Path) -> None:
    """The generator of Debian 13's podman, without installing it: containers cannot run in these machines."""
    application = {
        "code": "wadah",
        "name": "Wadah",
        "runtime": "oci",
        "image": f"registry.lab.go.id/wadah@sha256:{'a' * 64}",
        "local_port": 20002,
        "start": "serve --port ${PORT}",
        "needs": {"ram_bytes": 256_000_000, "vcpu": 1, "disk_bytes": 1},
    }
    play = [
        {
            "hosts": "srv1",
            "gather_facts": False,
            "become": True,
            "tasks": [
                {"ansible.builtin.include_vars": {"dir": str(SCENARIO.parents[1] / "roles/app_host/defaults")}},
                {"ansible.builtin.include_vars": {"dir": str(SCENARIO.parents[1] / "roles/app_host/vars")}},
                {
                    "ansible.builtin.template": {
                        "src": str(SCENARIO.parents[1] / "roles/app_host/templates/application.container.j2"),
                        "dest": "/run/terpusat-app-wadah.container",
                        "mode": "0644",
                    },
                    "vars": {"application": application},
                },
            ],
        }
    ]
    book = tmp_path / "quadlet.json"
    book.write_text(json.dumps(play))
    done = subprocess.run(
        ["ansible-playbook", "-i", os.environ["MOLECULE_INVENTORY_FILE"], str(book)],
        cwd=SCENARIO.parents[1],
        env={**os.environ, "ANSIBLE_CONFIG": str(SCENARIO.parents[1] / "ansible.cfg")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    with host.sudo():
        made = host.run(
            "set -e; cd $(mktemp -d); apt-get download -q podman >/dev/null 2>&1; dpkg -x podman_*.deb .;"
            " mkdir quadlets; cp /run/terpusat-app-wadah.container quadlets/;"
            " QUADLET_UNIT_DIRS=$PWD/quadlets ./usr/libexec/podman/quadlet --dryrun"
        )
    assert made.succeeded, made.stderr
    assert "---terpusat-app-wadah.service---" in made.stdout
    for word in ("--network host", "--uidmap 1:2228224:65535", "--read-only", "--cap-drop all", "no-new-privileges"):
        assert word in made.stdout, made.stdout
    assert "Slice=terpusat-app-wadah.slice" in made.stdout


def test_changes_by_hand_are_named_and_a_bad_release_is_taken_back(host: Host, srv2: Host, tmp_path: Path) -> None:
    """One check run, and one real run that mends and at the same time gets two bad releases and a good one."""
    tampers = [
        "gpasswd --delete www-data app-simpus",
        "chmod o+r /srv/terpusat/antrean/current/app.py",
        "rm /etc/nginx/conf.d/terpusat-antrean.conf",
        "touch /etc/nginx/conf.d/terpusat-liar.conf",
        "sed -i s/ProtectSystem=strict// /etc/systemd/system/terpusat-app-nakal.service",
        "chmod 0644 /etc/terpusat/applications/antrean.env",
    ]
    with host.sudo():
        for tamper in tampers:
            assert host.run(tamper).succeeded, tamper
    with srv2.sudo():
        assert srv2.run("systemctl stop terpusat-app-peta").succeeded
        assert srv2.run("echo '<?php' > /srv/terpusat/perizinan/current/pintu.php").succeeded
    assert scenario_drift.would_change() == [
        "Release the applications, each with an account of its own",
        "Configure the web server and the applications' services",
        "Reload nginx",
        "Run the services now and at every start",
    ]
    good = {code: released(host, code) for code in ("simpus", "antrean", "nakal")}
    sources = {}
    for code in ("simpus", "antrean", "nakal", "portal"):
        sources[code] = str(shutil.copytree(SOURCES / code, tmp_path / code))
    (tmp_path / "simpus/public/index.php").write_text("<?php\nthrow new RuntimeException('rusak');\n")
    (tmp_path / "antrean/app.py").write_text("raise RuntimeError('rusak')\n")
    (tmp_path / "nakal/app.py").write_text((SOURCES / "nakal/app.py").read_text().replace('"nakal"', '"jinak"'))
    (tmp_path / "portal/index.html").write_text("<p>Rilis kedua</p>")
    done = scenario_drift.play(*extra(scenario_sources=sources))
    assert done.returncode != 0
    said = " ".join(done.stdout.split())
    assert "aplikasi simpus, antrean tidak menjawab setelah dipasang" in said, said[-2500:]
    for code in ("simpus", "antrean"):
        assert f"{code} dikembalikan ke rilis {good[code]}" in said
        assert released(host, code) == good[code]
    assert [status for status, _body in ask(host, ("simpus", "/"), ("antrean", "/"))] == [200, 200]
    assert ask(srv2, ("perizinan", "/pintu.php"))[0][0] == 404
    assert page(host, "antrean")["rilis"] == good["antrean"], "it was started anew with the former one"
    assert ask(host, ("nakal", "/")) == [(200, "jinak")], "the good one stays"
    assert "Rilis kedua" in ask(srv2, ("portal", "/"))[0][1]
    assert ask(srv2, ("peta", "/"))[0][0] == 200
    with host.sudo():
        assert "ProtectSystem=strict" in host.run("systemctl cat terpusat-app-nakal").stdout
        assert host.file("/etc/terpusat/applications/antrean.env").mode == 0o600


def test_one_application_goes_back_by_the_playbook(host: Host, srv2: Host, tmp_path: Path) -> None:
    """release.yml: the former release of nakal, and nothing else is touched, though every source differs."""
    now, before = released(host, "nakal"), released(host, "nakal", "previous")
    portal = released(srv2, "portal")
    variables = {}
    for name in ("srv1", "srv2"):
        planned = json.loads((SCENARIO / "hosts" / f"{name}.json").read_text())
        for application in planned["terpusat_intent"]["applications"]:
            application["source"] = str(SOURCES / application["code"])
        planned["terpusat_secrets"] = {"application_key": hashlib.sha256(b"rekaan").hexdigest()}
        variables[name] = planned
    more = tmp_path / "hosts.json"
    more.write_text(json.dumps({"servers": {"hosts": variables}}))
    root = SCENARIO.parents[1]
    done = subprocess.run(
        [
            *("ansible-playbook", "-i", str(more), "-i", os.environ["MOLECULE_INVENTORY_FILE"]),
            *("playbooks/release.yml", "-e", "terpusat_application=nakal", "-e", "terpusat_release=previous"),
        ],
        cwd=root,
        env={**os.environ, "ANSIBLE_CONFIG": str(root / "ansible.cfg"), "ANSIBLE_STDOUT_CALLBACK": "default"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"nakal menjawab dengan rilis {before} (sebelumnya {now})" in " ".join(done.stdout.split())
    assert (released(host, "nakal"), released(host, "nakal", "previous")) == (before, now)
    assert ask(host, ("nakal", "/")) == [(200, "nakal")]
    assert released(srv2, "portal") == portal


def test_an_application_that_left_is_gone_when_told(host: Host) -> None:
    """Kept by default (a unit test of app_release); here with its files, account and service."""
    with host.sudo():
        assert host.run("ls /srv/terpusat/nakal/shared/data").succeeded
    done = scenario_drift.play(*extra(scenario_without=["nakal"], app_host_remove_unlisted=True), "--limit", "srv1")
    assert done.returncode == 0, done.stdout
    assert ask(host, ("nakal", "/"), ("simpus", "/"))[0] == (0, "RemoteDisconnected")
    with host.sudo():
        assert sorted(host.run("ls /srv/terpusat").stdout.split()) == ["antrean", "simpus"]
        assert "nakal" not in host.run("systemctl list-units --all 'terpusat-app-*.service'").stdout
        assert host.run("ls /etc/systemd/system/*nakal* /etc/terpusat/*/nakal*").failed
    assert not host.user("app-nakal").exists
    assert not host.group("app-nakal").exists
