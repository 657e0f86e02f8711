"""A piece of writing at the point a story needs: with its author, its editor, or given back."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from app.documents.actions import NewVersion
from app.feedback.actions import answer_remarks
from app.feedback.models import Remark
from app.feedback.placing import save_version
from app.feedback.queries import readable, reader_of
from app.feedback.rules import AnswerKind, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_back, hand_on
from app.handoffs.advice import Advice
from app.handoffs.rules import Decision
from app.requests.acts.work import claim
from app.requests.queries import relation
from tests.support.desk import MONDAY, act, ask

TEXT = "It was cold."


def write(session, request, by, body=TEXT, *, on=0, at=MONDAY):
    """Freeze `body` as the version after number `on`."""
    return save_version(session, request, NewVersion(body, on), act=act(by, at))


def with_author(session, cast, body=TEXT, title="The harbour"):
    """An article that Kim asked for and Ada has a first version of."""
    request = ask(session, cast.article, cast.kim, title)
    claim(session, request, act=act(cast.ada))
    if body:
        write(session, request, cast.ada, body)
    return request


def with_editor(session, cast, body=TEXT, title="The harbour"):
    """The same, sent on to Bea, its editor."""
    request = with_author(session, cast, body, title)
    hand_on(session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    return request


def give_back(session, request, by, remarks, *, at=MONDAY, decision=Decision.BACK_SMALL, **along):
    """Give a piece back to its author with `remarks`."""
    advice = Advice([_kept(remark) for remark in remarks], **along)
    hand_back(session, request, decision=decision, stage="author", advice=advice, act=act(by, at))


def _kept(remark):
    """A strength is about the first words, unless it says about which."""
    if remark.kind is not RemarkKind.STRENGTH or remark.passage:
        return remark
    return replace(remark, passage=(0, 2))


def returned(session, cast, remarks, body=TEXT, title="The harbour", **along):
    """The same, given back by Bea to Ada with `remarks`."""
    request = with_editor(session, cast, body, title)
    give_back(session, request, cast.bea, remarks, **along)
    return request


STRENGTH = RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "The first line", "It draws one in")
MUST = RemarkWords(RemarkKind.PROBLEM, Weight.MUST, "No year", "Nobody knows when", "Add it")
COULD = RemarkWords(RemarkKind.SUGGESTION, Weight.COULD, "A long second part")
LATER = MONDAY + timedelta(hours=2)


def remarks_of(session, request):
    """Return the remarks on a piece in the order they were given."""
    query = select(Remark).where(Remark.request_id == request.id)
    return list(session.scalars(query.order_by(Remark.id)))


def answer(session, request, by, see, kind=AnswerKind.TAKEN, words="", at=LATER):
    """Answer the remark that says `see`."""
    remark = next(r for r in remarks_of(session, request) if r.see == see)
    answer_remarks(session, request, {remark.id: (kind, words)}, act=act(by, at))


def reads(session, request, person, at=LATER):
    """Return what each remark says that `person` may read."""
    session.expire_all()
    reader = reader_of(session, request, relation(session, request, person), person)
    return [remark.see for remark in readable(session, request, reader, at=at)]
