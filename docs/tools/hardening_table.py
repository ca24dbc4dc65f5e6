# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the table of hardening rules in the guide from the rules themselves, so that the two tell the same.

python docs/tools/hardening_table.py            write it
python docs/tools/hardening_table.py --check    write nothing; exit 1 when it is not what the rules say
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "roles" / "hardening" / "vars" / "main" / "rules.yml"
GUIDE = ROOT / "docs" / "panduan" / "20-pengerasan.md"
START, END = "<!-- aturan: docs/tools/hardening_table.py -->", "<!-- akhir aturan -->"


def table() -> str:
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))["hardening_catalogue"]
    rows = ["| nomor | bidang | alasan | di kontainer |", "|---|---|---|---|"]
    for rule in rules:
        unverified = "tidak terverifikasi" if rule.get("needs_kernel") else "berlaku"
        rows.append(f"| {rule['id']} | {rule['area']} | {rule['reason']} | {unverified} |")
    return "\n".join(rows)


def main() -> int:
    text = GUIDE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    wanted = f"{before}{START}\n{table()}\n{END}{after}"
    if "--check" in sys.argv[1:]:
        if text != wanted:
            print(f"{GUIDE.name} tidak sesuai dengan aturannya; jalankan python docs/tools/hardening_table.py")
        return int(text != wanted)
    GUIDE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
