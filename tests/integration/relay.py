# SPDX-License-Identifier: GPL-3.0-or-later
"""A ProxyCommand: carries standard input and output to an address and back. python relay.py HOST PORT"""

from __future__ import annotations

import os
import socket
import sys
import threading


def main(host: str, port: int) -> None:
    """Ends when the other side closes the connection."""
    with socket.create_connection((host, port)) as connection:
        threading.Thread(target=_upwards, args=(connection,), daemon=True).start()
        while data := connection.recv(65536):
            os.write(1, data)


def _upwards(connection: socket.socket) -> None:
    while data := os.read(0, 65536):
        connection.sendall(data)
    connection.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
