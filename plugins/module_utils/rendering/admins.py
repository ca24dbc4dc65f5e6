# SPDX-License-Identifier: GPL-3.0-or-later
"""The named administrators, one list of people for servers and network devices, judged as a whole.

A person is ``{name, full_name?, keys, rights?, password?, hashes?, state?}``. Nothing reaches a device unless the whole
list is right: somebody who was overlooked is locked out, or still inside.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..public_key import PublicKey

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_FIELDS = frozenset({"name", "full_name", "keys", "rights", "password", "hashes", "state"})
#: shared accounts and those that systems make for themselves
_RESERVED = frozenset(
    ("root", "admin", "administrator", "cisco", "ubnt", "guest", "user", "support", "operator", "public", "read",
     "write", "full", "none", "default", "enable", "sudo", "adm", "daemon", "bin", "sys", "sync", "games", "man",
     "lp", "mail", "news", "uucp", "proxy", "www-data", "backup", "list", "irc", "gnats", "nobody", "sshd", "frr",
     "frrvty", "snmp", "dnsmasq", "messagebus", "terpusat-admin")
)  # fmt: skip
#: what every console takes: no blanks, quotes, ``$``, ``?``, ``;`` or backslash
_PASSWORD = re.compile(r"[!#%&()*+,./0-9:<=>@A-Z\[\]^_a-z{|}~-]{12,64}")
_LINUX_HASH = re.compile(r"\$(?:y|gy|7|6|5|2b)\$[./A-Za-z0-9$,=]{20,}")
_IOS_HASH = re.compile(r"\$[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}")
_ANY_HASH = re.compile(r"\$\w{1,2}\$")
_ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def named_admins(people: Sequence[Mapping[str, Any]], login: str = "") -> list[dict[str, Any]]:
    """The list in full: every key read, every default written, sorted by name.

    A record is ``{name, full_name, rights: full|read, keys: [{line, kind, blob, comment, md5}], password, hashes:
    {linux, ios}, ios_locked: {5, 9}, present}``. ``login``: the account that Ansible logs in by; it is nobody's.

    Raises:
        ValueError: every problem of the list, in Indonesian, separated by semicolons.
    """
    problems = list(_all_problems(people, login))
    if people and not login:
        problems.append("akun otomasi belum diketahui; isi ansible_user di group_vars")
    if problems:
        raise ValueError("; ".join(problems))
    return sorted((_record(person) for person in people), key=lambda person: str(person["name"]))


def _spelled(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=").translate(str.maketrans(_BASE64, _ITOA64))


def _locked(name: str, kind: str) -> str:
    """IOS's stored form (type 9, or 5 for releases before 15.3(3)M) of a password that does not exist.

    IOS asks nobody for a password whose user has none, so a user by key alone gets a digest that was never made from a
    password: to find one for it is to invert the hash.
    """
    salt = _spelled(hashlib.sha256(f"terpusat salt {name}".encode()).digest())
    digest = _spelled(hashlib.sha256(f"terpusat locked {name}".encode()).digest())
    return f"$1${salt[:4]}${digest[:22]}" if kind == "5" else f"$9${salt[:14]}${digest}"


def _record(person: Mapping[str, Any]) -> dict[str, Any]:
    present = person.get("state", "present") == "present"
    keys = [PublicKey.parse(line) for line in person.get("keys") or []] if present else []
    hashes = person.get("hashes") or {}
    return {
        "name": person["name"],
        "full_name": str(person.get("full_name") or ""),
        "rights": person.get("rights") or "full",
        "keys": [
            {"line": key.line, "kind": key.kind, "blob": key.blob, "comment": key.comment, "md5": key.md5}
            for key in keys
        ],
        "password": str(person.get("password") or ""),
        "hashes": {"linux": str(hashes.get("linux") or ""), "ios": str(hashes.get("ios") or "")},
        "ios_locked": {kind: _locked(person["name"], kind) for kind in ("5", "9")},
        "present": present,
    }


def _all_problems(people: Any, login: str) -> Iterator[str]:
    if not isinstance(people, Sequence) or isinstance(people, str):
        yield "terpusat_admins harus daftar orang, masing-masing dengan name dan keys"
        return
    for number, person in enumerate(people, 1):
        yield from _problems(number, person, login)
    yield from _shared(people)


def _problems(number: int, person: Any, login: str) -> Iterator[str]:
    if not isinstance(person, Mapping) or not isinstance(person.get("name"), str):
        yield f"orang ke-{number} tidak punya name; tulis - {{name: siti, keys: [...]}}"
        return
    name = person["name"]
    for field in sorted(set(person) - _FIELDS):
        yield f"{name}: kolom {field!r} tidak dikenal; yang ada: {', '.join(sorted(_FIELDS))}"
    if not _NAME.fullmatch(name):
        yield f"{name!r}: nama akun hanya huruf kecil, angka dan tanda hubung, diawali huruf, paling panjang 31"
    elif name in _RESERVED or name.startswith("systemd-"):
        yield f"{name}: nama bersama atau nama sistem; beri setiap orang akun dengan namanya sendiri"
    if name == login:
        yield f"{name}: itu akun otomasi yang dipakai Terpusat untuk masuk; cabut dari daftar, ia diurus enrol.yml"
    if person.get("rights", "full") not in ("full", "read"):
        yield f"{name}: rights {person['rights']!r} tidak dikenal; tulis full atau read"
    if person.get("state", "present") not in ("present", "absent"):
        yield f"{name}: state {person['state']!r} tidak dikenal; tulis present, atau absent bila sudah pergi"
    if re.search(r"[:\n\r\"\\]", str(person.get("full_name") or "")):
        yield f"{name}: full_name tidak boleh memuat titik dua, tanda kutip, garis miring terbalik atau baris baru"
    if person.get("state", "present") == "present":
        yield from _key_problems(name, person.get("keys"))
        yield from _password_problems(name, person)


def _key_problems(name: str, keys: Any) -> Iterator[str]:
    if not isinstance(keys, Sequence) or isinstance(keys, str) or not keys:
        yield f"{name}: belum punya kunci SSH; isi keys dengan baris berkas .pub orang itu, atau state: absent"
        return
    for number, line in enumerate(keys, 1):
        try:
            PublicKey.parse(str(line))
        except ValueError as error:
            yield f"{name}: kunci ke-{number}: {error}"


def _password_problems(name: str, person: Mapping[str, Any]) -> Iterator[str]:
    password = str(person.get("password") or "")
    hashes = person.get("hashes") or {}
    if _ANY_HASH.match(password):
        yield f"{name}: password berisi hash; pindahkan ke hashes.linux atau hashes.ios"
    elif password and not _PASSWORD.fullmatch(password):
        yield (
            f"{name}: password harus 12 sampai 64 karakter tanpa spasi, kutip, $, ?, ; dan garis miring terbalik; "
            "ganti di vault"
        )
    elif password and name in password.lower():
        yield f"{name}: password memuat nama akunnya; ganti di vault"
    if not isinstance(hashes, Mapping) or set(hashes) - {"linux", "ios"}:
        yield f"{name}: hashes hanya mengenal linux dan ios"
        return
    for platform, pattern, how in (
        ("linux", _LINUX_HASH, "mkpasswd -m yescrypt"),
        ("ios", _IOS_HASH, "enable algorithm-type scrypt di satu router, lalu salin bentuk $9$-nya"),
    ):
        given = str(hashes.get(platform) or "")
        if given and not pattern.fullmatch(given):
            weak = "hash lemah (MD5 atau lebih tua)" if _ANY_HASH.match(given) else "bukan hash, mungkin sandi terbuka"
            yield f"{name}: hashes.{platform} {weak}; buat dengan {how}, dan simpan di vault"


def _shared(people: Sequence[Any]) -> Iterator[str]:
    names: dict[str, int] = {}
    owners: dict[str, str] = {}
    for person in people:
        if not isinstance(person, Mapping) or not isinstance(person.get("name"), str):
            continue
        name = person["name"]
        names[name] = names.get(name, 0) + 1
        if person.get("state", "present") == "absent" or not isinstance(person.get("keys"), (list, tuple)):
            continue
        for line in person["keys"]:
            blob = " ".join(str(line).split()[1:2])
            if blob and owners.setdefault(blob, name) != name:
                yield f"{name}: memakai kunci yang sama dengan {owners[blob]}; setiap orang punya kuncinya sendiri"
    for name, count in names.items():
        if count > 1:
            yield f"{name}: tertulis {count} kali; satu orang satu kali"
