"""What a person may be to a team, and what a password must be."""

import unicodedata
from enum import StrEnum


class Role(StrEnum):
    """A person's part in one team; it buys no respect, only the duty to look after the team."""

    MEMBER = "member"
    LEAD = "lead"


class WeakPassword(ValueError):
    """A password that is too short, too long, or just the person's own address."""


def fold_email(text: str) -> str:
    """Return the one stored form of an e-mail address: NFC, no outer spaces, case folded."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def check_password(password: str, *, email: str) -> None:
    """Accept any password of 12 to 200 characters (NIST SP 800-63B: length, no composition).

    :raises WeakPassword: with a sentence for the person who chooses it.
    """
    if len(password) < 12:
        raise WeakPassword("Please take at least 12 characters; a short sentence is fine.")
    if len(password) > 200:
        raise WeakPassword("Please stay within 200 characters.")
    if fold_email(password) == fold_email(email):
        raise WeakPassword("Please don't take your e-mail address as password.")
