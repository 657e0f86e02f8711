"""Certificates for TLS on this machine, from authorities of the tests' own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """Who certifies; `file` holds its certificate (PEM)."""

    file: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_ca(folder: Path, name: str) -> Authority:
    """Make an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    basic = x509.BasicConstraints(ca=True, path_length=0)
    certificate = _builder(name, name, key).add_extension(basic, critical=True)
    signed = certificate.sign(key, hashes.SHA256())
    file = folder / f"{name}.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return Authority(file, signed, key)


def make_certificate(folder: Path, by: Authority, host: str) -> tuple[Path, Path]:
    """Return the files of a certificate for `host` and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = by.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    signed = _builder(host, str(issuer), key).add_extension(names, critical=False)
    certificate, secret = folder / f"{host}.pem", folder / f"{host}.key"
    pem = signed.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    certificate.write_bytes(pem)
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


def _builder(name: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(TO)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
