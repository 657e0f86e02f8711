"""Whose turn it is and what falls due, as the page of a request says it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.db import db
from app.handoffs.second_thoughts import arriving_from
from app.language import gettext
from app.language.writing import whole_day
from app.requests.acts.settling import reopen_until
from app.requests.life.telling import tell
from app.requests.life.timers import CONFIRM, Clocks, asks_for_a_word, rested_s, timers_of
from app.requests.lists.lines import Line
from app.requests.lists.place import Place, place_in_line
from app.requests.lists.shown import viewer_of
from app.requests.models import Request
from app.requests.page import Story
from app.requests.record.storing import clocks
from app.requests.rights import Relation
from app.requests.rules import MOVING, Kind, Side, State
from app.web.headers import now
from app.web.piece_view import is_somebody_else
from app.web.render import me
from app.web.wording import working_duration
from app.worktime.days import local_day, opening_of_day
from app.worktime.queries import clock_of

NOTHING_DUE = {
    "due": None,
    "left": None,
    "passed": False,
    "answer_passed": False,
    "rests": "",
    "looks": "",
}
HOPED_FOR = 3  # working days in which an answer may be hoped for, unless somebody says otherwise


def turn_of(request: Request, story: Story, stands: Relation) -> dict[str, Any]:
    """Return whose turn it is, the tone of it, and what falls due next with the time left.

    While it waits for somebody nothing falls due: the clock rests.
    """
    line = Line(request, viewer_of(me()), now())
    giver = arriving_from(request, story, at=now())
    if giver and is_somebody_else(giver):
        turn = gettext("%(name)s is just passing it on.", name=giver.first_name)
        return {"turn": turn, "tone": "theirs", **NOTHING_DUE}
    return {
        "turn": _who_took_it_back(request, story) or line.turn,
        "tone": _tone(request, line, stands),
        "due": line.due,
        "passed": line.late,
        "answer_passed": line.owes_answer and (request.respond_by or now()) < now(),
        "left": _left(request, story, line.due),
        "rests": _rests(request, story),
        "looks": _looks(request, story),
    }


def _who_took_it_back(request: Request, story: Story) -> str:
    """Say by name who of those who ask ended it, as its history does; empty for oneself."""
    last = next((e for e in reversed(story.known) if e.kind == Kind.WITHDRAWN), None)
    if request.state != State.WITHDRAWN or not (last and last.actor) or last.actor.id == me().id:
        return ""
    team, who = request.asking_team.name, last.actor.first_name
    return gettext("%(who)s took it back for %(team)s. Nothing more to do.", who=who, team=team)


def _tone(request: Request, line: Line, stands: Relation) -> str:
    """Return how the turn looks to whoever reads it; late before all else."""
    mine = stands.raised_it if stands.side is Side.ASKING else stands.holds
    if line.late:
        return "late"
    if request.turn_side == Side.NOBODY:
        return "done"
    if line.is_asked or (mine and request.turn_side == stands.side):
        return "yours"
    return "waiting" if request.state == State.WAITING else "theirs"


def _left(request: Request, story: Story, due: datetime | None) -> str | None:
    """Return how much working time is left until `due`, or by how much it is late."""
    if due is None:
        return None
    clock = clock_of(request.team.calendar)
    if due < now():
        return gettext("%(time)s over the promise", time=_over(request, story, due, now()))
    return gettext("%(time)s left", time=working_duration(clock.between(now(), due)))


def _over(request: Request, story: Story, due: datetime, until: datetime) -> str:
    """Return by how much it was late; what is due as an answer runs on while the work rests."""
    clock = clock_of(request.team.calendar)
    seconds = clock.between(due, until)
    if due not in (request.respond_by, request.reply_by):
        seconds -= rested_s(story.ledger, clock, since=due, until=until)
    return working_duration(seconds)


def _rests(request: Request, story: Story) -> str:
    """Say that the clock rests, and how late it was by then; empty while it goes."""
    pause, due = story.ledger.open_pause, request.due_now
    if pause is None:
        return ""
    if due is None or due >= pause.from_at:
        return gettext("the clock rests")
    over = _over(request, story, due, pause.from_at)
    return gettext("the clock rests; before that it was %(time)s over the promise", time=over)


def _looks(request: Request, story: Story) -> str:
    """Say when whoever has it will look at it, or meant to; empty without their word."""
    said = story.said_when
    if said is None or said.actor is None or request.state not in MOVING:
        return ""
    name, day = said.actor.first_name, date.fromisoformat(said.data["day"])
    if day < local_day(me().zone_at(now()), now()):
        return gettext("%(who)s meant to look on %(day)s.", who=name, day=whole_day(day))
    return tell(said.kind, said.data, who=name, holder=None, team=None)


def ends_of(
    request: Request, story: Story, stands: Relation, can: Collection[Kind]
) -> dict[str, Any]:
    """Return what stands at either end of a request: its place in line, lateness, reopening."""
    clock_look_up = clocks(db.session)
    waits_outside = stands.side is not Side.PROVIDING and request.holder_id is None
    place = _place(request, story) if waits_outside else None
    reopens = reopen_until(db.session, request) if Kind.REOPENED in can else None
    return {
        "place": place.words() if place else "",
        "word_due": (stands.holds or request.holder_id is None)
        and asks_for_a_word(story.ledger, clock_look_up, at=now()),
        "confirms": _confirms(story, clock_look_up) if Kind.CONFIRMED in can else None,
        "reopens": reopens if reopens and reopens >= now() else None,
        "how_it_was": _how_it_was(request, story),
    }


def _how_it_was(request: Request, story: Story) -> Mapping[str, Any] | None:
    """Return what was said about it at the end, to those who carried it; None to all others."""
    if not request.rating or me().id not in {person.id for person in story.carriers}:
        return None
    return next(event.data for event in reversed(story.known) if event.kind == Kind.RATED)


def _place(request: Request, story: Story) -> Place | None:
    return place_in_line(db.session, request, entered=story.ledger.visit.entered_at)


def _confirms(story: Story, clock_look_up: Clocks) -> date | None:
    """Return the day on which it will be confirmed by itself, where those live who asked."""
    at = timers_of(story.ledger, clock_look_up).get(CONFIRM)
    zone = clock_look_up(story.ledger.asking_team_id).plan.zone_at(at) if at else None
    return local_day(zone, at) if at else None


def hoped_for(request: Request) -> date | None:
    """Return the day on which an answer to a question of now may be hoped for."""
    clock = clock_of(request.team.calendar)
    opens = opening_of_day(clock, now(), HOPED_FOR)
    return opens.astimezone(ZoneInfo(clock.plan.zone_at(opens))).date() if opens else None
