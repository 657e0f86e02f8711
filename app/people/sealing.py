"""Secrets that must be read again, sealed before they are stored.

A copy of the database alone gives nobody's codes away; it takes the installation's secret key, too.
"""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


def seal(text: str, keys: Sequence[str]) -> str:
    """Return `text` sealed with the first of the installation's secret keys."""
    return _box(keys).encrypt(text.encode()).decode()


def unseal(sealed: str, keys: Sequence[str]) -> str | None:
    """Return what was sealed with any of the keys; None when its key is gone."""
    try:
        return _box(keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box(keys: Sequence[str]) -> MultiFernet:
    hashes = [hashlib.sha256(f"second step {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in hashes])
