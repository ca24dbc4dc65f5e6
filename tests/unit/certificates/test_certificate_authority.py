# SPDX-License-Identifier: GPL-3.0-or-later
"""The government's authority: made once, signs what verifies, and knows when a certificate cannot stay."""

from __future__ import annotations

import ssl
import stat
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.certificate_authority import CertificateAuthority

NAMES = ["simpus.lab.go.id", "10.10.0.11"]


def request(key: ec.EllipticCurvePrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "whatever")])
    asked = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return asked.public_bytes(serialization.Encoding.PEM).decode()


def public(key: ec.EllipticCurvePrivateKey) -> str:
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()


@pytest.fixture
def authority(tmp_path: Path) -> CertificateAuthority:
    return CertificateAuthority.load_or_make(tmp_path / "ca", "Terpusat Kabupaten Uji")


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def test_a_client_that_trusts_it_accepts_what_it_signs(
    authority: CertificateAuthority, key: ec.EllipticCurvePrivateKey, tmp_path: Path
) -> None:
    """A handshake by OpenSSL in memory, with the strict checks of RFC 5280 that Python 3.13 makes by default."""
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "host.key").write_bytes(pem)
    (tmp_path / "host.crt").write_text(authority.sign(request(key), NAMES))
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(tmp_path / "host.crt", tmp_path / "host.key")
    for name, accepted in [*((name, True) for name in NAMES), ("lain.lab.go.id", False), ("10.10.0.12", False)]:
        here = ssl.create_default_context(cadata=authority.pem)
        here.verify_flags |= ssl.VERIFY_X509_STRICT
        up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
        client, server = here.wrap_bio(down, up, server_hostname=name), there.wrap_bio(up, down, server_side=True)
        assert handshake(client, server) is accepted, name


def handshake(client: ssl.SSLObject, server: ssl.SSLObject) -> bool:
    for _ in range(3):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return False
    return client.version() is not None and client.getpeercert() is not None


def test_it_is_made_once_and_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    found: list[str] = []
    folder = tmp_path / "keys"
    threads = [
        threading.Thread(target=lambda: found.append(CertificateAuthority.load_or_make(folder, "Uji").pem))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(folder / "ca.crt").read_text()] * 4
    assert stat.S_IMODE((folder / "ca.key").stat().st_mode) == 0o600


def test_half_an_authority_is_refused_and_never_made_anew(tmp_path: Path) -> None:
    CertificateAuthority.load_or_make(tmp_path / "a", "Uji")
    CertificateAuthority.load_or_make(tmp_path / "b", "Uji")
    (tmp_path / "b" / "ca.key").replace(tmp_path / "a" / "ca.key")
    with pytest.raises(ValueError, match="bukan kunci dari"):
        CertificateAuthority.load_or_make(tmp_path / "a", "Uji")
    with pytest.raises(ValueError, match="harus ada berdua"):
        CertificateAuthority.load_or_make(tmp_path / "b", "Uji")
    assert CertificateAuthority.load(tmp_path / "none") is None


def test_it_tells_why_a_certificate_cannot_stay(
    authority: CertificateAuthority, key: ec.EllipticCurvePrivateKey, tmp_path: Path
) -> None:
    chain, own = authority.sign(request(key), NAMES), public(key)
    other = CertificateAuthority.load_or_make(tmp_path / "other", "Terpusat Kabupaten Uji")
    leaf = chain[: chain.index("-----END") + 26]
    assert authority.why_renew(chain, own, NAMES, 30) == ""
    assert authority.why_renew(chain, own, [*reversed(NAMES)], 30) == "", "their order means nothing"
    assert authority.why_renew("", own, NAMES, 30) == "belum ada"
    assert authority.why_renew("rusak", own, NAMES, 30) == "belum ada"
    assert other.why_renew(chain, own, NAMES, 30) == "bukan dari CA ini"
    assert authority.why_renew(leaf, own, NAMES, 30) == "rantainya tidak lengkap"
    assert authority.why_renew(chain, public(ec.generate_private_key(ec.SECP256R1())), NAMES, 30) == "kuncinya lain"
    assert authority.why_renew(chain, own, NAMES[:1], 30) == "namanya berubah"
    assert authority.why_renew(chain, own, NAMES, 500) == "sisa 396 hari"
    assert authority.why_renew(authority.sign(request(key), NAMES, days=5), own, NAMES, 30) == "sisa 4 hari"
