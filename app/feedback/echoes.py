"""What comes back on feedback: settled or still open, "this helped", and what was missing."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.documents.queries import is_author
from app.feedback.answering import giving_team
from app.feedback.models import Helped, Need, Remark, Verdict
from app.feedback.queries import gone_among
from app.feedback.rules import NeedKind
from app.language import gettext
from app.people.models import Person
from app.requests.models import Request
from app.requests.record.recording import Act, ActTurning, Step, begin
from app.requests.rules import Kind, NotNow, NotYours


def settle(
    session: Session, request: Request, remark: Remark, *, settled: bool, words: str, act: Act
) -> None:
    """Say whether an answer settles `remark`: who wrote it does, the lead when they are gone.

    :raises NotYours: to anybody else.
    :raises NotNow: when there is no answer to judge, or the word was said already.
    """
    turning = begin(session, request, act, may=lambda relation: relation.sees)
    own = remark.writer_id == act.by.id
    as_lead = (
        not own
        and turning.relation.leads
        and remark.writer_id in gone_among(session, request, [remark.writer_id])
    )
    if not (own or as_lead):
        raise NotYours(gettext("Who wrote a remark says whether it is settled."))
    if remark.settled or (remark.waits and not (settled and as_lead)):
        raise NotNow(gettext("It has no new answer to look at."))
    verdict = Verdict(
        remark_id=remark.id,
        person_id=act.by.id,
        settled=settled,
        words=words,
        as_lead=as_lead,
        at=act.at,
    )
    session.add(verdict)
    data = {"remark": remark.id, "settled": settled, "as_lead": as_lead}
    turning.record(Step(Kind.REMARK_SETTLED, data))


def say_helped(session: Session, request: Request, remark: Remark, *, act: Act) -> None:
    """Say that a remark helped. Only an author says it, and only once; there is no opposite."""
    begin(session, request, act, may=lambda relation: relation.sees)
    if not is_author(session, request.id, act.by.id) or remark.writer_id == act.by.id:
        raise NotYours(gettext("The author says what helped."))
    if session.get(Helped, (remark.id, act.by.id)) is None:
        team = giving_team(remark.id)
        session.add(Helped(remark_id=remark.id, person_id=act.by.id, team_id=team, at=act.at))


def say_needs(
    session: Session,
    request: Request,
    *,
    visit_seq: int,
    adviser_id: int,
    needs: Sequence[NeedKind],
    words: str,
    act: Act,
) -> None:
    """Tell an adviser, and nobody else, what the author would have needed of their advice.

    :raises NotYours: to anybody but an author who got that advice.
    :raises NotNow: when nothing is said, or it was said before.
    """
    turning = begin(session, request, act, may=lambda relation: relation.sees)
    if not _got_advice(turning, adviser_id, Remark.visit_seq == visit_seq):
        raise NotYours(gettext("The author says what they would have needed."))
    if not needs:
        raise NotNow(gettext("Nothing is chosen yet."))
    where = (Need.request_id == request.id, Need.visit_seq == visit_seq)
    told = session.scalars(select(Need.kind).where(*where, Need.person_id == act.by.id))
    for kind in sorted(set(needs) - set(told)):
        session.add(
            Need(
                request_id=request.id,
                visit_seq=visit_seq,
                adviser_id=adviser_id,
                person_id=act.by.id,
                kind=kind,
                words=words,
                at=act.at,
            )
        )


def thank_adviser(
    session: Session, request: Request, adviser: Person, *, words: str, act: Act
) -> None:
    """Thank one adviser of the piece. The team reads it; it is counted nowhere.

    :raises NotYours: to anybody but an author, and for somebody who gave no advice.
    """
    turning = begin(session, request, act, may=lambda relation: relation.sees)
    if not _got_advice(turning, adviser.id):
        raise NotYours(gettext("Thanks go from the author to who advised them."))
    data = {"to": adviser.id, "holder": adviser.id}
    turning.record(Step(Kind.THANKED, data, words=words, internal=True))


def _got_advice(turning: ActTurning, adviser_id: int, *where: ColumnElement[bool]) -> bool:
    """Say whether the actor is an author of the piece, and `adviser_id` gave advice on it."""
    act, request_id = turning.act, turning.request.id
    given = select(Remark.id).where(
        Remark.request_id == request_id,
        Remark.writer_id == adviser_id,
        Remark.writer_id != act.by.id,
        Remark.released_at <= act.at,
        Remark.withdrawn_at.is_(None),
        *where,
    )
    return is_author(turning.session, request_id, act.by.id) and bool(
        turning.session.scalar(select(given.exists()))
    )
