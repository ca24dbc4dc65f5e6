# SPDX-License-Identifier: GPL-3.0-or-later
"""Classification of recorded results: what is drift, what is noise, what nobody looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.classify import classify
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.observation import Observation
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.report import Report, State
from ansible_collections.diskominfo.terpusat.plugins.module_utils.drift.text import render

# Results as a callback of ansible-core 2.21 gets them in check mode (recorded, shortened).
TEMPLATE = {
    "changed": True,
    "diff": [
        {
            "before_header": "/etc/chrony/chrony.conf",
            "before": "pool old iburst\n",
            "after_header": "/root/.ansible/tmp/ansible-local-31927/tmpt/chrony.conf.j2",
            "after": "server 198.51.100.123 iburst\n",
        }
    ],
}
STOPPED = {
    "changed": True,
    "name": "nginx",
    "state": "started",
    "enabled": True,
    "status": {"ActiveState": "inactive", "UnitFileState": "enabled"},
}
CONFIG_FILES = {
    "changed": True,
    "paths": ["/etc/nginx/nginx.conf", "/etc/nginx/sites-enabled/simpus.conf"],
    "unverified": ["Konfigurasi baru: nginx"],
    "diff": [
        {
            "before_header": "/etc/nginx/nginx.conf (0644 0:0)",
            "before": "user root;\n",
            "after_header": "/etc/nginx/nginx.conf (0644 0:0)",
            "after": "user www-data;\n",
        },
        {
            "before_header": "/etc/nginx/sites-enabled/simpus.conf (tidak ada)",
            "before": "",
            "after_header": "/etc/nginx/sites-enabled/simpus.conf (tautan)",
            "after": "../sites-available/simpus.conf\n",
        },
    ],
}
COMMAND = {"changed": False, "msg": "Command would have run if not in check mode", "rc": 0, "cmd": ["ls"]}
COMMAND_CREATES = {**COMMAND, "changed": True}
UNSUPPORTED = {"changed": False, "msg": "remote module (community.x) does not support check mode"}
CONDITION = {"changed": False, "skip_reason": "Conditional result was False", "false_condition": "x is defined"}
EMPTY_LOOP = {"changed": False, "skipped_reason": "No items in the list", "results": []}
UNREACHABLE = {"changed": False, "unreachable": True, "msg": "Failed to connect to the host via ssh: timed out"}
DEVICE = {
    "changed": True,
    "outcome": "changed",
    "msg": "akan diubah: berkas /etc/frr/frr.conf, berjalan: networkd eth2",
    "changes": [
        {"component": "frr", "kind": "file", "name": "/etc/frr/frr.conf", "summary": "- a; + b"},
        {"component": "networkd", "kind": "running", "name": "eth2", "summary": "- 10.20.0.77/24"},
    ],
    "diff": [
        {
            "before_header": "berkas /etc/frr/frr.conf (di perangkat)",
            "after_header": "berkas /etc/frr/frr.conf (seharusnya)",
            "before": "a\n",
            "after": "b\n",
        },
        {
            "before_header": "berjalan: networkd eth2 (di perangkat)",
            "after_header": "berjalan: networkd eth2 (seharusnya)",
            "before": "10.20.0.1/24\n10.20.0.77/24\n",
            "after": "10.20.0.1/24\n",
        },
    ],
}


def seen(result: dict[str, Any], status: str = "ok", **more: Any) -> Observation:
    values: dict[str, Any] = {"host": "h", "task": "Write it", "action": "ansible.builtin.template", "role": "time"}
    return Observation(status=status, result=result, **{**values, **more})  # type: ignore[arg-type]


def device(result: dict[str, Any], status: str = "ok") -> Observation:
    return seen(result, status, action="diskominfo.terpusat.device_config", role="opd_router", task="Apply")


def check(*observations: Observation, failed: tuple[str, ...] = ()) -> Report:
    return classify(observations, ["h"], failed)


def names(report: Report) -> list[str]:
    return [str(item) for item in report.hosts["h"].drifted]


def test_a_changed_file_is_named_by_its_path_on_the_host_with_its_diff() -> None:
    report = check(seen(TEMPLATE))
    assert names(report) == ["time : Write it : /etc/chrony/chrony.conf"]
    diff = report.hosts["h"].drifted[0].diff.splitlines()
    assert "-pool old iburst" in diff
    assert "+server 198.51.100.123 iburst" in diff
    assert "ansible-local" not in report.hosts["h"].drifted[0].diff
    assert report.exit_code == 2


def test_a_stopped_service_is_named_and_shows_both_states() -> None:
    report = check(seen(STOPPED, action="ansible.builtin.systemd_service", task="Start nginx", role="app_host"))
    assert names(report) == ["app_host : Start nginx : nginx"]
    assert report.hosts["h"].drifted[0].diff == "-inactive\n+started"


def test_one_task_that_writes_several_files_names_each_with_its_own_diff() -> None:
    report = check(seen(CONFIG_FILES))
    items = report.hosts["h"].drifted
    assert [item.name for item in items] == ["/etc/nginx/nginx.conf", "/etc/nginx/sites-enabled/simpus.conf"]
    assert "user root" in items[0].diff
    assert "user root" not in items[1].diff
    assert [item.name for item in report.hosts["h"].unverified] == ["Konfigurasi baru: nginx"]


def test_packages_are_named_one_by_one() -> None:
    report = check(seen({"changed": True, "installed": ["nginx", "chrony"], "removed": ["ntp"]}, task="Packages"))
    assert [item.name for item in report.hosts["h"].drifted] == ["nginx", "chrony", "ntp"]


def test_only_the_changed_items_of_a_loop_are_drift() -> None:
    loop = {
        "changed": True,
        "msg": "All items completed",
        "results": [
            {"changed": False, "ansible_loop_var": "item", "item": "a", "_ansible_item_label": "/etc/a"},
            {"changed": True, "ansible_loop_var": "item", "item": "b", "_ansible_item_label": "/etc/b"},
            {"changed": True, "ansible_loop_var": "time_file", "time_file": {"path": "/etc/c"}},
            {"changed": False, "skipped": True, **CONDITION},
        ],
    }
    assert names(check(seen(loop))) == ["time : Write it : /etc/b", "time : Write it : /etc/c"]


def test_a_device_is_named_by_the_changes_it_reports_each_with_its_diff() -> None:
    report = check(device(DEVICE))
    assert names(report) == ["berkas /etc/frr/frr.conf", "berjalan: networkd eth2"]
    first, second = (item.diff for item in report.hosts["h"].drifted)
    assert first.splitlines()[-2:] == ["-a", "+b"]
    assert second.splitlines()[-1] == "-10.20.0.77/24"


def test_a_device_with_one_common_diff_shows_it_once() -> None:
    report = check(device({**DEVICE, "diff": {"prepared": "-10.20.0.77/24\n"}}))
    assert report.hosts["h"].diffs == ["-10.20.0.77/24"]
    assert [item.diff for item in report.hosts["h"].drifted] == ["", ""]


def test_a_device_change_without_names_is_still_drift() -> None:
    assert names(check(device({"changed": True, "outcome": "changed", "msg": "berbeda"}))) == ["berbeda"]


def test_a_changed_mode_is_shown_although_the_content_is_the_same() -> None:
    diff = {"before_header": "/etc/x (0666 0:0)", "after_header": "/etc/x (0600 0:0)", "before": "a\n", "after": "a\n"}
    item = check(seen({"changed": True, "diff": [diff]})).hosts["h"].drifted[0]
    assert item.name == "/etc/x"
    assert item.diff.splitlines() == ["--- sekarang: /etc/x (0666 0:0)", "+++ seharusnya: /etc/x (0600 0:0)"]


def test_handlers_and_conditions_are_not_drift() -> None:
    report = check(
        seen({"changed": True}, handler=True, task="Restart chrony"),
        seen(CONDITION, "skipped"),
        seen(EMPTY_LOOP, "skipped"),
        seen({"changed": False}),
    )
    assert report.hosts["h"].state is State.IN_SYNC
    assert report.hosts["h"].unverified == []
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("result", "status"), [(COMMAND, "skipped"), (UNSUPPORTED, "skipped"), (COMMAND_CREATES, "ok")]
)
def test_what_check_mode_does_not_run_is_unverified_and_not_drift(result: dict[str, Any], status: str) -> None:
    report = check(seen(result, status, task="Look", action="ansible.builtin.command"))
    assert [item.name for item in report.hosts["h"].unverified] == ["Look"]
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("outcome", "word"), [("refused", "ditolak"), ("auth_failed", "login ditolak"), ("failed", "gagal")]
)
def test_a_refused_or_failed_device_check_is_not_drift(outcome: str, word: str) -> None:
    result = {"changed": False, "failed": True, "outcome": outcome, "msg": "sebab"}
    report = check(device(result, "failed"), failed=("h",))
    assert report.hosts["h"].state is State.FAILED
    assert word in report.hosts["h"].messages[0]
    assert "sebab" in report.hosts["h"].messages[0]
    assert report.exit_code == 16


def test_offline_is_neither_drift_nor_failure() -> None:
    assert check(seen(UNREACHABLE, "unreachable")).exit_code == 8
    assert check(device({"outcome": "offline", "unreachable": True}, "unreachable")).exit_code == 8


def test_codes_of_several_hosts_add_up() -> None:
    observations = [seen(TEMPLATE, host="a"), seen(UNREACHABLE, "unreachable", host="b")]
    observations.append(seen({"changed": False}, host="c"))
    report = classify([*observations, seen({"msg": "x"}, "failed", host="d")], "abcd", ["d"])
    assert report.exit_code == 2 + 8 + 16
    assert (report.of(State.DRIFT), report.of(State.OFFLINE), report.of(State.FAILED)) == (["a"], ["b"], ["d"])
    assert report.of(State.IN_SYNC) == ["c"]


def test_drift_found_before_a_host_went_away_still_counts() -> None:
    assert check(seen(TEMPLATE), seen(UNREACHABLE, "unreachable")).exit_code == 2 + 8


def test_a_failure_that_was_rescued_or_ignored_is_none() -> None:
    assert check(seen({"msg": "x"}, "failed")).exit_code == 0
    assert check(seen({"msg": "x"}, "failed", ignored=True), failed=("h",)).exit_code == 16  # something else failed


def test_a_host_that_nobody_looked_at_is_not_in_sync() -> None:
    report = classify([seen({"changed": False}, host="a")], ["a", "b"], [])
    assert report.of(State.NOT_CHECKED) == ["b"]
    assert report.exit_code == 16
    assert classify([], [], []).exit_code == 16


def test_a_censored_result_is_drift_without_content() -> None:
    report = check(seen({"changed": True, "censored": "hidden", "_ansible_no_log": True}))
    assert names(report) == ["time : Write it : Write it"]
    assert report.hosts["h"].drifted[0].diff == ""


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["changed", "diff", "results", "msg", "outcome", "changes", "path", "dest", "unverified", "status", "paths"]
)


@given(
    st.dictionaries(KEYS, JSONISH, max_size=6),
    st.sampled_from(["ok", "failed", "skipped", "unreachable"]),
    st.sampled_from(["diskominfo.terpusat.device_config", "ansible.builtin.copy"]),
)
def test_odd_results_never_break_the_report(result: dict[str, Any], status: str, action: str) -> None:
    report = check(seen(result, status, action=action))
    drifted = report.hosts["h"].drifted
    assert all(item.name for item in drifted)
    assert bool(drifted) == bool(report.exit_code & 2)
    assert render(report)
    assert json.dumps(report.as_dict(), default=str)


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_the_exit_code_is_the_union_of_what_was_found(drifted: set[str], offline: set[str], failed: set[str]) -> None:
    observations = [seen({"changed": False}, host=name) for name in "abcdef"]
    observations += [seen(TEMPLATE, host=name) for name in drifted]
    observations += [seen(UNREACHABLE, "unreachable", host=name) for name in offline]
    observations += [seen({"msg": "x"}, "failed", host=name) for name in failed]
    expected = 2 * bool(drifted) + 8 * bool(offline) + 16 * bool(failed)
    assert classify(observations, "abcdef", failed).exit_code == expected
