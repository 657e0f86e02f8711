"""Signed words that come back from outside: who answers which request, who wants no more mail."""

import hashlib
import hmac
import re
from dataclasses import dataclass

TAG = re.compile(r"\+([rt])(\d{1,10})\.(\d{1,10})\.([0-9a-f]{20})@", re.I)


@dataclass(frozen=True)
class Meant:
    """What a signed address is for: one person (`person_id`) and a request, or an offer, by id."""

    person_id: int
    request_id: int | None = None
    type_id: int | None = None


def reply_address(mailbox: str, *, request_id: int, person_id: int, secret: str) -> str:
    """Return the address at which one person answers one request: plus and a signed tag."""
    return _address(mailbox, f"r{request_id}.{person_id}", secret)


def ask_address(mailbox: str, *, type_id: int, person_id: int, secret: str) -> str:
    """Return the address at which one person asks for one offer."""
    return _address(mailbox, f"t{type_id}.{person_id}", secret)


def _address(mailbox: str, what: str, secret: str) -> str:
    local, _, domain = mailbox.partition("@")
    return f"{local}+{what}.{_sign(what, secret)}@{domain}"


def read_address(address: str, *, secrets: list[str]) -> Meant | None:
    """Return what a signed address is for, None for any other or a forged one."""
    match = TAG.search(address)
    if match is None:
        return None
    kind, identity, person_id = match[1].lower(), int(match[2]), int(match[3])
    what, signature = f"{kind}{match[2]}.{match[3]}", match[4].lower()
    if not any(hmac.compare_digest(_sign(what, secret), signature) for secret in secrets):
        return None
    if kind == "r":
        return Meant(person_id, request_id=identity)
    return Meant(person_id, type_id=identity)


def unsubscribe_token(person_id: int, reason: str, *, secret: str) -> str:
    """Return the token by which one person ends mail for one reason, or for "digest"."""
    what = f"{person_id}.{reason.replace(' ', '_')}"
    return f"{what}.{_sign(f'unsubscribe {what}', secret)}"


def read_unsubscribe_token(token: str, *, secrets: list[str]) -> tuple[int, str] | None:
    """Return (person id, reason) of a token, None for a forged one."""
    what, _, signature = token.rpartition(".")
    person, _, reason = what.partition(".")
    good = any(
        hmac.compare_digest(_sign(f"unsubscribe {what}", secret).encode(), signature.encode())
        for secret in secrets
    )
    return (int(person), reason.replace("_", " ")) if good else None


def _sign(what: str, secret: str) -> str:
    return hmac.new(secret.encode(), what.encode(), hashlib.sha256).hexdigest()[:20]
