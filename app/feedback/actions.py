"""Giving remarks and answering them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.queries import latest_version
from app.feedback.models import Answer, Remark
from app.feedback.rules import AnswerKind, RemarkWords, wrong_answer, wrong_words
from app.requests import rules
from app.requests.models import Request
from app.requests.recording import Act, Step, Turning, begin
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


def give_remarks(turning: Turning, remarks: Sequence[RemarkWords]) -> None:
    """Store `remarks` of the visit that is about to be left. The caller has checked them."""
    version = latest_version(turning.session, turning.request.id)
    turning.session.add_all(
        Remark(
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
            created_at=turning.act.at,
        )
        for remark in remarks
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
    turning = begin(session, request, act, may=rules.may_review)
    _check_answers(answers)
    _check_answerable(session, request, set(answers), act)
    for remark_id, (kind, words) in answers.items():
        session.add(
            Answer(
                remark_id=remark_id,
                person_id=act.by.id,
                kind=kind,
                words=words.strip(),
                at=act.at,
            )
        )
    turning.record(
        *(
            Step(Kind.REMARK_ANSWERED, {"remark": remark_id, "answer": kind.value})
            for remark_id, (kind, _) in answers.items()
        )
    )


def _check_answers(answers: Mapping[int, tuple[AnswerKind, str]]) -> None:
    wrong = {
        (remark_id, "words"): sentence
        for remark_id, (kind, words) in answers.items()
        if (sentence := wrong_answer(kind, words))
    }
    if wrong:
        raise WrongWords(wrong)
    if not answers:
        raise NotNow("There is no answer yet.")


def _check_answerable(session: Session, request: Request, ids: set[int], act: Act) -> None:
    known = session.scalars(
        select(Remark.id).where(
            Remark.request_id == request.id,
            Remark.writer_id != act.by.id,
            Remark.id.in_(ids),
        )
    )
    if set(known) != ids:
        raise NotYours("These remarks are not yours to answer.")
