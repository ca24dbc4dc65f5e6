# SPDX-License-Identifier: GPL-3.0-or-later
"""The drift report in words."""

from __future__ import annotations

from .report import DRIFT, FAILED, OFFLINE, HostReport, Report, State

_TITLES = {
    State.DRIFT: "MENYIMPANG",
    State.OFFLINE: "TIDAK TERJANGKAU",
    State.FAILED: "PEMERIKSAAN GAGAL",
    State.NOT_CHECKED: "TIDAK DIPERIKSA",
}
_ADVICE = {
    State.DRIFT: "kembalikan dengan playbooks/site.yml, atau ubah register bila keadaan inilah yang benar",
    State.OFFLINE: "periksa daya, kabel, dan alamat manajemennya; keadaan perangkat ini belum diketahui",
    State.FAILED: "baca alasannya di atas, perbaiki, lalu periksa lagi; keadaan perangkat ini belum diketahui",
    State.NOT_CHECKED: "pemeriksaan berhenti sebelum sampai ke sini; jalankan lagi",
}
_BITS = ((DRIFT, "ada penyimpangan"), (OFFLINE, "ada yang tidak terjangkau"), (FAILED, "ada pemeriksaan yang gagal"))


def render(report: Report) -> str:
    """All that an operator needs, the exit code and its meaning last."""
    lines = ["PEMERIKSAAN PENYIMPANGAN", ""]
    for state in _TITLES:
        names = report.of(state)
        for name in names:
            lines += _host(report.hosts[name])
        if names:
            lines += [f"  -> {_ADVICE[state]}", ""]
    lines += _unverified(report)
    if in_sync := report.of(State.IN_SYNC):
        lines.append(f"Sesuai ({len(in_sync)}): {', '.join(in_sync)}")
    if not report.hosts:
        lines.append("Tidak ada host yang diperiksa; periksa --limit dan isi register.")
    code = report.exit_code
    meaning = "; ".join(text for bit, text in _BITS if code & bit) or "semua sesuai"
    lines.append(f"Kode keluar {code}: {meaning}.")
    return "\n".join(lines)


def _host(host: HostReport) -> list[str]:
    lines = [f"{host.name}: {_TITLES[host.state]}"]
    lines += [f"  ! {message}" for message in host.messages]
    for item in host.drifted:
        lines.append(f"  * {item}")
        lines += _indented(item.diff)
    for diff in host.diffs:
        lines += _indented(diff)
    return lines


def _unverified(report: Report) -> list[str]:
    lines = [f"  {name}: {item}" for name, host in sorted(report.hosts.items()) for item in host.unverified]
    if not lines:
        return []
    return ["Tidak terverifikasi (perintah tidak dijalankan saat hanya memeriksa):", *lines, ""]


def _indented(text: str) -> list[str]:
    return [f"      {line}" for line in text.splitlines()]
