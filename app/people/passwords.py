"""Hashing what people know. Never call this inside a write transaction: it takes 80 ms."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return an Argon2id hash with the library's present parameters."""
    return _hasher.hash(password)


def password_fits(password: str, known: str | None) -> bool:
    """Say whether `password` gives the hash `known`; as slow for a hash that does not exist."""
    try:
        return _hasher.verify(known or _nobody(), password) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(known: str) -> bool:
    """Say whether a hash should be made anew at this occasion."""
    return _hasher.check_needs_rehash(known)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
