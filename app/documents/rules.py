"""What may become a version."""

import hashlib
import unicodedata
from enum import StrEnum

from app.language import gettext, gettext_noop
from app.language.writing import decimal

LIMIT = 1_000_000
NOTE_LIMIT = 280


class Origin(StrEnum):
    """Where a version comes from."""

    WRITTEN = gettext_noop("written")
    FILE = gettext_noop("file")
    RESTORED = gettext_noop("restored")
    SMALL_CHANGES = gettext_noop("small changes")
    SUGGESTIONS = gettext_noop("suggestions taken")


class UnfitText(ValueError):
    """Text that cannot become a version; the sentence says why."""


def fit_text(text: str) -> str:
    """Return `text` as it will be frozen: NFC, Unix line ends, no trailing space at the end.

    :raises UnfitText: when nothing is left, or when it is longer than `LIMIT` characters.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    if not text:
        raise UnfitText(gettext("There is no text yet. Please write or paste the piece."))
    if len(text) > LIMIT:
        limit, there = decimal(LIMIT, 0), decimal(len(text), 0)
        raise UnfitText(
            gettext(
                "Please stay within %(limit)s characters; this has %(there)s.",
                limit=limit,
                there=there,
            )
        )
    return text


def fingerprint(content: str | bytes) -> str:
    """Return the SHA-256 of a text in UTF-8, or of bytes, as 64 hex digits."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()
