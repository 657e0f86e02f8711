"""A minute to take it back, other eyes, small changes, and saying that one is late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.documents.actions import answer_changes
from app.feedback.queries import open_musts
from app.handoffs.actions import hand_on, say_done
from app.handoffs.advice import Advice
from app.handoffs.queries import visit_of, wishes_of
from app.handoffs.rules import (
    AsideReason,
    Decision,
    NeedsChanges,
    NeedsLateCard,
    NeedsWord,
)
from app.handoffs.second_thoughts import step_aside, take_back
from app.notices.models import Notice
from app.requests.acts.words import write_message
from app.requests.acts.work import say_when
from app.requests.life.promises import LateCard
from app.requests.lists.mine import waiting_on
from app.requests.models import Event
from app.requests.record.rebuilding import differences
from app.requests.rules import Kind, NotNow, NotYours
from tests.support.desk import MONDAY, act
from tests.support.pieces import (
    LATER,
    MUST,
    STRENGTH,
    give_back,
    reads,
    with_author,
    with_editor,
    write,
)

SOON = MONDAY + timedelta(seconds=59)


def aside(session, request, by, successor, again_after=None):
    step_aside(
        session,
        request,
        reason=AsideReason.TOO_CLOSE,
        successor=successor,
        again_after=again_after,
        act=act(by, LATER),
    )


def waits_on(session, person, request, at):
    """Say whether `request` is on the person's list of what waits on them."""
    return request.id in [line.request.id for line in waiting_on(session, person, at=at, limit=9)]


def test_within_a_minute_a_handoff_is_taken_back_and_nobody_was_told(db_session, cast):
    piece = with_editor(db_session, cast)
    give_back(db_session, piece, cast.bea, [STRENGTH, MUST])
    assert not waits_on(db_session, cast.ada, piece, SOON)
    assert reads(db_session, piece, cast.ada, SOON) == []
    with pytest.raises(NotYours):
        take_back(db_session, piece, act=act(cast.ada, SOON))
    take_back(db_session, piece, act=act(cast.bea, SOON))
    assert (piece.holder_id, piece.stage, piece.returns) == (cast.bea.id, "editor", 0)
    assert reads(db_session, piece, cast.ada) == reads(db_session, piece, cast.bea) == []
    assert open_musts(db_session, piece.id) == 0
    assert list(differences(db_session)) == []


def test_what_was_said_meanwhile_is_told_even_so(db_session, cast):
    piece = with_editor(db_session, cast)
    give_back(db_session, piece, cast.bea, [STRENGTH, MUST], at=LATER)
    soon = LATER + timedelta(seconds=9)
    write_message(db_session, piece, words="How is it?", act=act(cast.kim, soon))
    take_back(db_session, piece, act=act(cast.bea, soon))
    told = select(Event.kind).join(Notice, Notice.event_id == Event.id)
    assert set(db_session.scalars(told.where(Notice.ready_at > soon))) == {Kind.MESSAGE}


def test_a_wish_that_was_taken_back_was_never_said(db_session, cast):
    piece = with_author(db_session, cast)

    def pass_on(keep, at):
        hand_on(db_session, piece, advice=Advice(keep=keep), to=cast.bea, act=act(cast.ada, at))
        return wishes_of(db_session, piece.id).get("keep")

    assert pass_on("The title", MONDAY) == "The title"
    give_back(db_session, piece, cast.bea, [STRENGTH], at=LATER)
    assert pass_on("The end", LATER) == "The end"
    take_back(db_session, piece, act=act(cast.ada, LATER + timedelta(seconds=30)))
    assert wishes_of(db_session, piece.id) == {"keep": "The title", "who": "Ada"}
    assert pass_on("", LATER + timedelta(minutes=5)) == "The title"


def test_after_a_minute_it_has_arrived(db_session, cast):
    piece = with_editor(db_session, cast)
    give_back(db_session, piece, cast.bea, [STRENGTH, MUST])
    late = MONDAY + timedelta(seconds=60)
    with pytest.raises(NotNow):
        take_back(db_session, piece, act=act(cast.bea, late))
    assert waits_on(db_session, cast.ada, piece, late)
    assert reads(db_session, piece, cast.ada, late) == ["The first line", "No year"]


def test_who_is_late_says_so_first(db_session, cast):
    piece = with_editor(db_session, cast)
    weeks = MONDAY + timedelta(days=21)
    with pytest.raises(NeedsLateCard):
        give_back(db_session, piece, cast.bea, [STRENGTH], at=weeks)
    card = LateCard("Sorry", "The fair")
    give_back(db_session, piece, cast.bea, [STRENGTH], at=weeks, late=card)
    assert piece.stage == "author"


def test_stepping_aside_keeps_the_clock_and_names_a_successor(db_session, cast):
    piece = with_editor(db_session, cast)
    due = visit_of(db_session, piece.id).due_at
    for wrong in (cast.ivo, cast.kim, cast.bea):
        with pytest.raises(NotYours):
            aside(db_session, piece, cast.bea, wrong)
    aside(db_session, piece, cast.bea, cast.cy, again_after=date(2026, 4, 1))
    assert piece.holder_id == cast.cy.id
    now = visit_of(db_session, piece.id)
    assert (now.due_at, now.round) == (due, 1)
    assert list(differences(db_session)) == []


def test_without_a_successor_it_waits_for_the_team(db_session, cast):
    piece = with_editor(db_session, cast)
    aside(db_session, piece, cast.bea, None)
    assert (piece.holder_id, piece.team_id) == (None, cast.content.id)


def test_small_changes_of_the_editor_need_the_authors_word(db_session, cast):
    piece = with_editor(db_session, cast)
    onward = {"advice": Advice(), "to": cast.cy, "decision": Decision.PASS_ON_CHANGED}
    with pytest.raises(NeedsChanges):
        hand_on(db_session, piece, act=act(cast.bea), **onward)
    write(db_session, piece, cast.bea, "It was bitterly cold.", on=1)
    hand_on(db_session, piece, act=act(cast.bea), **onward)
    with pytest.raises(NeedsWord):
        say_done(db_session, piece, words="Here", act=act(cast.cy, LATER))
    for wrong in (cast.bea, cast.cy, cast.dov, cast.kim):
        with pytest.raises(NotYours):
            answer_changes(db_session, piece, 2, confirmed=True, words="", act=act(wrong, LATER))
    answer_changes(db_session, piece, 2, confirmed=True, words="", act=act(cast.ada, LATER))
    with pytest.raises(NotNow):
        answer_changes(db_session, piece, 2, confirmed=True, words="", act=act(cast.ada, LATER))
    say_done(db_session, piece, words="Here", act=act(cast.cy, LATER))
    assert piece.state == "done"


def test_the_lead_has_the_word_when_no_author_is_there(db_session, cast):
    piece = with_editor(db_session, cast)
    write(db_session, piece, cast.bea, "It was bitterly cold.", on=1)
    cast.ada.is_active = False
    db_session.flush()
    answer_changes(db_session, piece, 2, confirmed=True, words="", act=act(cast.dov, LATER))


def test_saying_when_is_an_act_of_the_holder_and_moves_nothing(db_session, cast):
    piece = with_editor(db_session, cast)
    before = piece.version
    with pytest.raises(NotYours):
        say_when(db_session, piece, day=date(2026, 3, 6), words="", act=act(cast.ada, LATER))
    say_when(
        db_session, piece, day=date(2026, 3, 6), words="After the fair", act=act(cast.bea, LATER)
    )
    assert (piece.version, piece.holder_id) == (before, cast.bea.id)
