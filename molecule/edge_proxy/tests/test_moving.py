# SPDX-License-Identifier: GPL-3.0-or-later
"""What visitors meet while the register changes: an application moves, one is maintained, certificates are renewed."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import patience
import pytest
import scenario_drift
import testinfra
from testinfra.host import Host
from visitor import CLIENT, PEBBLE_ROOT, PORTAL, SIMPUS, header, shown, visit

PROXY = "10.10.0.11"
MOVE = {"scenario_addresses": {"simpus": "10.10.0.12"}, "scenario_maintenance": ["portal"]}


@pytest.fixture(scope="module")
def visitor() -> Host:
    """srv2, which asks the proxy on srv1 and trusts both authorities."""
    found = testinfra.get_host("ansible://srv2", ansible_inventory=os.environ["MOLECULE_INVENTORY_FILE"])
    root = found.check_output("curl --silent --insecure https://127.0.0.1:15000/roots/0")
    found.run_test("printf %%s %s > " + PEBBLE_ROOT, root + "\n")
    return found


@pytest.fixture(scope="module")
def moved(visitor: Host) -> dict[str, Any]:
    """simpus moves from srv1 to srv2 and portal goes into maintenance, while visitors ask; what they met."""
    assert patience.eventually(lambda: visit(visitor, "ask", PROXY, SIMPUS)["status"] == 200, 10)
    stop = f"/tmp/scenario-stop-{time.time_ns()}"
    asking = f"nohup python3 {CLIENT} load {PROXY} {SIMPUS} {stop} > {stop}.json 2> {stop}.log < /dev/null &"
    visitor.run_test(asking)
    done = scenario_drift.play("--limit", "srv1", "-e", json.dumps(MOVE))
    time.sleep(3)  # the new server answers some, too
    visitor.run_test(f"touch {stop}")
    ended = patience.eventually(lambda: visitor.run(f"test -s {stop}.json").succeeded)
    assert ended, visitor.run(f"cat {stop}.log").stdout
    found: dict[str, Any] = json.loads(visitor.check_output(f"cat {stop}.json"))
    return {**found, "changed": scenario_drift.changed_tasks(done.stdout), "output": done.stdout}


def test_moving_an_application_loses_no_request(moved: dict[str, Any]) -> None:
    answers = moved["answers"]
    print(f"permintaan selama pemindahan: {answers}, hilang: {len(moved['lost'])}")
    assert moved["lost"] == []
    assert set(answers) <= {"srv1", "srv2", "reconnected"}
    assert answers["srv1"] > 50, "asked before"
    assert answers["srv2"] > 20, "and after"
    assert moved["changed"] == ["Configure nginx, its pages and the renewal", "Reload the proxy"], moved["output"]


@pytest.mark.usefixtures("moved")
def test_maintenance_has_a_page_and_the_others_go_on(visitor: Host) -> None:
    found = visit(visitor, "ask", PROXY, PORTAL, "/", "{}", PEBBLE_ROOT)
    assert (found["status"], header(found, "Retry-After")) == (503, ["900"])
    assert "sedang dalam pemeliharaan" in found["text"]
    assert "Portal Data Pendidikan" in found["text"]
    assert len(header(found, "Strict-Transport-Security")) == 1
    assert visit(visitor, "ask", PROXY, SIMPUS)["status"] == 200


@pytest.mark.usefixtures("moved")
def test_a_certificate_near_its_end_is_renewed_whoever_issued_it(visitor: Host) -> None:
    """And everything is again as the register says."""
    before = {name: shown(visitor, PROXY, name)["serial"] for name in (SIMPUS, PORTAL)}
    done = scenario_drift.play("--limit", "srv1", "-e", json.dumps({"edge_proxy_renew_days": 5000}))
    assert done.returncode == 0, done.stdout
    for name, serial in before.items():
        assert shown(visitor, PROXY, name)["serial"] != serial
    assert json.loads(visit(visitor, "ask", PROXY, SIMPUS)["text"])["server"] == "srv1"
    assert visit(visitor, "ask", PROXY, PORTAL, "/", "{}", PEBBLE_ROOT)["status"] == 200
