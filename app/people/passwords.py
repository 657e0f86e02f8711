"""Hashing what people know, and refusing what everybody knows.

Never hash inside a write transaction: it takes 80 ms. `known_passwords.bin` holds the first six
bytes of the SHA-256 of each of the 20,000 most frequent passwords of 12 letters or more in the
public list "10 million passwords, top 1,000,000" (SecLists, MIT), case folded.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.language import gettext
from app.people.rules import WeakPassword, check_password

SIZE: Final = 6  # bytes that are kept of each
_hasher = PasswordHasher()


def check_new_password(password: str, *, email: str, name: str) -> None:
    """Accept a password that somebody chooses for themselves.

    :raises WeakPassword: with a sentence for them.
    """
    check_password(password, email=email, name=name)
    if is_known(password):
        said = gettext("Many people take this one, so it is tried first. Please take another.")
        raise WeakPassword(said)


def is_known(password: str) -> bool:
    """Say whether a password is among the most frequent ones that were ever stolen."""
    return hashlib.sha256(password.casefold().encode()).digest()[:SIZE] in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[bytes]:
    marks = Path(__file__).with_name("known_passwords.bin").read_bytes()
    return frozenset(marks[at : at + SIZE] for at in range(0, len(marks), SIZE))


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
