# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The government's own certificate authority, whose key never leaves the controller."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEARS = 10
#: What browsers accept from a certificate of any authority.
_DAYS = 397
#: Clocks differ, most of all those of servers that have just been installed.
_EARLIER = timedelta(days=1)
_COMMON_NAME_MAX = 64  # RFC 5280, ub-common-name


class CertificateAuthority:
    """``ca.key`` and ``ca.crt`` in a folder of the controller; made when there is none."""

    def __init__(self, folder: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self.folder = folder
        self._key = key
        self._certificate = certificate

    @classmethod
    def load(cls, folder: Path) -> CertificateAuthority | None:
        """None when there is none yet. Raises ValueError when what is there cannot be read."""
        key_file, certificate_file = folder / "ca.key", folder / "ca.crt"
        if not certificate_file.exists() and not key_file.exists():
            return None
        if not certificate_file.exists() or not key_file.exists():
            raise ValueError(f"{folder}: ca.key dan ca.crt harus ada berdua; kembalikan yang hilang dari cadangan.")
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise ValueError(f"{folder}: ca.key bukan kunci dari ca.crt; kembalikan pasangannya dari cadangan.")
        return cls(folder, key, certificate)

    @classmethod
    def load_or_make(cls, folder: Path, name: str) -> CertificateAuthority:
        """Several hosts ask at the same time; the first one makes it."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(folder / ".ca.lock"):
            return cls.load(folder) or cls._make(folder, name)

    @classmethod
    def _make(cls, folder: Path, name: str) -> CertificateAuthority:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_COMMON_NAME_MAX])])
        public = key.public_key()
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _EARLIER)
            .not_valid_after(now + timedelta(days=365 * _YEARS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(sign_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(key, hashes.SHA256())
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write(folder / "ca.key", pem, 0o600)
        _write(folder / "ca.crt", certificate.public_bytes(serialization.Encoding.PEM), 0o644)
        return cls(folder, key, certificate)

    @property
    def pem(self) -> str:
        """The authority's own certificate."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign(self, request: str, names: Sequence[str], days: int = _DAYS) -> str:
        """The chain for a request: its certificate, then the authority's. What the request says is not believed."""
        public = x509.load_pem_x509_csr(request.encode()).public_key()
        now = datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:_COMMON_NAME_MAX])])
        both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._certificate.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _EARLIER)
            .not_valid_after(min(now + timedelta(days=days), self._certificate.not_valid_after_utc))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(sign_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(both), critical=False)
            .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(authority, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM).decode() + self.pem

    def why_renew(self, chain: str, public_key: str, names: Sequence[str], renew_days: int) -> str:
        """Why this chain cannot stay, or nothing. ``public_key``: of the key that lies beside it."""
        try:
            certificate = x509.load_pem_x509_certificates(chain.encode())[0]
        except (ValueError, IndexError):
            return "belum ada"
        try:
            certificate.verify_directly_issued_by(self._certificate)
        except (ValueError, TypeError, InvalidSignature):
            return "bukan dari CA ini"
        if chain.split() != (certificate.public_bytes(serialization.Encoding.PEM).decode() + self.pem).split():
            return "rantainya tidak lengkap"
        own = certificate.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        if own.split() != public_key.encode().split():
            return "kuncinya lain"
        wanted = {_general_name(name) for name in names}
        if set(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value) != wanted:
            return "namanya berubah"
        left = certificate.not_valid_after_utc - datetime.now(UTC)
        return f"sisa {max(left.days, 0)} hari" if left < timedelta(days=renew_days) else ""


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _write(path: Path, content: bytes, mode: int) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
