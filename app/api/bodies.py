"""What programs send: the words and choices of each act, checked as strictly as the forms."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, validates_schema
from marshmallow.fields import AwareDateTime, Boolean, Dict, Raw, String
from marshmallow.validate import Length, OneOf, Regexp

from app.api.paging import Id
from app.language import gettext, lazy_gettext
from app.requests.rules import Outcome, WaitingOn

WORDS_LIMIT = 20_000
SOMETHING = r"^\s*\S"  # not blank alone
LAST_DAY = datetime(9000, 1, 1, tzinfo=UTC)


def _fits_a_text(text: str) -> None:
    """No text of a person holds a NUL or half a character; no database takes one."""
    if "\0" in text:
        raise ValidationError(
            gettext("It holds an invisible character (NUL) that no text can carry.")
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValidationError(gettext("It holds half a character.")) from None


def Words(limit: int = WORDS_LIMIT, *, needed: bool = True) -> String:  # noqa: N802
    """Return a field for a person's words, Markdown welcome; outer spaces do not count."""
    if not needed:
        return String(load_default="", validate=[Length(max=limit), _fits_a_text])
    checks = [Length(1, limit), Regexp(SOMETHING, error=lazy_gettext("Please write something."))]
    return String(required=True, validate=[*checks, _fits_a_text])


class Nothing(Schema):
    """An act that needs no words."""


class Said(Schema):
    """Words."""

    words = Words()


class Gift(Schema):
    """To whom."""

    to = Id(required=True, metadata={"description": "A member of the team that has it."})


class Handover(Schema):
    """To which team, and what they should know."""

    team = Id(required=True)
    note = Words()


class Question(Schema):
    """A question, to whom it is, and until when an answer is hoped for."""

    question = Words()
    waiting_on = String(
        load_default=WaitingOn.REQUESTER.value,
        validate=OneOf((WaitingOn.REQUESTER.value, WaitingOn.THIRD_PARTY.value)),
    )
    who = Words(80, needed=False)
    until = AwareDateTime(format="iso", default_timezone=UTC)

    @validates_schema
    def name_the_third(self, sent: dict[str, Any], **_options: Any) -> None:
        """A third party has a name, and a hope lies in time."""
        if sent["waiting_on"] == WaitingOn.THIRD_PARTY and not sent["who"].strip():
            raise ValidationError(gettext("Please name them, so that everybody knows."), "who")
        if "until" in sent and not sent["until"].astimezone(UTC) < LAST_DAY:
            raise ValidationError(gettext("That is too far away."), "until")


class Decline(Schema):
    """Why not, and what else."""

    reason = Words()
    change = Words(needed=False)
    instead = Words()


class Withdrawal(Schema):
    """Why, if there is something to say, and whether it ends for others who asked for it, too."""

    reason = Words(needed=False)
    for_all = Boolean(load_default=False)


class LastWord(Schema):
    """Whether it helps."""

    outcome = String(required=True, validate=OneOf(tuple(outcome.value for outcome in Outcome)))
    words = Words(needed=False)


class Wished(Schema):
    """A request of a type. `answers` are by the key of each question; several choices a list."""

    type = Id(required=True)
    title = Words(200)
    details = Words(needed=False)
    answers = Dict(keys=String(validate=Length(1, 80)), values=Raw(), load_default=dict)
    asking_team = Id(metadata={"description": "Needed when you are in several teams."})
