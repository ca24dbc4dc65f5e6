# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of a router in everything that people read: only fingerprints, equal ones alike."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros import reading
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.masking import mask
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.core.farm import Farm
from emulators.core.personality import Personality

from .run import SCALE, transact

HIDE = Fingerprints(b"k" * 32)
OLD, NEW = "S3cr#t old$1", "S3cr#t-new"
#: one line for each kind of secret, ``{}`` where it stands
LINES = [
    "/ppp secret add name=a password={} service=l2tp",
    "/snmp community add name={} addresses=10.0.0.0/8",
    '/snmp community add comment="terpusat:s" name=x authentication-password={} encryption-password={}',
    "/radius add address=10.0.0.1 service=login secret={}",
    "/routing bgp connection add name=b remote.address=10.0.0.1 tcp-md5-key={}",
    "/ip ipsec identity add peer=p secret={}",
    "/interface wireguard add name=w private-key={}",
    "/interface wireguard peers add interface=w public-key=P preshared-key={}",
    "/interface wireless security-profiles add name=s wpa2-pre-shared-key={}",
    "/interface wifi security add name=s passphrase={}",
    "/interface l2tp-client add name=l connect-to=10.0.0.1 password={} ipsec-secret={}",
    "/routing ospf interface add interface=ether1 authentication-key={}",
    '/system script add name=s source="/tool fetch password={}"',
    "/interface vrrp add name=v interface=ether1 password={}",
    "/user add name=u group=full password={}",
    "/tool e-mail set password={}",
]


def _quoted(secret: str) -> str:
    return '"' + secret.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


@pytest.mark.parametrize("line", LINES)
def test_no_line_tells_its_secret(line: str) -> None:
    nested = "source=" in line
    value = _quoted(OLD)
    if nested:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    shown = mask(line.replace("{}", value), HIDE)
    assert "S3cr" not in shown
    assert "old" not in shown
    assert "<rahasia " in shown
    bare = mask(line.replace("{}", "Polos123"), HIDE)
    assert "Polos123" not in bare


@pytest.mark.parametrize("line", ["/ip pool add name=tamu ranges=10.0.0.1", "/user set [find name=budi] group=read"])
def test_names_that_are_no_secrets_stay(line: str) -> None:
    """Only an SNMP community's name is one."""
    assert mask(line, HIDE) == line


def test_equal_secrets_look_alike_and_different_ones_do_not() -> None:
    one = mask("/ppp secret add password=abc", HIDE)
    assert one == mask("/ppp secret add password=abc", HIDE)
    assert one != mask("/ppp secret add password=abd", HIDE)


def test_a_changed_secret_shows_as_fingerprints_only() -> None:
    platform = load("routeros")
    text = f'/radius\nadd address=10.0.0.1 service=login comment="terpusat:r" secret="{NEW}"\n'
    intended = platform.parse(text, Target("r1", "7.16.2"))
    running = f"/radius add address=10.0.0.1 comment=terpusat:r secret={_quoted(OLD)} service=login\n"
    now = reading.parse(f"# 2026-11-22 03:00:00 by RouterOS 7.16.2\n{running}", None)
    changes = platform.diff(platform.normalise(intended, now), HIDE)
    patch = platform.render_patch(intended, now, changes)
    inverse = platform.render_inverse(intended, now, changes)
    assert len(changes) == 1
    told = [
        str(changes),
        str(changes[0].as_result()),
        str(changes[0].as_diff()),
        platform.describe(patch, HIDE),
        platform.describe(inverse, HIDE),
        *platform.snapshot(now, HIDE).values(),
    ]
    for part in told:
        assert "S3cr" not in part
        assert "<rahasia " in part
    assert NEW in "".join(patch.lines)
    assert "S3cr#t old" in "".join(inverse.lines)


def test_nothing_of_a_run_tells_a_secret() -> None:
    with Farm([Personality.load("routeros-hex-v7", name="r1", time_scale=SCALE)]) as farm:
        router = farm["r1"]
        text = (
            f'/ppp/secret\nadd name=kantor password={_quoted(OLD)} service=l2tp comment="terpusat:k"\n'
            f'/snmp/community\nadd name="{NEW}" addresses=10.0.0.0/8 comment="terpusat:snmp"\n'
            f'/radius\nadd address=10.0.0.9 service=ppp secret="{NEW}" comment="terpusat:radius"\n'
        )
        for wanted in (text, text.replace("S3cr", "S4cr")):
            report = transact(router, wanted)
            assert report.outcome is Outcome.CHANGED, report.message
            told = repr(report)
            assert "S3cr" not in told
            assert "S4cr" not in told
        assert "S4cr" in router.config()
