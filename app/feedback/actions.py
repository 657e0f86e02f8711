"""Giving remarks and answering them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.documents.queries import latest_version
from app.feedback.answering import add_answer
from app.feedback.models import Remark
from app.feedback.placing import anchor_of
from app.feedback.rules import (
    AnswerKind,
    Audience,
    RemarkKind,
    RemarkWords,
    wrong_answer,
    wrong_words,
)
from app.language import gettext
from app.requests import rights
from app.requests.models import Request
from app.requests.record.recording import Act, ActTurning, Step, begin
from app.requests.rules import Kind, NotNow, NotYours


class WrongWords(ValueError):
    """A remark or an answer that lacks a part; `parts` has a sentence per (number, part)."""

    def __init__(self, parts: Mapping[tuple[int, str], str]) -> None:
        super().__init__("; ".join(parts.values()))
        self.parts = parts


def check_remarks(remarks: Sequence[RemarkWords]) -> None:
    """:raises WrongWords: when a remark lacks what its kind needs."""
    wrong = {
        (number, part): sentence
        for number, remark in enumerate(remarks)
        for part, sentence in wrong_words(remark).items()
    }
    if wrong:
        raise WrongWords(wrong)


def give_remarks(
    turning: ActTurning, remarks: Sequence[RemarkWords], *, released_at: datetime
) -> None:
    """Store `remarks` of the visit that is about to be left. The caller has checked them.

    Others read them from `released_at` (UTC) on. Passages count code points of the newest version.
    """
    version = latest_version(turning.session, turning.request.id)
    for remark in remarks:
        row = Remark(
            request_id=turning.request.id,
            visit_seq=turning.ledger.visit.seq,
            version_id=version.id if version else None,
            writer_id=turning.act.by.id,
            kind=remark.kind,
            weight=remark.weight,
            audience=remark.audience,
            where=remark.where.strip(),
            see=remark.see.strip(),
            why=remark.why.strip(),
            try_next=remark.try_next.strip(),
            replacement=remark.replacement,
            created_at=turning.act.at,
            released_at=released_at,
        )
        if version and remark.passage:
            row.anchor = anchor_of(version, *remark.passage)
        turning.session.add(row)


def withdraw_remarks(turning: ActTurning, visit_seq: int, *, given_at: datetime) -> None:
    """Take back the remarks that the actor gave at `given_at` with the handoff of that visit."""
    turning.session.execute(
        update(Remark)
        .where(
            Remark.request_id == turning.request.id,
            Remark.visit_seq == visit_seq,
            Remark.writer_id == turning.act.by.id,
            Remark.created_at == given_at,
        )
        .values(withdrawn_at=turning.act.at)
    )


def answer_remarks(
    session: Session,
    request: Request,
    answers: Mapping[int, tuple[AnswerKind, str]],
    *,
    act: Act,
) -> None:
    """Answer remarks by their ids. Whoever holds the piece answers what others remarked.

    :raises WrongWords: when an answer lacks its reason; keyed by (remark id, "words").
    :raises NotNow: when there is nothing to answer.
    :raises NotYours: for a remark of another request, or one's own.
    """
    turning = begin(session, request, act, may=rights.may_review)
    _check_answers(answers)
    _check_answerable(session, request, answers, act)
    for remark_id, (kind, words) in answers.items():
        add_answer(session, remark_id, kind, words=words.strip(), act=act)
    turning.record(*_answer_steps(session, answers))


def _answer_steps(
    session: Session, answers: Mapping[int, tuple[AnswerKind, str]]
) -> Iterator[Step]:
    wrote = select(Remark.id, Remark.writer_id).where(Remark.id.in_(answers))
    writers = {row[0]: row[1] for row in session.execute(wrote)}
    for remark_id, (kind, _) in answers.items():
        data = {"remark": remark_id, "answer": kind.value, "writer": writers[remark_id]}
        yield Step(Kind.REMARK_ANSWERED, data)


def _check_answers(answers: Mapping[int, tuple[AnswerKind, str]]) -> None:
    wrong = {
        (remark_id, "words"): sentence
        for remark_id, (kind, words) in answers.items()
        if (sentence := wrong_answer(kind, words))
    }
    if wrong:
        raise WrongWords(wrong)
    if not answers:
        raise NotNow(gettext("There is no answer yet."))


def _check_answerable(
    session: Session, request: Request, answers: Mapping[int, tuple[AnswerKind, str]], act: Act
) -> None:
    """A strength is thanked for, everything else is answered; one's own words are neither."""
    known = session.scalars(
        select(Remark).where(
            Remark.request_id == request.id,
            Remark.writer_id != act.by.id,
            Remark.audience == Audience.AUTHOR,
            Remark.withdrawn_at.is_(None),
            Remark.released_at <= act.at,
            Remark.id.in_(answers),
        )
    )
    fit = {
        remark.id
        for remark in known
        if (remark.kind == RemarkKind.STRENGTH) == (answers[remark.id][0] is AnswerKind.THANKS)
    }
    if fit != set(answers):
        raise NotYours(gettext("These remarks are not yours to answer."))
