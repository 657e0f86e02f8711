"""What webhooks may hear of, what their messages say, and how patiently they are sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from app.language import gettext, gettext_noop
from app.requests.rules import Kind

# What a team's programs may be told of, in the order of a life.
KINDS: Final = (
    *(Kind.RAISED, Kind.CLAIMED, Kind.TAKEN_OVER, Kind.GIVEN, Kind.STARTED, Kind.PAUSED),
    *(Kind.RESUMED, Kind.HANDED, Kind.TAKEN_BACK, Kind.PROMISED_ANEW, Kind.DONE),
    *(Kind.CONFIRMED, Kind.REOPENED, Kind.DECLINED, Kind.WITHDRAWN, Kind.MERGED),
    *(Kind.MESSAGE, Kind.NOTE, Kind.THANKED, Kind.REMINDED),
)
ADDRESS_LIMIT: Final = 500
LEASE: Final = timedelta(minutes=2)
# How long to wait after each try that failed; after the last one the message is given up.
PATIENCE: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 300, 600, 1200))
OLD_SECRET_SIGNS_FOR: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=30)


ERRORS: Final = (
    (re.compile(r"It answered (?P<status>\d+)\."), gettext_noop("It answered %(status)s.")),
    (
        re.compile(r"It answered (?P<status>\d+)\. Redirects are not followed\."),
        gettext_noop("It answered %(status)s. Redirects are not followed."),
    ),
    (
        re.compile(r"It could not be reached: (?P<said>.*)", re.DOTALL),
        gettext_noop("It could not be reached: %(said)s"),
    ),
    (
        re.compile(r"Its name leads into a private network\."),
        gettext_noop("Its name leads into a private network."),
    ),
    (re.compile(r"The webhook was ended\."), gettext_noop("The webhook was ended.")),
)


class WrongAddress(ValueError):
    """An address that nothing can be sent to, as a sentence."""


def event_name(kind: str) -> str:
    """Return the name of an event in messages: "taken over" is `request.taken_over`."""
    return f"request.{kind.replace(' ', '_')}"


def check_address(address: str, *, plain: bool) -> None:
    """Accept an address that begins with https://, or http:// when `plain` is allowed.

    :raises WrongAddress: with the reason.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise WrongAddress(gettext("This is no address.")) from None
    if parts.scheme != "https" and not (plain and parts.scheme == "http"):
        raise WrongAddress(gettext("Please give an address that begins with https://."))
    if not host or port == 0 or not address.isprintable() or " " in address:
        raise WrongAddress(gettext("This is no address."))
    if parts.username is not None or parts.password is not None:
        raise WrongAddress(
            gettext("A name or a password in an address ends up in logs; leave it out.")
        )
    if len(address) > ADDRESS_LIMIT:
        raise WrongAddress(gettext("Please stay within %(limit)s characters.", limit=ADDRESS_LIMIT))


def why_not(error: str) -> str:
    """Return why a message was not taken, which is kept in English, in words."""
    for said, sentence in ERRORS:
        if found := said.fullmatch(error):
            return gettext(sentence, **found.groupdict())
    return error


def message(
    kind: str, at: datetime, seq: int, *, by: Mapping[str, Any] | None, request: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what is sent of one event at `at` (UTC): type, timestamp, data.

    It carries ids, states and names, never words that somebody wrote.
    """
    data = {"seq": seq, "by": by, "request": request}
    return {"type": event_name(kind), "timestamp": at.isoformat(), "data": data}


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """Return when to try again after `tries` that failed, None for never."""
    return at + PATIENCE[tries - 1] if tries <= len(PATIENCE) else None


def known_kinds(names: Sequence[str]) -> list[str]:
    """Return those of `names` that a webhook may hear of, in our order."""
    return [kind.value for kind in KINDS if kind.value in names]
