"""Passing the baton: on, back, to another team, and saying that the work is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.feedback.actions import check_remarks, give_remarks
from app.feedback.queries import open_musts
from app.feedback.rules import RemarkWords, has_strength
from app.handoffs.rules import (
    BACK,
    Decision,
    NeedsAnswers,
    NeedsStrength,
    Size,
    earlier_stages,
    next_stage,
)
from app.people.models import Person, Team
from app.people.queries import team_clock, teams_of
from app.requests import rules
from app.requests.models import Request
from app.requests.promises import due, iso
from app.requests.recording import Act, Step, Turning, begin
from app.requests.rules import Kind, NotNow, NotYours


@dataclass(frozen=True)
class Advice:
    """What a reviewer gives along: remarks, a note to the next pair of hands, the size of it."""

    remarks: Sequence[RemarkWords] = ()
    note: str = ""
    size: Size | None = None


def hand_on(
    session: Session, request: Request, *, advice: Advice, to: Person | None, act: Act
) -> None:
    """Pass the piece on to its next stage; it goes to `to`, else to who had that stage before.

    :raises WrongWords: when a remark lacks a part.
    :raises NeedsAnswers: while a must-remark has no answer.
    :raises NotNow: in the last stage.
    """
    check_remarks(advice.remarks)
    turning = begin(session, request, act, may=rules.may_review)
    step = next_stage(turning.ledger.plan, turning.ledger.visit.stage)
    if step is None:
        raise NotNow("This is the last stage; say that it is done.")
    _need_answers(turning)
    _hand(turning, step, Decision.PASS_ON, advice, to)


def hand_back(
    session: Session,
    request: Request,
    *,
    decision: Decision,
    stage: str,
    advice: Advice,
    act: Act,
) -> None:
    """Give the piece back to an earlier `stage`, to the person who had it there.

    :raises WrongWords: when a remark lacks a part.
    :raises NeedsStrength: when nothing is named that works and should stay.
    :raises NotNow: when there is no such earlier stage.
    """
    check_remarks(advice.remarks)
    if not has_strength(advice.remarks):
        raise NeedsStrength("Nothing goes back with corrections alone.")
    turning = begin(session, request, act, may=rules.may_review)
    earlier = earlier_stages(turning.ledger.plan, turning.ledger.visit.stage)
    step = next((plan for plan in earlier if plan["stage"] == stage), None)
    if step is None or decision not in BACK:
        raise NotNow("It cannot go back from here.")
    _hand(turning, step, decision, advice, None)


def hand_to_team(session: Session, request: Request, *, to: Team, note: str, act: Act) -> None:
    """Hand the request to another team, in the same stage, with a note for them.

    :raises NotNow: when that team has it already.
    """
    turning = begin(session, request, act, may=rules.may_carry)
    if to.id == request.team_id:
        raise NotNow("This team has it already.")
    step = {"stage": turning.ledger.visit.stage, "team_id": to.id, "allowance_s": None}
    _hand(turning, step, Decision.TO_TEAM, Advice(note=note), None)


def say_done(session: Session, request: Request, *, words: str, act: Act) -> None:
    """Say that the work is done, with a visible message; the requester has the last word.

    :raises NotNow: before the last stage.
    :raises NeedsAnswers: while a must-remark has no answer.
    """
    turning = begin(session, request, act, may=rules.may_carry)
    if next_stage(turning.ledger.plan, turning.ledger.visit.stage) is not None:
        raise NotNow("There is a stage to come; pass it on.")
    _need_answers(turning)
    turning.record(Step(Kind.MESSAGE, words=words), Step(Kind.DONE))


def _hand(
    turning: Turning,
    step: Mapping[str, Any],
    decision: Decision,
    advice: Advice,
    to: Person | None,
) -> None:
    give_remarks(turning, advice.remarks)
    clock = team_clock(turning.session, step["team_id"])
    data = {
        "stage": step["stage"],
        "team": step["team_id"],
        "holder": _next_holder(turning, step, to),
        "decision": decision.value,
        "size": advice.size.value if advice.size else None,
        "visit_due": iso(due(clock, turning.act.at, step["allowance_s"])),
    }
    notes = [Step(Kind.NOTE, words=advice.note, internal=True)] if advice.note else []
    turning.record(*notes, Step(Kind.HANDED, data))


def _next_holder(turning: Turning, step: Mapping[str, Any], to: Person | None) -> int | None:
    if to is not None:
        if step["team_id"] not in teams_of(to) or to.id == turning.request.requester_id:
            raise NotYours("It can go to a member of the team who did not ask for it.")
        return to.id
    had_it = [
        visit.holder_id
        for visit in turning.ledger.visits
        if (visit.stage, visit.team_id) == (step["stage"], step["team_id"])
    ]
    return had_it[-1] if had_it else None


def _need_answers(turning: Turning) -> None:
    if count := open_musts(turning.session, turning.request.id):
        raise NeedsAnswers(count)
