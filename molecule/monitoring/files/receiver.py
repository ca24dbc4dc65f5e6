# SPDX-License-Identifier: GPL-3.0-or-later
"""Telegram's bot API and a mail server, as far as Alertmanager talks to them; each message becomes a line of JSON.

Mail is taken only after STARTTLS and from who knows the password, so that the test sees both.
"""

from __future__ import annotations

import asyncio
import base64
import email
import email.policy
import json
import ssl
import sys
from pathlib import Path

FOLDER = Path("/var/lib/scenario-receiver")
TLS = "/etc/terpusat/tls/host"


def keep(name: str, entry: dict[str, object]) -> None:
    with (FOLDER / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


async def telegram(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next(int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length"))
    body = json.loads(await reader.readexactly(length))
    path, method = head.split()[1], head.split()[1].rsplit("/", 1)[-1]
    result: object = {"id": 1, "is_bot": True, "first_name": "x", "username": "x"}
    if method == "sendMessage":
        keep("telegram", {"path": path, **body})
        result = {"message_id": 1, "date": 1, "chat": {"id": int(body["chat_id"]), "type": "group"}, "text": "x"}
    answer = json.dumps({"ok": True, "result": result}).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
    writer.write(b"Content-Length: %d\r\n\r\n" % len(answer) + answer)
    await writer.drain()
    writer.close()


async def mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    def say(*lines: str) -> None:
        writer.write("".join(f"{line}\r\n" for line in lines).encode())

    secure, user, password, to = False, "", "", []
    say("220 surel.lab.go.id ESMTP")
    while line := (await reader.readline()).decode().strip():
        word = line.split()[0].upper()
        if word == "EHLO":
            say("250-surel.lab.go.id", "250 AUTH PLAIN" if secure else "250 STARTTLS")
        elif word == "STARTTLS":
            say("220 go")
            await writer.drain()
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(f"{TLS}.crt", f"{TLS}.key")
            await writer.start_tls(context)
            secure = True
        elif word == "AUTH":
            _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
            say("235 ok")
        elif word == "RCPT":
            to.append(line.partition(":")[2].strip("<>"))
            say("250 ok" if secure else "530 STARTTLS first")
        elif word == "DATA":
            say("354 go on")
            await writer.drain()
            raw = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
            message = email.message_from_bytes(raw, policy=email.policy.default)
            text = message.get_body(("plain",))
            content = text.get_content() if text else ""
            keep("mail", {"to": to, "user": user, "password": password, "subject": message["Subject"], "text": content})
            to = []
            say("250 ok")
        elif word == "QUIT":
            say("221 bye")
            break
        else:
            say("250 ok")
        await writer.drain()
    writer.close()


async def main() -> None:
    address = sys.argv[1]
    await asyncio.start_server(telegram, address, 8081)
    await asyncio.start_server(mail, address, 2525)
    await asyncio.Event().wait()


asyncio.run(main())
