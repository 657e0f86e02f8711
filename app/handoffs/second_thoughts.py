"""Taking a handoff back before anyone is told, and stepping aside for another pair of eyes.

What can be done meanwhile is said here, too.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.feedback.actions import withdraw_remarks
from app.handoffs.queries import last_move
from app.handoffs.rules import AsideReason, next_stage
from app.language import gettext
from app.people.models import Person
from app.people.names import Named
from app.requests.acts.routing import can_have
from app.requests.life.changes import moment
from app.requests.models import Event, Request
from app.requests.moves import possible
from app.requests.page import Story
from app.requests.record.recording import Act, Step, begin
from app.requests.rights import Relation, may_review
from app.requests.rules import Kind, NotNow, NotYours, State


def is_on_its_way(handoff: Event, at: datetime) -> bool:
    """Say whether a handoff has not been released yet at `at`."""
    released_at = moment(handoff.data.get("released_at"))
    return released_at is not None and at < released_at


def arriving_from(request: Request, story: Story, *, at: datetime) -> Named | None:
    """Return who can still take back the handoff they have just made; None when nobody can."""
    if request.released_at is None or request.released_at <= at or not story.last_handoff:
        return None
    return story.last_handoff.actor


def offered_to(
    person_id: int, request: Request, story: Story, stands: Relation, *, at: datetime
) -> frozenset[Kind]:
    """Return the acts that somebody is offered on a request, by whichever way they look at it."""
    giver = arriving_from(request, story, at=at)
    return possible(
        stands,
        state=State(request.state),
        is_held=request.holder_id is not None,
        arrives=giver is not None and giver.id != person_id,
        stage_to_come=next_stage(story.ledger.plan, request.stage) is not None,
    )


def take_back(session: Session, request: Request, *, act: Act) -> None:
    """Undo the handoff one has just made; nobody has been told of it.

    The visit it ended goes on, and its remarks count as never given.

    :raises NotYours: when the last move is not a handoff of the actor.
    :raises NotNow: when the minute is over.
    """
    handoff = last_move(session, request.id)
    own = handoff is not None and handoff.kind == Kind.HANDED and handoff.actor_id == act.by.id
    turning = begin(session, request, act, may=lambda _: own)
    if handoff is None or not is_on_its_way(handoff, act.at):
        raise NotNow(gettext("It has arrived; it can no longer be taken back."))
    turning.record(Step(Kind.TAKEN_BACK, {"seq": handoff.seq}))
    withdraw_remarks(turning, turning.ledger.visit.seq, given_at=handoff.at)


def step_aside(
    session: Session,
    request: Request,
    *,
    reason: AsideReason,
    successor: Person | None,
    again_after: date | None,
    act: Act,
) -> None:
    """Hand the piece to another pair of eyes in the same stage; the clock goes on.

    Without a `successor` it waits for whoever of the team takes it up. `again_after` is when the
    person would gladly be asked again.

    :raises NotYours: when the successor is not of the team, or asked for it.
    """
    turning = begin(session, request, act, may=may_review)
    if successor is not None:
        fits = can_have(successor, request, team_id=request.team_id)
        if not fits or successor.id == act.by.id:
            raise NotYours(gettext("It can go to a colleague of the team who did not ask for it."))
    data = {
        "holder": successor.id if successor else None,
        "from": act.by.id,
        "reason": reason.value,
        "again_after": again_after.isoformat() if again_after else None,
    }
    turning.record(Step(Kind.STEPPED_ASIDE, data))
