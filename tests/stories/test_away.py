"""Who is away: nobody waits for them in silence."""

from datetime import date, timedelta

import pytest

from app.catalogue.rules import Routing
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.notices.models import Notice
from app.people.absences import WrongAbsence, say_away
from app.requests.acts import words, work
from app.requests.lists.mine import waiting_on
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask
from tests.support.pieces import write

TODAY = MONDAY.date()


def away(session, person, substitute=None, first=TODAY, last=TODAY + timedelta(days=4)):
    say_away(session, person, first_day=first, last_day=last, substitute=substitute, today=TODAY)
    session.flush()


def test_days_make_sense_and_a_substitute_is_a_colleague(db_session, cast):
    for part, words_said in (
        ("last_day", {"last": TODAY - timedelta(days=1)}),
        ("last_day", {"first": date(2026, 2, 1), "last": date(2026, 2, 3)}),
        ("substitute", {"substitute": cast.eve}),
        ("substitute", {"substitute": cast.ivo}),
    ):
        with pytest.raises(WrongAbsence) as wrong:
            away(db_session, cast.ivo, **words_said)
        assert wrong.value.part == part
    away(db_session, cast.ivo, cast.ida)
    with pytest.raises(WrongAbsence, match="already"):
        away(db_session, cast.ivo)


@pytest.mark.parametrize("routing", [Routing.ROUND_ROBIN, Routing.LOAD])
def test_new_work_goes_round_who_is_away(db_session, cast, routing):
    cast.laptop.routing = routing
    away(db_session, cast.ivo)
    assert ask(db_session, cast.laptop, cast.kim).holder_id == cast.ida.id
    away(db_session, cast.ida)
    assert ask(db_session, cast.laptop, cast.kim).holder_id is None


def test_what_is_routed_to_a_person_goes_to_who_stands_in(db_session, cast):
    cast.laptop.routing, cast.laptop.routed_to_id = Routing.PERSON, cast.ivo.id
    assert ask(db_session, cast.laptop, cast.kim).holder_id == cast.ivo.id
    away(db_session, cast.ivo, cast.ida)
    assert ask(db_session, cast.laptop, cast.kim).holder_id == cast.ida.id
    later = MONDAY + timedelta(days=7)
    assert ask(db_session, cast.laptop, cast.kim, at=later).holder_id == cast.ivo.id


def test_who_stands_in_finds_it_in_their_work_and_is_told(db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, laptop, act=act(cast.ivo))

    def works():
        lines = waiting_on(db_session, cast.ida, at=MONDAY, limit=9)
        return [line.request.id for line in lines]

    assert works() == []
    away(db_session, cast.ivo, cast.ida)
    assert works() == [laptop.id]
    work.pause(
        db_session,
        laptop,
        question="Which?",
        waiting_on=WaitingOn.REQUESTER,
        who="",
        until=MONDAY + timedelta(days=2),
        act=act(cast.ivo),
    )
    words.write_message(db_session, laptop, words="That one", act=act(cast.kim))
    told = db_session.query(Notice.person_id).filter_by(reason="turn")
    assert {row[0] for row in told} == {cast.ivo.id, cast.ida.id}


def test_a_piece_passed_on_to_who_is_away_reaches_who_stands_in(db_session, cast):
    piece = ask(db_session, cast.article, cast.kim)
    work.claim(db_session, piece, act=act(cast.ada))
    write(db_session, piece, cast.ada, "Text", on=0)
    cast.article.stages[1]["person_id"] = cast.bea.id
    away(db_session, cast.bea, cast.cy)
    hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada))
    assert piece.holder_id is None  # nobody was named when it was asked, so nobody is away

    again = ask(db_session, cast.article, cast.lou)
    work.claim(db_session, again, act=act(cast.ada))
    hand_on(db_session, again, advice=Advice(), to=cast.bea, act=act(cast.ada))
    assert again.holder_id == cast.bea.id  # who is named by a person is meant
