"""A piece goes to and fro: the turn, what should stay, and the answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.documents.actions import NewVersion, make_version
from app.feedback.actions import WrongWords
from app.feedback.echoes import settle
from app.feedback.queries import open_musts
from app.feedback.rules import AnswerKind, Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.handoffs.rules import (
    Decision,
    NeedsAnswers,
    NeedsQuestion,
    NeedsStrength,
)
from app.requests.intervals import StageVisit
from app.requests.rules import NotYours, Stale
from tests.support.desk import act
from tests.support.pieces import (
    COULD,
    LATER,
    MUST,
    STRENGTH,
    answer,
    give_back,
    remarks_of,
    returned,
    with_author,
    with_editor,
    write,
)


def rounds(session, request):
    visits = select(StageVisit).where(StageVisit.request_id == request.id)
    return [(v.stage, v.round) for v in session.scalars(visits.order_by(StageVisit.seq))]


def test_saving_moves_no_turn_and_handing_on_does(db_session, cast):
    piece = with_author(db_session, cast)
    write(db_session, piece, cast.ada, "It was very cold.", on=1)
    assert (piece.holder_id, piece.stage) == (cast.ada.id, "author")
    hand_on(db_session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada))
    assert (piece.holder_id, piece.stage) == (cast.bea.id, "editor")


def test_nothing_goes_back_without_what_should_stay(db_session, cast):
    piece = with_editor(db_session, cast)
    for remarks in ([MUST], [], [replace(STRENGTH, audience=Audience.TEAM)]):
        with pytest.raises(NeedsStrength):
            give_back(db_session, piece, cast.bea, remarks)
    give_back(db_session, piece, cast.bea, [STRENGTH, MUST])
    assert (piece.holder_id, piece.stage) == (cast.ada.id, "author")
    assert rounds(db_session, piece) == [("author", 1), ("editor", 1), ("author", 2)]


def test_a_question_goes_back_with_a_question(db_session, cast):
    piece = with_editor(db_session, cast)
    with pytest.raises(NeedsQuestion):
        give_back(db_session, piece, cast.bea, [STRENGTH], decision=Decision.BACK_QUESTION)
    asked = RemarkWords(RemarkKind.QUESTION, Weight.COULD, "Which year?")
    give_back(db_session, piece, cast.bea, [STRENGTH, asked], decision=Decision.BACK_QUESTION)
    assert piece.stage == "author"


def test_a_must_waits_for_its_answer_and_a_could_does_not(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST, COULD])
    with pytest.raises(NeedsAnswers, match="Still to answer: 1"):
        hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada, LATER))
    answer(db_session, piece, cast.ada, "No year")
    hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada, LATER))
    assert piece.holder_id == cast.bea.id


def test_what_is_found_still_open_waits_once_more(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    answer(db_session, piece, cast.ada, "No year")
    hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada, LATER))
    remark = remarks_of(db_session, piece)[1]
    later = LATER + timedelta(minutes=5)
    settle(db_session, piece, remark, settled=False, words="1928?", act=act(cast.bea, later))
    give_back(db_session, piece, cast.bea, [STRENGTH], at=later)
    assert open_musts(db_session, piece.id) == 1
    db_session.expire_all()
    answer(db_session, piece, cast.ada, "No year", at=later + timedelta(minutes=5))
    assert open_musts(db_session, piece.id) == 0


@pytest.mark.parametrize(
    "kind", [AnswerKind.NOT_TAKEN, AnswerKind.TAKEN_OWN_WAY, AnswerKind.QUESTION]
)
def test_an_answer_gives_its_reason(db_session, cast, kind):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    with pytest.raises(WrongWords):
        answer(db_session, piece, cast.ada, "No year", kind, " ")
    answer(db_session, piece, cast.ada, "No year", kind, "Because")


def test_a_stranger_settles_nothing_and_the_lead_only_for_who_is_gone(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    answer(db_session, piece, cast.ada, "No year")
    remark = remarks_of(db_session, piece)[1]
    for person in (cast.ada, cast.cy, cast.dov, cast.kim):
        with pytest.raises(NotYours):
            settle(db_session, piece, remark, settled=True, words="", act=act(person, LATER))
    cast.bea.is_active = False
    db_session.flush()
    settle(db_session, piece, remark, settled=True, words="", act=act(cast.dov, LATER))
    db_session.expire_all()
    assert [(v.person_id, v.as_lead) for v in remark.verdicts] == [(cast.dov.id, True)]


def test_an_older_page_changes_no_text(db_session, cast):
    piece = with_author(db_session, cast)
    write(db_session, piece, cast.ada, "Two", on=1)
    with pytest.raises(Stale):
        make_version(db_session, piece, NewVersion("Three", 1), act=act(cast.ada))
