# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules as they are installed, tested by Prometheus's own tool: when each alert fires and when it must not."""

from __future__ import annotations

from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
FOLDER = "/usr/local/lib/scenario/tests/unit/monitoring/rules"


def test_promtool_agrees_with_every_test_of_every_alert(host: Host) -> None:
    done = host.run(f"cd {FOLDER} && promtool test rules *.yml")
    assert done.rc == 0, done.stdout + done.stderr
    assert done.stdout.count("SUCCESS") == len(host.file(FOLDER).listdir())
