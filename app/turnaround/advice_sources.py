"""Remarks without their words, and when they were answered, for the figures on advice."""

from typing import Any

from sqlalchemy import and_, select

from app.feedback.models import Answer, Remark
from app.feedback.rules import AnswerKind, Audience, RemarkKind
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.lives import Remarked
from app.turnaround.reading import Reading
from app.turnaround.sources import ALL_HOURS


def remarks(reading: Reading) -> list[Remarked]:
    """Return the remarks to authors that were given in the window, with what was answered.

    A thanks is no answer; the time is until the first answer, the kind is that of the last.
    """
    given_in = and_(StageVisit.request_id == Remark.request_id, StageVisit.seq == Remark.visit_seq)
    given = select(Remark.id).where(
        reading.within(Remark.released_at),
        Remark.released_at <= reading.now,
        Remark.withdrawn_at.is_(None),
        Remark.audience == Audience.AUTHOR,
    )
    columns = (Remark.id, Remark.request_id, Remark.visit_seq, Remark.kind, Remark.released_at)
    rows = reading.session.execute(
        select(*columns, StageVisit.team_id)
        .join(StageVisit, given_in)
        .join(Request, Request.id == Remark.request_id)
        .where(*reading.visits(), Remark.id.in_(given))
        .order_by(Remark.id)
    ).all()
    answers: dict[int, list[tuple[Any, str]]] = {row[0]: [] for row in rows}
    for remark_id, at, kind in reading.session.execute(
        select(Answer.remark_id, Answer.at, Answer.kind)
        .where(Answer.remark_id.in_(given), Answer.kind != AnswerKind.THANKS)
        .order_by(Answer.id)
    ):
        if remark_id in answers:
            answers[remark_id].append((at, kind))
    return [_remarked(row, answers[row[0]], reading) for row in rows]


def _remarked(row: Any, answers: list[tuple[Any, str]], reading: Reading) -> Remarked:
    _, request_id, visit_seq, kind, released, team = row
    answered = answers[0][0] if answers else None
    until = answered or reading.now
    return Remarked(
        handoff=(request_id, visit_seq),
        kind=kind,
        asks=kind != RemarkKind.STRENGTH,
        at=released,
        answered_at=answered,
        answer=answers[-1][1] if answers else None,
        working_s=reading.clocks[team].between(released, until),
        elapsed_s=ALL_HOURS.between(released, until),
    )
