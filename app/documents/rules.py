"""What may become a version."""

import hashlib
import unicodedata

LIMIT = 1_000_000
NOTE_LIMIT = 280


class UnfitText(ValueError):
    """Text that cannot become a version; the sentence says why."""


def fit_text(text: str) -> str:
    """Return `text` as it will be frozen: NFC, Unix line ends, no trailing space at the end.

    :raises UnfitText: when nothing is left, or when it is longer than `LIMIT` characters.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    if not text:
        raise UnfitText("There is no text yet. Please write or paste the piece.")
    if len(text) > LIMIT:
        raise UnfitText(f"Please stay within {LIMIT:,} characters; this has {len(text):,}.")
    return text


def fingerprint(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
