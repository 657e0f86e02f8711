"""Names and addresses as they are compared, whoever typed them."""

import unicodedata


def folded(text: str) -> str:
    """Return the one form of a name or an address: NFC, no outer spaces, case folded.

    Databases do not agree on it: SQLite knows small letters of ASCII alone, PostgreSQL those of its
    locale, and neither takes "ß" for "ss".
    """
    return unicodedata.normalize("NFC", text).strip().casefold()
