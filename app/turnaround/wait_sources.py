"""The waits for answers, for the last word, and the thanks, for the deeper figures."""

from typing import Any

from sqlalchemy import and_, select, union

from app.requests.intervals import ConfirmationWait, Pause, ReplyWait, StageVisit
from app.requests.models import Event, Request
from app.requests.rules import Kind, Side, WaitingOn
from app.turnaround.bounds import not_over_before
from app.turnaround.lives import Confirming, Thanks, Wait
from app.turnaround.reading import Reading
from app.turnaround.sources import ALL_HOURS

ANSWERS = (Kind.MESSAGE, Kind.DONE)
OF_REPLY = (
    *(ReplyWait.request_id, ReplyWait.from_at, ReplyWait.due_at, ReplyWait.to_at),
    *(ReplyWait.ended_by, ReplyWait.team_id, ReplyWait.working_s),
)


def questions(reading: Reading) -> list[Wait]:
    """Return the questions to a requester that were asked in the window.

    Working time is that of the team that asked for the request, which is to answer.
    """
    of_visit = and_(StageVisit.request_id == Pause.request_id, StageVisit.seq == Pause.visit_seq)
    asked = select(Pause.id).where(reading.within(Pause.from_at))
    columns = (Pause.request_id, Pause.from_at, Pause.to_at, Pause.ended_by)
    about = (Request.asking_team_id, StageVisit.team_id, Request.raised_at)
    rows = reading.session.execute(
        select(*columns, *about, reading.mine)
        .join(StageVisit, of_visit)
        .join(Request, Request.id == Pause.request_id)
        .where(*reading.visits(), Pause.id.in_(asked))
        .where(Pause.waiting_on == WaitingOn.REQUESTER)
        .order_by(Request.raised_at, Request.id, Pause.seq)
    )
    return [_question(row, reading) for row in rows]


def _question(row: Any, reading: Reading) -> Wait:
    request_id, from_at, to_at, ended_by, asking, team, raised, mine = row
    until = to_at or reading.now
    return Wait(
        request_id=request_id,
        asking_team_id=asking,
        team_id=team,
        raised_at=raised,
        from_at=from_at,
        due_at=None,
        to_at=to_at,
        answered=ended_by == "answered",
        mine=bool(mine),
        working_s=reading.clocks[asking].between(from_at, until),
        elapsed_s=ALL_HOURS.between(from_at, until),
    )


def replies(reading: Reading) -> list[Wait]:
    """Return the later questions of the asking side, asked or promised for the window."""
    wait, about = ReplyWait, (Request.asking_team_id, Request.team_id, Request.raised_at)
    matters = (reading.within(moment) for moment in (wait.from_at, wait.due_at))
    rows = reading.session.execute(
        select(*OF_REPLY, *about, reading.mine)
        .join(Request, Request.id == wait.request_id)
        .where(*reading.requests())
        .where(wait.id.in_(union(*(select(wait.id).where(way) for way in matters))))
        .order_by(Request.raised_at, Request.id, ReplyWait.seq)
    )
    return [_reply(row, reading) for row in rows]


def _reply(row: Any, reading: Reading) -> Wait:
    request_id, from_at, due_at, to_at, ended_by, answering, working, *about = row
    asking, team, raised, mine = about
    until = to_at or reading.now
    if working is None:
        working = reading.clocks[answering or team].between(from_at, until)
    return Wait(
        request_id=request_id,
        asking_team_id=asking,
        team_id=team,
        raised_at=raised,
        from_at=from_at,
        due_at=due_at,
        to_at=to_at,
        answered=ended_by in ANSWERS,
        mine=bool(mine),
        working_s=working,
        elapsed_s=ALL_HOURS.between(from_at, until),
    )


def confirming(reading: Reading) -> list[Confirming]:
    """Return the waits for the requester's last word that touch the window."""
    wait = ConfirmationWait
    rows = reading.session.execute(
        select(wait.request_id, wait.from_at, wait.to_at, reading.mine)
        .join(Request, Request.id == wait.request_id)
        .where(*reading.requests(), wait.request_id.in_(not_over_before(reading)))
        .where(reading.overlaps(wait.from_at, wait.to_at))
        .order_by(Request.raised_at, Request.id, wait.seq)
    )
    return [Confirming(row[0], row[1], row[2], bool(row[3])) for row in rows]


def thanks(reading: Reading) -> list[Thanks]:
    """Return the thanks that asking sides said in the window."""
    rows = reading.session.execute(
        select(Request.id, Request.asking_team_id, Request.team_id, reading.mine)
        .join(Event, Event.request_id == Request.id)
        .where(*reading.requests(), Event.kind == Kind.THANKED, Event.side == Side.ASKING)
        .where(reading.within(Event.at))
        .order_by(Request.raised_at, Request.id, Event.seq)
    )
    return [Thanks(row[0], row[1], row[2], bool(row[3])) for row in rows]
