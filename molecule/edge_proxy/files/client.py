# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor, on a machine of the scenario: asks a proxy as a browser does, and prints what came as JSON."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from typing import Any

CA = "/etc/terpusat/tls/ca.crt"


class Connection(http.client.HTTPSConnection):
    """To the given address, with the name in the handshake."""

    def __init__(self, address: str, name: str, ca: str = CA) -> None:
        super().__init__(name, timeout=60, context=ssl.create_default_context(cafile=ca))
        self._address = address

    def connect(self) -> None:
        sock = socket.create_connection((self._address, 443), timeout=60)
        self.sock = self._context.wrap_socket(sock, server_hostname=self.host)


def ask(address: str, name: str, path: str = "/", headers: str = "{}", ca: str = CA, method: str = "GET") -> Any:
    """Status, headers and text of one answer. An address with ``:80`` is asked without TLS."""
    try:
        plain = http.client.HTTPConnection(address.removesuffix(":80"), 80, timeout=60)
        connection = plain if address.endswith(":80") else Connection(address, name, ca)
        connection.request(method, path, headers={"Host": name, **json.loads(headers)})
        answer = connection.getresponse()
        return {"status": answer.status, "headers": answer.getheaders(), "text": answer.read().decode()}
    except (OSError, http.client.HTTPException) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def handshake(address: str, name: str, highest: str = "TLSv1_3", ca: str = CA) -> Any:
    """What both agreed on. No certificate is refused for the sake of the protocol's version."""
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = bool(name)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion[highest]
    context.set_alpn_protocols(["h2", "http/1.1"])
    try:
        with (
            socket.create_connection((address, 443), timeout=60) as sock,
            context.wrap_socket(sock, server_hostname=name or None) as tls,
        ):
            shown: Any = tls.getpeercert()
            return {
                "version": tls.version(),
                "alpn": tls.selected_alpn_protocol(),
                "serial": shown["serialNumber"],
                "names": [value for _kind, value in shown["subjectAltName"]],
                "issuer": dict(pair for part in shown["issuer"] for pair in part).get("commonName"),
            }
    except OSError as error:
        return {"error": str(error)}


def burst(address: str, name: str, count: str) -> Any:
    """So many requests as fast as ten connections go: how often each status came."""
    found: Counter[str] = Counter()
    lock = threading.Lock()

    def ask_often() -> None:
        connection = Connection(address, name)
        for _ in range(int(count) // 10):
            connection.request("GET", "/")
            answer = connection.getresponse()
            answer.read()
            with lock:
                found[str(answer.status)] += 1

    visitors = [threading.Thread(target=ask_often) for _ in range(10)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return found


def load(address: str, name: str, stop_file: str) -> Any:
    """Visitors ask, 10 times a second each, until the file is there: who answered, and what was lost.

    Half of them keep their connection. When the proxy has closed it meanwhile, they connect again, as every browser
    does (RFC 9112 section 9.3.1); that is counted, too.
    """
    found: Counter[str] = Counter()
    lost: list[str] = []
    lock = threading.Lock()

    def once(connection: Connection) -> str:
        connection.request("GET", "/")
        answer = connection.getresponse()
        text = answer.read()
        return json.loads(text)["server"] if answer.status == 200 else f"status {answer.status}"

    def visit(keep: bool) -> None:
        connection = Connection(address, name)
        while not os.path.exists(stop_file):
            used = connection.sock is not None
            try:
                try:
                    said = once(connection)
                except (http.client.RemoteDisconnected, ConnectionError, ssl.SSLEOFError):
                    if not used:
                        raise
                    connection.close()
                    with lock:
                        found["reconnected"] += 1
                    said = once(connection)
                with lock:
                    found[said] += 1
            except (OSError, http.client.HTTPException, ValueError) as error:
                with lock:
                    lost.append(f"{type(error).__name__}: {error}")
                connection.close()
            if not keep:
                connection.close()
            time.sleep(0.2)

    visitors = [threading.Thread(target=visit, args=(number % 2 == 0,)) for number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return {"answers": found, "lost": lost}


def websocket(address: str, name: str, text: str) -> Any:
    """What comes back through an upgraded connection."""
    context = ssl.create_default_context(cafile=CA)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = ["GET /ws HTTP/1.1", f"Host: {name}", "Upgrade: websocket", "Connection: Upgrade",
             f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]  # fmt: skip
    with (
        socket.create_connection((address, 443), timeout=60) as sock,
        context.wrap_socket(sock, server_hostname=name) as tls,
    ):
        tls.sendall("\r\n".join(lines).encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += tls.recv(4096)
        tls.sendall(text.encode())
        return {"status": head.decode().split()[1], "text": tls.recv(4096).decode()}


print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
