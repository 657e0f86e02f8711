"""Requests as lines of a list: what a row shows and how rows are read.

Bodies never come along (they live in `Brief` and `Message`); every name a row shows is loaded
with it, so that a list costs one query however long it is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, load_only
from sqlalchemy.sql.base import ExecutableOption

from app.catalogue.models import RequestType
from app.people.models import Person, Team
from app.people.queries import teams_of
from app.requests.attention import Seen
from app.requests.intervals import StageVisit
from app.requests.life.sentences import turn_sentence
from app.requests.models import Request
from app.requests.queries import relation_from, visibility
from app.requests.rules import MOVING, Side

NEWS: Final = timedelta(days=7)  # what happened before is no news, seen or not
NEVER: Final = datetime(2999, 1, 1, tzinfo=UTC)  # stands for "no due time" where rows are sorted


@dataclass(frozen=True)
class Line:
    """One request in a list, as `viewer` reads it at `at` (UTC).

    `visit_due` is when the open stage visit is due; None without a plan for the stage.
    """

    request: Request
    visit_due: datetime | None
    viewer: Person
    at: datetime
    seen_at: datetime | None = None

    @property
    def unread(self) -> bool:
        """Whether something happened lately that the viewer may read and has not seen."""
        if self.side is Side.NOBODY:
            return False
        inner = self.side is Side.PROVIDING
        newest = self.request.last_event_at if inner else self.request.last_public_at
        known = self.at - NEWS
        return max(self.seen_at or known, known) < newest

    @cached_property
    def side(self) -> Side:
        """The side on which the viewer stands."""
        request = self.request
        parties = {request.asking_team_id: True} | {request.team_id: False}
        return relation_from(request, self.viewer, parties).side

    @property
    def owes_answer(self) -> bool:
        """Whether a first answer is still promised."""
        return self.request.first_response_at is None and self.request.respond_by is not None

    @property
    def owes_reply(self) -> bool:
        """Whether a later message of the asking side waits for its promised answer."""
        return self.request.reply_by is not None

    @cached_property
    def due(self) -> datetime | None:
        """What falls due next on the providing side: an answer, their stage, or the whole."""
        request = self.request
        if request.turn_side != Side.PROVIDING:
            return None
        if self.owes_answer:
            return request.respond_by
        if request.reply_by and (request.due_now is None or request.reply_by < request.due_now):
            return request.reply_by
        stage_due = self.visit_due if self.side is Side.PROVIDING else None
        return request.expected_at or stage_due or request.due_at

    @property
    def late(self) -> bool:
        """Whether the providing side has let its due time pass."""
        return self.due is not None and self.due < self.at

    @property
    def turn(self) -> str:
        """Whose turn it is, in one sentence."""
        row, side = self.request, self.side
        meant = row.requester_id if side is Side.ASKING else row.holder_id
        return turn_sentence(
            state=row.state,
            turn_side=row.turn_side,
            viewer_side=side,
            holder=row.holder.first_name if row.holder else None,
            team=row.team.name,
            requester=row.requester.first_name,
            asking_team=row.asking_team.name,
            late=self.late,
            personal=meant == self.viewer.id,
        )

    @property
    def may_claim(self) -> bool:
        """Whether the viewer can pick it up: nobody holds it, and the viewer did not ask for it."""
        free = self.request.holder_id is None and self.request.is_open
        asked = self.request.requester_id == self.viewer.id
        return free and not asked and self.request.team_id in teams_of(self.viewer)


# What a row says, and what follows from it; a line reads nothing else of its request.
SHOWN: Final = (
    *(Request.title, Request.version, Request.state, Request.stage, Request.visibility),
    *(Request.type_id, Request.requester_id, Request.asking_team_id, Request.team_id),
    *(Request.holder_id, Request.turn_side, Request.turn_since, Request.raised_at),
    *(Request.due_at, Request.expected_at, Request.respond_by, Request.reply_by),
    *(Request.first_response_at, Request.done_at, Request.ended_at, Request.last_event_at),
    *(Request.last_public_at, Request.second_promises),
)


def lines_visible_to(person: Person) -> Select[Request, datetime | None, datetime | None]:
    """Select (Request, when its open visit is due, when `person` saw it), through the gate.

    The names that rows show come along.
    """
    return (
        select(Request, StageVisit.due_at, Seen.at)
        .outerjoin(StageVisit, is_open_visit())
        .outerjoin(Seen, and_(Seen.request_id == Request.id, Seen.person_id == person.id))
        .where(visibility(person))
        .options(*_what_comes_along())
    )


@cache
def _what_comes_along() -> tuple[ExecutableOption, ...]:
    """Return the loading of what rows show, made once: the making costs more than the query."""
    return (
        load_only(*SHOWN),
        joinedload(Request.type).load_only(RequestType.name),
        joinedload(Request.requester).load_only(Person.name),
        joinedload(Request.holder).load_only(Person.name),
        joinedload(Request.team).load_only(Team.name),
        joinedload(Request.asking_team).load_only(Team.name),
    )


def read_lines(
    session: Session,
    chosen: Select[Request, datetime | None, datetime | None],
    *,
    viewer: Person,
    at: datetime,
) -> list[Line]:
    """Return the lines that `chosen` (see `lines_visible_to`) selects."""
    return [Line(row[0], row[1], viewer, at, row[2]) for row in session.execute(chosen)]


def is_open_visit() -> ColumnElement[bool]:
    """Return the condition by which a request is joined with its open stage visit."""
    return and_(StageVisit.request_id == Request.id, StageVisit.left_at.is_(None))


def expected_by() -> ColumnElement[datetime | None]:
    """Return when the work is expected: promised anew, else by its stage, else as a whole."""
    return func.coalesce(Request.expected_at, StageVisit.due_at, Request.due_at)


def is_late_and_silent(at: datetime) -> ColumnElement[bool]:
    """Return the condition "past every promise, and nobody has said so first"."""
    return and_(is_moving(), func.coalesce(Request.expected_at, Request.due_at) < at)


def is_late(at: datetime) -> ColumnElement[bool]:
    """Return the condition "an answer or the work is past its time"; never NULL."""
    unanswered = and_(Request.first_response_at.is_(None), Request.respond_by < at)
    past = or_(unanswered, Request.reply_by < at, expected_by() < at)
    return and_(is_moving(), func.coalesce(past, false()))


def is_moving() -> ColumnElement[bool]:
    """Return the condition "open, and the providing side's turn"."""
    return and_(Request.state.in_(MOVING), Request.turn_side == Side.PROVIDING)
