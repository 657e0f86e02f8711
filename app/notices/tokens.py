"""Signed words that come back from outside: who answers which request, who wants no more mail."""

import hashlib
import hmac
import re

REPLY = re.compile(r"\+r(\d{1,10})\.(\d{1,10})\.([0-9a-f]{20})@", re.I)


def reply_address(mailbox: str, *, request_id: int, person_id: int, secret: str) -> str:
    """Return the address at which one person answers one request: plus and a signed tag."""
    local, _, domain = mailbox.partition("@")
    what = f"r{request_id}.{person_id}"
    return f"{local}+{what}.{_sign(what, secret)}@{domain}"


def read_reply_address(address: str, *, secrets: list[str]) -> tuple[int, int] | None:
    """Return (request id, person id) of a reply address, None for any other or a forged one."""
    match = REPLY.search(address)
    if match is None:
        return None
    what, signature = f"r{match[1]}.{match[2]}", match[3].lower()
    if not any(hmac.compare_digest(_sign(what, secret), signature) for secret in secrets):
        return None
    return int(match[1]), int(match[2])


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
