"""Requests as lines of a list: what a row shows and how rows are read.

Bodies never come along (they live in `Brief` and `Message`); every name a row shows is read
with it, so that a list costs one query however long it is. Statements are built once: building
one takes longer than running it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any, Final

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from app.catalogue.models import RequestType
from app.db import rows_of
from app.people.models import Person, Team
from app.requests.attention import Seen
from app.requests.life.sentences import merged_sentence, turn_sentence
from app.requests.lists.shown import Shown, Viewer, viewer_of
from app.requests.models import Request
from app.requests.queries import VIEWER, VISIBLE
from app.requests.rights import side_of
from app.requests.rules import Side, State

NEWS: Final = timedelta(days=7)  # what happened before is no news, seen or not


@dataclass(frozen=True)
class Line:
    """One request in a list, as `viewer` reads it at `at` (UTC).

    `goes_on` is where one that was merged goes on, in which state, in lists that look for it.
    """

    request: "Shown | Request"
    viewer: Viewer
    at: datetime
    seen_at: datetime | None = None
    goes_on: tuple[int, str] | None = None

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
        request, teams = self.request, self.viewer.teams
        return side_of(
            raised_it=request.requester_id == self.viewer.id,
            provides=request.team_id in teams,
            asks=request.asking_team_id in teams,
        )

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
        stage_due = request.stage_due_at if self.side is Side.PROVIDING else None
        work = request.expected_at or stage_due or request.due_at
        if request.reply_by and (work is None or request.reply_by < work):
            return request.reply_by
        return work

    @property
    def late(self) -> bool:
        """Whether the providing side has let its due time pass."""
        return self.due is not None and self.due < self.at

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the viewer to agree."""
        return self.request.asked_id == self.viewer.id

    @property
    def turn(self) -> str:
        """Whose turn it is, in one sentence."""
        row, side = self.request, self.side
        if row.state == State.MERGED:
            return merged_sentence(*self.goes_on or (row.merged_into_id, None))
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
            waits_for=row.waits_for,
            agrees=self.is_asked,
        )

    @property
    def may_claim(self) -> bool:
        """Whether the viewer can pick it up: nobody holds it, and the viewer did not ask for it."""
        free = self.request.holder_id is None and self.request.is_open
        asked = self.request.requester_id == self.viewer.id
        return free and not asked and self.request.team_id in self.viewer.teams


# What a row says, and what follows from it, in the order of `Shown`.
SHOWN: Final = (
    *(Request.id, Request.title, Request.version, Request.state, Request.stage),
    *(Request.visibility, Request.type_id, Request.requester_id, Request.asking_team_id),
    *(Request.team_id, Request.holder_id, Request.turn_side, Request.turn_since),
    *(Request.raised_at, Request.due_at, Request.expected_at, Request.stage_due_at),
    *(Request.respond_by, Request.reply_by, Request.first_response_at, Request.done_at),
    *(Request.ended_at, Request.last_event_at, Request.last_public_at, Request.second_promises),
    *(Request.waits_for, Request.asked_id, Request.merged_into_id),
)
WIDTH: Final = len(Shown._fields)


@cache
def visible_lines() -> Select[Any]:
    """Select what rows show of the requests that their viewer may see; built once.

    A row holds the fields of `Shown`, when the viewer saw it, and whatever columns a list adds for
    itself. `read_rows` says who looks.
    """
    requester, holder, asking = aliased(Person), aliased(Person), aliased(Team)
    return (
        select(*SHOWN, RequestType.name, requester.name, asking.name, Team.name, holder.name)
        .add_columns(Seen.at)
        .join(RequestType, RequestType.id == Request.type_id)
        .join(requester, requester.id == Request.requester_id)
        .join(asking, asking.id == Request.asking_team_id)
        .join(Team, Team.id == Request.team_id)
        .outerjoin(holder, holder.id == Request.holder_id)
        .outerjoin(Seen, and_(Seen.request_id == Request.id, Seen.person_id == VIEWER))
        .where(VISIBLE)
    )


def read_rows(
    session: Session, chosen: Select[Any], *, viewer: Person, at: datetime, **values: Any
) -> list[tuple[Line, Sequence[Any]]]:
    """Return the lines that `chosen` (see `visible_lines`) selects, each with its added columns.

    `values` are what the statement leaves open besides the viewer and the instant.
    """
    reader = viewer_of(viewer)
    rows = rows_of(session, chosen, {"viewer": reader.id, "at": at} | values).all()
    return [
        (
            Line(Shown._make(row[:WIDTH]), reader, at, row[WIDTH]),
            row[WIDTH + 1 :],
        )
        for row in rows
    ]


def read_lines(
    session: Session, chosen: Select[Any], *, viewer: Person, at: datetime, **values: Any
) -> list[Line]:
    """Return the lines alone; see `read_rows`."""
    return [line for line, _ in read_rows(session, chosen, viewer=viewer, at=at, **values)]
