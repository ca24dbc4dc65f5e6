# SPDX-License-Identifier: GPL-3.0-or-later
"""The timer fires, the other server is compared as the user that may do nothing else, and what was found is told."""

from __future__ import annotations

import json

import scenario_drift
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
FOLDER = "/var/lib/terpusat-control/drift"
METRICS = "/var/lib/prometheus/node-exporter/terpusat_drift.prom"


def fire(host: Host) -> None:
    """Have the timer itself start the check, as it would some minutes after a start of the machine."""
    drop_in = "/run/systemd/system/terpusat-drift.timer.d"
    now = "[Timer]\\nOnBootSec=\\nOnUnitActiveSec=\\nRandomizedDelaySec=0\\nOnActiveSec=1\\n"
    root(
        host,
        f"rm -f {METRICS}; mkdir -p {drop_in}; printf '{now}' >{drop_in}/now.conf; systemctl daemon-reload; "
        f"systemctl restart terpusat-drift.timer",
    )
    finished = eventually(lambda: host.file(METRICS).exists, 180)
    root(host, f"rm -r {drop_in}; systemctl daemon-reload; systemctl restart terpusat-drift.timer")
    assert finished, root(host, "journalctl --no-pager -u terpusat-drift | tail -50")


def test_the_timer_compares_and_tells_what_it_found(host: Host) -> None:
    fire(host)
    report = json.loads(root(host, f"cat {FOLDER}/drift.json"))
    assert set(report["hosts"]) == {"srv2"}
    assert report["hosts"]["srv2"]["drifted"], "nobody configured it"
    told = host.file(METRICS).content_string
    assert f"terpusat_drift_exit_code {report['exit_code']}\n" in told
    assert f'target="srv2",state="{report["hosts"]["srv2"]["state"]}"' in told
    assert len(root(host, f"ls {FOLDER}/drift-*.json").splitlines()) == 1


def test_a_server_that_cannot_be_reached_is_a_finding_and_no_failure(host: Host) -> None:
    root(host, "sed -i s/10.99.0.12/10.99.0.99/ /srv/terpusat-control/lab/hosts.yml")
    fire(host)
    root(host, "sed -i s/10.99.0.99/10.99.0.12/ /srv/terpusat-control/lab/hosts.yml")
    told = host.file(METRICS).content_string
    assert "terpusat_drift_exit_code 8\n" in told
    assert 'target="srv2",state="offline"' in told
    assert root(host, "systemctl is-failed terpusat-drift.service").strip() == "inactive"


def test_a_check_that_does_not_run_fails_and_says_so(host: Host) -> None:
    root(host, "mv /srv/terpusat-control/lab/hosts.yml /srv/terpusat-control/hosts.yml")
    fire(host)
    root(host, "mv /srv/terpusat-control/hosts.yml /srv/terpusat-control/lab/hosts.yml")
    assert "terpusat_drift_exit_code 1\n" in host.file(METRICS).content_string
    assert root(host, "systemctl is-failed terpusat-drift.service").strip() == "failed"
    root(host, "systemctl reset-failed terpusat-drift.service")


def test_its_user_may_nothing_on_this_server_and_keeps_its_key(host: Host) -> None:
    assert host.user("terpusat-control").shell == "/usr/sbin/nologin"
    with host.sudo():
        assert host.run("sudo -l -U terpusat-control").stdout.count("not allowed") == 1
        assert host.file("/var/lib/terpusat-control/.ssh/id_ed25519").mode == 0o600
        assert host.file(FOLDER).mode == 0o750


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change("--limit", "srv1,localhost") == []
