#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ask PORT PATH: a page of Prometheus or Alertmanager, as the operator gets it."""

import base64
import sys
import urllib.request
from pathlib import Path

password = Path("/etc/prometheus/terpusat-operator.password").read_text(encoding="utf-8").strip()
login = base64.b64encode(f"operator:{password}".encode()).decode()
request = urllib.request.Request(
    f"http://127.0.0.1:{sys.argv[1]}{sys.argv[2]}", headers={"Authorization": f"Basic {login}"}
)
with urllib.request.urlopen(request, timeout=20) as answer:
    print(answer.read().decode())
