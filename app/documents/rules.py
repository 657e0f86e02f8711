"""What may become a version."""

import hashlib
import unicodedata
from enum import StrEnum

LIMIT = 1_000_000
NOTE_LIMIT = 280


class Origin(StrEnum):
    """Where a version comes from."""

    WRITTEN = "written"
    FILE = "file"
    RESTORED = "restored"
    SMALL_CHANGES = "small changes"
    SUGGESTIONS = "suggestions taken"


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


def fingerprint(content: str | bytes) -> str:
    """Return the SHA-256 of a text in UTF-8, or of bytes, as 64 hex digits."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()
