"""What a person may be to a team, by what they come in, and what a password must be."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from email_validator import EmailNotValidError, validate_email

from app.language import gettext
from app.language.folding import folded

FRESH: Final = timedelta(minutes=15)
IMPORTED: Final = "@imported.invalid"
"""How the addresses end of people whom only another tool's log knows; they never sign in."""


class Role(StrEnum):
    """A person's part in one team; it buys no respect, only the duty to look after the team."""

    MEMBER = "member"
    LEAD = "lead"


class Door(StrEnum):
    """By what somebody came in."""

    PASSWORD = "password"
    LINK = "link"
    PROVIDER = "provider"
    INVITATION = "invitation"
    COMMAND = "command"  # a link from the command line, for the day on which no other door opens
    DEMO = "demo"

    @property
    def asks_second_step(self) -> bool:
        """Whether the second step is ours to ask; a provider asks its own."""
        return self not in (Door.PROVIDER, Door.DEMO)


class DoorChange(StrEnum):
    """What can change about how somebody comes in; the value is what the log calls it."""

    PASSKEY_ADDED = "passkey added"
    PASSKEY_FORGOTTEN = "passkey forgotten"
    APP_SET_UP = "app set up"
    APP_FORGOTTEN = "app forgotten"
    CODES_RENEWED = "codes renewed"
    SECOND_STEP_FORGOTTEN = "second step forgotten"
    PASSWORD_CHANGED = "password changed"
    INVITATION_USED = "invitation used"
    ADDRESS_CHANGED = "address changed"
    ACCOUNT_LINKED = "account linked"
    LET_IN = "let in"
    TOKEN_MADE = "token made"
    TOKEN_ENDED = "token ended"
    BROWSER_ENDED = "browser signed out"
    ALL_ENDED = "signed out everywhere"

    @property
    def is_told(self) -> bool:
        """Whether the person gets a mail: where, if it was not them, they should know at once."""
        quiet = (DoorChange.TOKEN_ENDED, DoorChange.BROWSER_ENDED, DoorChange.ALL_ENDED)
        return self not in (*quiet, DoorChange.INVITATION_USED)


def opens(door: str, *, only_provider: bool) -> bool:
    """Say whether a browser that came in by `door` is let in, where only a provider may do that."""
    return not only_provider or door in (Door.PROVIDER, Door.COMMAND)


def may_set_password(door: str, *, opened_at: datetime, at: datetime) -> bool:
    """Say whether a new password may be set without the present one: soon after a link."""
    return door in (Door.LINK, Door.COMMAND) and at - opened_at <= FRESH


def is_sure(
    *, has_password: bool, sure_at: datetime | None, opened_at: datetime, at: datetime
) -> bool:
    """Say whether a person showed lately that it is them.

    By their password, asked for again; without one, by having signed in a moment ago.
    """
    since = sure_at if has_password else opened_at
    return since is not None and at - since <= FRESH


class WeakPassword(ValueError):
    """A password that is too short, too long, or just the person's own address."""


def fold_email(text: str) -> str:
    """Return the one stored form of an e-mail address."""
    return folded(text)


def is_address(text: str) -> bool:
    """Say whether this can be an e-mail address, as the forms in the browser ask."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def check_password(password: str, *, email: str, name: str = "") -> None:
    """Accept any password of 12 to 200 characters (NIST SP 800-63B: length, no composition).

    Refused is what anybody would try: few different letters, or little beside the person's name,
    their address and the word "baton".

    :raises WeakPassword: with a sentence for the person who chooses it.
    """
    if len(password) < 12:
        raise WeakPassword(gettext("Please take at least 12 characters; a short sentence is fine."))
    if len(password) > 200:
        raise WeakPassword(gettext("Please stay within 200 characters."))
    if fold_email(password) == fold_email(email):
        raise WeakPassword(gettext("Please don't take your e-mail address as password."))
    if len(set(password)) < 5:
        raise WeakPassword(gettext("Please take more different letters."))
    rest = folded = password.casefold()
    for word in sorted(_near_words(email, name), key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest != folded and sum(letter.isalnum() for letter in rest) < 8:
        raise WeakPassword(gettext("Please take more than your name, your address and “Baton”."))


def _near_words(email: str, name: str) -> set[str]:
    """Return the words that stand near a person, in lower case."""
    parts = re.split(r"[\W_]+", f"{email} {name}".casefold())
    return {"baton", "password", *(part for part in parts if len(part) >= 3)}
