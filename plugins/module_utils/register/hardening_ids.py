# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids of the hardening rules; what they are stands in the role (roles/hardening/vars/main/rules.yml)."""

from __future__ import annotations

HARDENING_IDS: tuple[str, ...] = (
    "TP-SSH-01",
    "TP-SSH-02",
    "TP-SSH-03",
    "TP-SSH-04",
    "TP-SSH-05",
    "TP-SSH-06",
    "TP-PAM-01",
    "TP-PAM-02",
    "TP-PAM-03",
    "TP-NET-01",
    "TP-NET-02",
    "TP-KRN-01",
    "TP-KRN-02",
    "TP-KRN-03",
    "TP-KRN-04",
    "TP-KRN-05",
    "TP-FS-01",
    "TP-FS-02",
    "TP-FS-03",
    "TP-AUD-01",
    "TP-AUD-02",
    "TP-AUD-03",
    "TP-MAC-01",
    "TP-PERM-01",
    "TP-PERM-02",
    "TP-ACC-01",
    "TP-ACC-02",
    "TP-ACC-03",
    "TP-PKG-01",
    "TP-PKG-02",
)
