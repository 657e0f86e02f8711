"""Passing the baton: on, back, to another team, and saying that the work is done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.documents.queries import latest_number, unanswered_changes
from app.feedback.actions import check_remarks, give_remarks
from app.feedback.queries import open_musts
from app.feedback.rules import RemarkKind, has_strength
from app.handoffs.advice import Advice
from app.handoffs.queries import changed_in_visit
from app.handoffs.rules import (
    BACK,
    UNDO_SECONDS,
    Decision,
    NeedsAnswers,
    NeedsChanges,
    NeedsLateCard,
    NeedsPassage,
    NeedsQuestion,
    NeedsStrength,
    NeedsWord,
    earlier_stages,
    next_stage,
)
from app.language import gettext
from app.people.models import Person, Team
from app.people.queries import team_clock
from app.requests import rights
from app.requests.acts.routing import can_have, holder_again
from app.requests.acts.work import moved
from app.requests.life.promises import due, iso
from app.requests.models import Request
from app.requests.record.recording import Act, ActTurning, Step, begin
from app.requests.rules import Kind, NotNow, NotYours


def hand_on(
    session: Session,
    request: Request,
    *,
    advice: Advice,
    to: Person | None,
    act: Act,
    decision: Decision = Decision.PASS_ON,
) -> None:
    """Pass the piece on to its next stage; it goes to `to`, else to who had that stage before.

    :raises WrongWords: when a remark lacks a part.
    :raises NeedsAnswers: while a must-remark has no answer.
    :raises NeedsWord: when the author has no word on changes that others made.
    :raises NeedsChanges: when it says "small changes made" and there are none.
    :raises NeedsLateCard: when it is late and does not say so.
    :raises NotNow: in the last stage.
    """
    check_remarks(advice.remarks)
    turning = begin(session, request, act, may=rights.may_review)
    step = next_stage(turning.ledger.plan, turning.ledger.visit.stage)
    if step is None:
        raise NotNow(gettext("This is the last stage; say that it is done."))
    _need_answers(turning)
    if request.stage == "author":
        _need_word(turning)
    if decision is Decision.PASS_ON_CHANGED and not changed_in_visit(turning):
        raise NeedsChanges(gettext("No version of yours holds changes yet."))
    _hand(turning, step, decision, advice, to)


def hand_back(
    session: Session, request: Request, *, decision: Decision, stage: str, advice: Advice, act: Act
) -> None:
    """Give the piece back to an earlier `stage`, to the person who had it there.

    :raises WrongWords: when a remark lacks a part.
    :raises NeedsStrength: when nothing is named that works and should stay.
    :raises NeedsPassage: when there is a text, and no strength is about a passage of it.
    :raises NeedsQuestion: when it goes back with a question and none is asked.
    :raises NeedsLateCard: when it is late and does not say so.
    :raises NotNow: when there is no such earlier stage.
    """
    check_remarks(advice.remarks)
    if not has_strength(advice.remarks):
        raise NeedsStrength(gettext("Nothing goes back with corrections alone."))
    asks = any(remark.kind is RemarkKind.QUESTION for remark in advice.remarks)
    if decision is Decision.BACK_QUESTION and not asks:
        raise NeedsQuestion(gettext("It would go back with a question, and none is asked yet."))
    turning = begin(session, request, act, may=rights.may_review)
    if latest_number(session, request.id) and not has_strength(advice.remarks, anchored=True):
        raise NeedsPassage(gettext("Which words should stay?"))
    earlier = earlier_stages(turning.ledger.plan, turning.ledger.visit.stage)
    step = next((plan for plan in earlier if plan["stage"] == stage), None)
    if step is None or decision not in BACK:
        raise NotNow(gettext("It cannot go back from here."))
    _hand(turning, step, decision, advice, None)


def hand_to_team(session: Session, request: Request, *, to: Team, note: str, act: Act) -> None:
    """Hand the request to another team, in the same stage, with a note for them.

    :raises NotNow: when that team has it already.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    if to.id == request.team_id:
        raise NotNow(gettext("This team has it already."))
    data = {
        "stage": turning.ledger.visit.stage,
        "team": to.id,
        "holder": None,
        "decision": Decision.TO_TEAM.value,
        "visit_due": None,
    }
    notes = [Step(Kind.NOTE, words=note, internal=True)] if note else []
    turning.record(*notes, Step(Kind.HANDED, data))


def say_done(session: Session, request: Request, *, words: str, act: Act) -> None:
    """Say that the work is done, with a visible message; the requester has the last word.

    A pause ends with it, and moves what is due as if the work had gone on just before.

    :raises NotNow: before the last stage.
    :raises NeedsAnswers: while a must-remark has no answer.
    :raises NeedsWord: when the author has no word on changes that others made.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    if next_stage(turning.ledger.plan, turning.ledger.visit.stage) is not None:
        raise NotNow(gettext("There is a stage to come; pass it on."))
    _need_answers(turning)
    _need_word(turning)
    pause = turning.ledger.open_pause
    dues = moved(turning, pause.from_at) if pause else {}
    turning.record(Step(Kind.MESSAGE, words=words), Step(Kind.DONE, dues))


def _hand(
    turning: ActTurning,
    step: Mapping[str, Any],
    decision: Decision,
    advice: Advice,
    to: Person | None,
) -> None:
    act = turning.act
    if is_late(turning.ledger.visit.due_at, act.at) and advice.late is None:
        raise NeedsLateCard(gettext("It comes later than expected; please say so first."))
    released_at = act.at + timedelta(seconds=UNDO_SECONDS)
    give_remarks(turning, advice.remarks, released_at=released_at)
    clock = team_clock(turning.session, step["team_id"])
    data = {
        "stage": step["stage"],
        "team": step["team_id"],
        "holder": _next_holder(turning, step, to),
        "decision": decision.value,
        "visit_due": iso(due(clock, act.at, step["allowance_s"])),
        "released_at": iso(released_at),
        **advice.said(),
    }
    turning.record(Step(Kind.HANDED, data))


def is_late(due_at: datetime | None, at: datetime) -> bool:
    """Say whether a stage visit that was due at `due_at` is late at `at`."""
    return due_at is not None and due_at < at


def _next_holder(turning: ActTurning, step: Mapping[str, Any], to: Person | None) -> int | None:
    if to is not None:
        if not can_have(to, turning.request, team_id=step["team_id"]):
            raise NotYours(gettext("It can go to a member of the team who did not ask for it."))
        return to.id
    had_it = [
        visit.holder_id
        for visit in turning.ledger.visits
        if (visit.stage, visit.team_id) == (step["stage"], step["team_id"])
    ]
    meant: int | None = had_it[-1] if had_it else step.get("person_id")
    return holder_again(turning, meant, team_id=step["team_id"])


def _need_answers(turning: ActTurning) -> None:
    if count := open_musts(turning.session, turning.request.id):
        raise NeedsAnswers(count)


def _need_word(turning: ActTurning) -> None:
    if unanswered_changes(turning.session, turning.request.id):
        raise NeedsWord(gettext("The author has no word yet on changes that somebody else made."))
