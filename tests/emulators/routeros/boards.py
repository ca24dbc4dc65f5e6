# SPDX-License-Identifier: GPL-3.0-or-later
"""What boards are made of (mikrotik.com product pages): ports, memory, storage."""

type Board = dict[str, object]


def _board(
    ports: list[str], flash_kib: int, memory_mib: int, cpu: str, count: int, mhz: int, architecture: str, **more: object
) -> Board:
    return {
        "ports": ports, "flash_kib": flash_kib, "memory_mib": memory_mib, "cpu": cpu, "cpu_count": count,
        "cpu_mhz": mhz,
        "architecture": architecture, "factory_version": "6.44.6", "build_time": "2026-05-08 10:12:33",
        "firmware_type": "mt7621L", "flash_folder": False, **more,
    }  # fmt: skip


def _ether(count: int, first: int = 1) -> list[str]:
    return [f"ether{number}" for number in range(first, first + count)]


_BOARDS: dict[str, Board] = {
    "hEX": _board(_ether(5), 16384, 256, "MIPS 1004Kc V2.15", 4, 880, "mmips", model_code="RB750Gr3"),
    "hAP ac^2": _board(_ether(5), 16384, 128, "ARMv7", 4, 716, "arm", model_code="RBD52G-5HacD2HnD", flash_folder=True,
                       firmware_type="ipq4000L"),
    "CCR2004-16G-2S+": _board([*_ether(16), "sfp-sfpplus1", "sfp-sfpplus2"], 131072, 4096, "ARM64", 4, 1700, "arm64",
                              model_code="CCR2004-16G-2S+", firmware_type="al64", factory_version="7.4"),
}  # fmt: skip
DEFAULT = "hEX"


def board(model: str) -> Board:
    """A board by its name; an unknown one is like a hEX."""
    return _BOARDS.get(model, _BOARDS[DEFAULT])
