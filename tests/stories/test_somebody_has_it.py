"""Nothing is left with somebody who is gone: it waits for the team, and who is left is told."""

from datetime import timedelta

import pytest

from app.administration.journal import Deed
from app.administration.leaving import displace, leave
from app.administration.models import AdminEvent
from app.catalogue.rules import Routing
from app.handoffs.actions import hand_on, say_done
from app.handoffs.advice import Advice
from app.handoffs.rules import AsideReason
from app.handoffs.second_thoughts import step_aside
from app.notices.models import Notice
from app.people.absences import say_away
from app.people.models import Membership
from app.people.rules import Role
from app.requests.acts import settling, words, work
from app.requests.rules import NotYours, State
from tests.support.desk import MONDAY, act, ask
from tests.support.pieces import LATER, STRENGTH, give_back, with_author, with_editor

pytestmark = pytest.mark.usefixtures("rebuilt")

SOON = LATER + timedelta(hours=1)


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ida))
    return request


def goes(session, person):
    person.is_active = False
    session.flush()


def deed(cast, key="a-key-of-leaving"):
    return Deed(cast.eve, LATER, key)


def told(session, request, reason="turn", since=LATER):
    rows = session.query(Notice).filter_by(request_id=request.id, reason=reason)
    return {notice.person_id for notice in rows.filter(Notice.at >= since)}


def test_not_yet_goes_to_who_did_it_while_they_are_there(db_session, cast, laptop):
    say_done(db_session, laptop, words="Here", act=act(cast.ida))
    settling.reopen(db_session, laptop, reason="Dark", act=act(cast.kim, LATER))
    assert (laptop.holder_id, told(db_session, laptop)) == (cast.ida.id, {cast.ida.id})


@pytest.mark.parametrize("how", ["out of the house", "out of the team"])
def test_not_yet_to_somebody_who_is_gone_waits_for_the_team(db_session, cast, laptop, how):
    say_done(db_session, laptop, words="Here", act=act(cast.ida))
    if how == "out of the team":
        displace(db_session, cast.ida, cast.it_help, deed=deed(cast))
    else:
        leave(db_session, cast.ida, {}, deed=deed(cast))
    assert laptop.holder_id == cast.ida.id  # she did it, and it is over for now
    settling.reopen(db_session, laptop, reason="Dark", act=act(cast.kim, LATER))

    assert (laptop.state, laptop.holder_id) == (State.ACCEPTED, None)
    assert told(db_session, laptop, "new") == {cast.ivo.id}


def test_a_piece_given_back_to_an_author_who_left_waits_for_the_authors(db_session, cast):
    piece = with_editor(db_session, cast)
    goes(db_session, cast.ada)
    give_back(db_session, piece, cast.bea, [STRENGTH], at=LATER)
    assert (piece.stage, piece.holder_id) == ("author", None)
    assert told(db_session, piece, "new") == {cast.cy.id, cast.dov.id}
    assert told(db_session, piece) == set()


def test_a_stage_is_for_its_person_their_substitute_or_the_team(db_session, cast):
    cast.article.stages[1]["person_id"] = cast.bea.id

    def who_edits():
        piece = with_author(db_session, cast)
        hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada))
        return piece.holder_id

    assert who_edits() == cast.bea.id
    days = {"first_day": MONDAY.date(), "last_day": MONDAY.date(), "today": MONDAY.date()}
    say_away(db_session, cast.bea, substitute=cast.cy, **days)
    assert who_edits() == cast.cy.id
    goes(db_session, cast.cy)
    assert who_edits() == cast.bea.id  # away, but she comes back
    goes(db_session, cast.bea)
    assert who_edits() is None


def test_nobody_begins_with_their_own_question_or_when_they_are_gone(db_session, cast):
    cast.article.stages[0]["person_id"] = cast.ada.id
    assert ask(db_session, cast.article, cast.kim).holder_id == cast.ada.id
    assert ask(db_session, cast.article, cast.ada).holder_id is None
    goes(db_session, cast.ada)
    assert ask(db_session, cast.article, cast.kim).holder_id is None


def test_in_turn_goes_round_the_team_that_has_the_first_stage(db_session, cast):
    cast.article.routing = Routing.ROUND_ROBIN
    cast.article.stages[0]["team_id"] = cast.it_help.id
    piece = ask(db_session, cast.article, cast.kim)
    assert (piece.team_id, piece.holder_id) == (cast.it_help.id, cast.ivo.id)


def test_who_is_taken_out_of_a_team_leaves_its_work_there(db_session, cast, laptop):
    db_session.add(Membership(person_id=cast.ida.id, team_id=cast.content.id))
    db_session.expire(cast.ida)
    piece = ask(db_session, cast.article, cast.kim)
    work.claim(db_session, piece, act=act(cast.ida))
    displace(db_session, cast.ida, cast.it_help, deed=deed(cast))

    assert (laptop.state, laptop.holder_id, piece.holder_id) == ("accepted", None, cast.ida.id)
    assert told(db_session, laptop, "new") == {cast.ivo.id}
    [noted] = db_session.query(AdminEvent)
    assert noted.after == {"handed": {str(laptop.id): None}}


def test_when_its_lead_leaves_the_team_is_told(db_session, cast):
    piece = with_author(db_session, cast)
    work.take_over(db_session, piece, act=act(cast.dov))
    leave(db_session, cast.dov, {piece.id: None}, deed=deed(cast))
    assert piece.holder_id is None
    assert told(db_session, piece, "new") == {cast.ada.id, cast.bea.id, cast.cy.id}


def test_words_for_somebody_who_is_gone_reach_the_lead(db_session, cast, laptop):
    db_session.query(Membership).filter_by(person_id=cast.ivo.id).one().role = Role.LEAD
    goes(db_session, cast.ida)
    words.write_message(db_session, laptop, words="And now?", act=act(cast.kim, LATER))
    assert told(db_session, laptop, "message") == {cast.ivo.id}


def test_nothing_is_given_to_somebody_who_left(db_session, cast, laptop):
    piece = with_author(db_session, cast)
    for person in (cast.ivo, cast.bea):
        goes(db_session, person)
    reason = {"reason": AsideReason.TIME, "again_after": None}
    with pytest.raises(NotYours):
        work.give(db_session, laptop, to=cast.ivo, act=act(cast.ida, SOON))
    with pytest.raises(NotYours):
        hand_on(db_session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada, SOON))
    with pytest.raises(NotYours):
        step_aside(db_session, piece, successor=cast.bea, act=act(cast.ada, SOON), **reason)
