"""What programs are told: the shapes of answers, read from the same things as the pages."""

from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema
from marshmallow.fields import Boolean, DateTime, Integer, List, Nested, String, TimeDelta

from app.requests.lists.lines import Line
from app.requests.page import Story
from app.requests.rights import Relation
from app.requests.rules import Side


def Moment(about: str = "", **options: Any) -> DateTime:  # noqa: N802
    """Return a field for an instant in UTC, as RFC 3339 writes it."""
    return DateTime(format="iso", metadata={"description": about} if about else {}, **options)


def Seconds(about: str, **options: Any) -> Integer:  # noqa: N802
    """Return a field for a span in whole seconds."""
    return Integer(metadata={"description": about}, **options)


class Named(Schema):
    """Something by its id and its name."""

    id = Integer(required=True)
    name = String(required=True)


class LineShape(Schema):
    """A request in a list."""

    id = Integer(attribute="request.id", required=True)
    title = String(attribute="request.title", required=True)
    state = String(attribute="request.state", required=True)
    stage = String(attribute="request.stage", required=True)
    version = Integer(attribute="request.version", required=True)
    type = Nested(Named, attribute="request.type", required=True)
    team = Nested(Named, attribute="request.team", required=True)
    asking_team = Nested(Named, attribute="request.asking_team", required=True)
    requester = Nested(Named, attribute="request.requester", required=True)
    holder = Nested(Named, attribute="request.holder", required=True, allow_none=True)
    turn = String(required=True, metadata={"description": "Whose turn it is, in one sentence."})
    turn_side = String(attribute="request.turn_side", required=True)
    turn_since = Moment(attribute="request.turn_since", required=True)
    raised_at = Moment(attribute="request.raised_at", required=True)
    due_at = Moment("What falls due next.", attribute="due", required=True, allow_none=True)
    late = Boolean(required=True)
    done_at = Moment(attribute="request.done_at", required=True, allow_none=True)
    ended_at = Moment(attribute="request.ended_at", required=True, allow_none=True)


class Answered(Schema):
    """One question of the form, as it was then, with its answer."""

    label = String(required=True)
    text = String(required=True)


class VisitShape(Schema):
    """One pass through one stage in one team's hands; working seconds in that team's calendar."""

    stage = String(required=True)
    round = Integer(required=True)
    team = Nested(Named, required=True)
    holder = Nested(Named, required=True, allow_none=True)
    entered_at = Moment(required=True)
    left_at = Moment(required=True, allow_none=True)
    waiting_s = Seconds("Until somebody began.", required=True)
    in_hand_s = Seconds("From then on, without pauses.", required=True)
    paused_s = Seconds("In pauses.", required=True)


class TotalsShape(Schema):
    """A whole life by what happened in it, in elapsed seconds."""

    visits_s = TimeDelta("seconds", attribute="visits", required=True)
    pauses_s = TimeDelta("seconds", attribute="pauses", required=True)
    confirmation_s = TimeDelta("seconds", attribute="confirmation", required=True)
    age_s = TimeDelta("seconds", attribute="age", required=True)


class RequestShape(LineShape):
    """One request, with what follows from its history."""

    visibility = String(attribute="request.visibility", required=True)
    details = String(attribute="story.brief.details", required=True, dump_default="")
    answers = List(
        Nested(Answered), attribute="story.brief.answers", required=True, dump_default=list
    )
    respond_by = Moment(attribute="request.respond_by", required=True, allow_none=True)
    first_response_at = Moment(
        attribute="request.first_response_at", required=True, allow_none=True
    )
    reply_by = Moment(attribute="request.reply_by", required=True, allow_none=True)
    promised_at = Moment(
        "The first promise, moved on by the working time for which it rested before it had passed.",
        attribute="request.due_at",
        required=True,
        allow_none=True,
    )
    promised_anew_at = Moment(attribute="request.expected_at", required=True, allow_none=True)
    outcome = String(attribute="request.outcome", required=True, allow_none=True)
    reopenings = Integer(attribute="request.reopenings", required=True)
    merged_into = Integer(attribute="request.merged_into_id", required=True, allow_none=True)
    visits = List(Nested(VisitShape), attribute="story.visits", required=True)
    totals = Nested(TotalsShape, attribute="story.totals", required=True)
    can = List(
        String(), required=True, metadata={"description": "The acts that make sense now, for you."}
    )


class MessageShape(Schema):
    """Words that somebody wrote."""

    seq = Integer(attribute="event.seq", required=True)
    at = Moment(attribute="message.at", required=True)
    by = Nested(Named, attribute="message.author", required=True, allow_none=True)
    side = String(attribute="message.side", required=True)
    internal = Boolean(attribute="message.internal", required=True)
    words = String(attribute="message.body", required=True)


class EventShape(Schema):
    """Something that happened."""

    seq = Integer(attribute="event.seq", required=True)
    at = Moment(attribute="event.at", required=True)
    kind = String(attribute="event.kind", required=True)
    by = Nested(Named, attribute="event.actor", required=True, allow_none=True)
    side = String(attribute="event.side", required=True)
    sentence = String(required=True)


class TeamShape(Named):
    """A team."""

    purpose = String(required=True)
    department = Nested(Named, required=True)


class QuestionShape(Schema):
    """One question of a form; it is asked while the question `asked_if` has `asked_when`."""

    key = String(required=True)
    label = String(required=True)
    kind = String(required=True)
    required = Boolean(required=True)
    hint = String(required=True)
    choices = List(String(), required=True)
    asked_if = String(required=True)
    asked_when = String(required=True)


class TypeShape(Named):
    """Something a team does for others; promises in working seconds, or by the n-th working day."""

    summary = String(required=True)
    team = Nested(Named, required=True)
    questions = List(Nested(QuestionShape), required=True)
    response_promise_s = Integer(required=True, allow_none=True)
    response_promise_days = Integer(required=True, allow_none=True)
    done_promise_s = Integer(required=True, allow_none=True)
    done_promise_days = Integer(required=True, allow_none=True)


class PersonShape(Named):
    """Somebody, with their teams."""

    teams = List(Nested(Named), required=True)


def page_of(shape: type[Schema], name: str) -> type[Schema]:
    """Return the shape of a page of a list; where it goes on stands in the Link header."""
    return Schema.from_dict({"items": List(Nested(shape), required=True)}, name=name)


@dataclass(frozen=True)
class Whole(Line):
    """One request as its reader stands to it, with its story and what they can do."""

    stands: Relation = field(default_factory=Relation)
    story: Story | None = None
    can: tuple[str, ...] = ()

    @property
    def side(self) -> Side:
        """The side on which the reader stands, parties that joined later included."""
        return self.stands.side
