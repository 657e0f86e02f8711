"""Raising a request: from a filled form to its first event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.catalogue.offered import Offered
from app.catalogue.rules import Visibility, read_stages
from app.db import has_one_writer
from app.language import gettext
from app.people.models import Person
from app.people.queries import teams_of
from app.requests.acts.routing import first_holder, who_is_there
from app.requests.life.history import replay
from app.requests.life.ledger import Happening
from app.requests.life.promises import due, iso
from app.requests.life.stored import NOTHING, rows_of
from app.requests.models import Brief, Request
from app.requests.record.keys import keep_key, refuse_repeat
from app.requests.record.recording import Act, tell_observers
from app.requests.record.storing import append, clocks, store
from app.requests.rules import Kind, NotYours, Side
from app.rows import add_rows, added
from app.worktime.days import local_day


@dataclass(frozen=True)
class Wish:
    """What is asked, as the form gave it: `answers` are {"label", "text"} in the form's order."""

    title: str
    details: str
    answers: Sequence[Mapping[str, str]]
    asking_team_id: int


def raise_request(session: Session, offered: Offered, wish: Wish, *, act: Act) -> Request:
    """Raise a request of what is `offered`; its stages and promises are copied, so that they stay.

    :raises AlreadyDone: on the second click.
    :raises NotYours: when the asking team is not one of the actor's.
    """
    # Two clicks at once wait for each other here; the second then finds the key of the first.
    # Whoever only refers to the person meanwhile, such as a log that comes in, waits for nobody.
    if not has_one_writer(session):
        one = select(Person.id).where(Person.id == act.by.id)
        session.execute(one.with_for_update(key_share=True))
    refuse_repeat(session, act.by, act.key)
    if wish.asking_team_id not in teams_of(act.by):
        raise NotYours(gettext("You can ask on behalf of your own teams."))
    clock_of = clocks(session, {offered.team_id: offered.clock})
    data = facts(offered, asking_team_id=wish.asking_team_id, at=act.at, clock_of=clock_of)
    data["holder"] = _holder(session, offered, data, act)
    happening = Happening(act.at, Kind.RAISED, act.by.id, Side.ASKING, data)
    rows = rows_of(replay([happening]), clock_of)
    request = _asked(session, offered, wish, by=act.by, columns=rows.request)
    keep_key(session, act.by, act.key, request.id, at=act.at)
    event = append(session, request.id, 1, happening, None)
    store(session, request, rows, clock_of, before=NOTHING)
    tell_observers(session, request, [event])
    return request


def _holder(session: Session, offered: Offered, data: Mapping[str, Any], act: Act) -> int | None:
    """Return who gets it first: whom the first stage is for while they are there, or by routing."""
    team_id, today = data["team"], local_day(offered.clock.plan.zone_at(act.at), act.at)
    meant = who_is_there(session, data["holder"], team_id=team_id, asker_id=act.by.id, on=today)
    return meant or first_holder(session, offered, team_id=team_id, asker=act.by, on=today)


def _asked(
    session: Session, offered: Offered, wish: Wish, *, by: Person, columns: Mapping[str, Any]
) -> Request:
    """Add the row of a request with what was asked, word for word; return it."""
    request = added(
        session,
        Request,
        title=wish.title,
        type_id=offered.id,
        requester_id=by.id,
        visibility=offered.visibility,
        source=None,
        source_ref=None,
        **columns,
    )
    brief = {"request_id": request.id, "details": wish.details, "answers": list(wish.answers)}
    add_rows(session, Brief, [brief])
    set_committed_value(request, "brief", Brief(**brief))  # observers read it
    return request


def facts(
    offered: Offered, *, asking_team_id: int, at: datetime, clock_of: Callable[[int], Any]
) -> dict[str, Any]:
    """Return what the first event of a request keeps of its type: stages, promises, who may see.

    `clock_of` gives the working clock of a team by its id; `at` is when it is raised (UTC).
    """
    stages = read_stages(offered.stages, team_id=offered.team_id)
    promise_clock, first = clock_of(offered.team_id), stages[0]
    done_by = due(promise_clock, at, offered.done_promise_s, days=offered.done_promise_days)
    respond_by = due(
        promise_clock, at, offered.response_promise_s, days=offered.response_promise_days
    )
    visit_due = due(clock_of(first.team_id), at, first.allowance_s)
    return {
        "asking_team": asking_team_id,
        "confidential": offered.visibility == Visibility.CONFIDENTIAL,
        "open_review": offered.open_review,
        "team": first.team_id,
        "holder": first.person_id,
        "stage": first.stage.value,
        "stages": [
            {**asdict(plan), "stage": plan.stage.value, "checklist": list(plan.checklist)}
            for plan in stages
        ],
        "due": iso(done_by),
        "respond_by": iso(respond_by),
        "reply_s": offered.reply_promise_s,
        "checklist": list(offered.checklist),
        "visit_due": iso(visit_due or (done_by if len(stages) == 1 else None)),
    }
