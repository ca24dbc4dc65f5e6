# SPDX-License-Identifier: GPL-3.0-or-later
"""What hardening rules ask of the running system, read from texts of the kernel."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import kernel_rules

MOUNTS = """\
proc /proc proc rw,nosuid,nodev,noexec,relatime,hidepid=invisible,gid=4 0 0
tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0
tmpfs /tmp tmpfs rw 0 0
tmpfs /tmp tmpfs rw,nosuid,nodev 0 0
"""


@pytest.mark.parametrize(
    ("point", "options", "missing"),
    [
        ("/proc", "hidepid=invisible,gid=adm", []),
        ("/proc", "hidepid=invisible,gid=staff", ["gid=staff"]),
        ("/dev/shm", "nosuid,nodev,noexec", ["noexec"]),
        ("/tmp", "nosuid,nodev", []),
    ],
    ids=["group by number", "another group", "one lacks", "the last mount counts"],
)
def test_mount_options(point: str, options: str, missing: list[str]) -> None:
    present = kernel_rules.mounted(MOUNTS)[point]
    assert kernel_rules.lacking(options, present, {"adm": 4, "staff": 50}) == missing


def test_older_kernels_tell_hidepid_by_number() -> None:
    assert kernel_rules.lacking("hidepid=invisible", {"hidepid=2"}, {}) == []
    assert kernel_rules.lacking("hidepid=invisible", {"hidepid=off"}, {}) == ["hidepid=invisible"]


def test_loaded_modules_are_known_by_either_spelling() -> None:
    text = "usb_storage 81920 0 - Live 0x0\nsctp 450560 2 - Live 0x0\n"
    assert kernel_rules.loaded(["usb-storage", "dccp", "sctp"], text) == ["usb-storage", "sctp"]


def test_profiles_that_only_complain_are_named() -> None:
    text = "/usr/sbin/chronyd (enforce)\nman_groff (complain)\nunix-chkpwd (unconfined)\nlsb release (complain)\n"
    assert kernel_rules.complaining(text) == ["lsb release", "man_groff"]


@pytest.mark.parametrize(
    ("key", "container", "owned"),
    [("kernel.sysrq", True, False), ("kernel.sysrq", False, True), ("net.ipv4.tcp_syncookies", True, True),
     ("net.core.bpf_jit_harden", True, False)],
)  # fmt: skip
def test_a_container_owns_its_network_only(key: str, container: bool, owned: bool) -> None:
    assert kernel_rules.owned(key, container) is owned


def test_a_parameter_that_the_kernel_has_not_is_no_value(tmp_path: object) -> None:
    assert kernel_rules.value_of(f"{tmp_path}/sys/tidak/ada") is None
    assert kernel_rules.sysctl_path("net.ipv4.ip_forward", "/p") == "/p/sys/net/ipv4/ip_forward"
