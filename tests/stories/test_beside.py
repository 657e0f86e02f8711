"""What stands beside a request: lists of what is missing, approvals, links, parts, merging."""

from datetime import timedelta

import pytest

from app.handoffs.actions import hand_to_team, say_done
from app.requests.acts import asking_others, words, work
from app.requests.queries import find_visible, relation
from app.requests.rules import NotNow, NotYours, Side, State, WaitingOn
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.usefixtures("rebuilt")

NOON = MONDAY + timedelta(hours=2)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ivo))
    return request


def give_back(session, request, person, missing, at=NOON):
    asking_others.return_with_list(
        session, request, missing=missing, until=FRIDAY, act=act(person, at)
    )


def test_t20_return_with_a_missing_piece_waits_for_the_asking_side(db_session, cast, laptop):
    hand_to_team(db_session, laptop, to=cast.content, note="Yours", act=act(cast.ivo))
    give_back(db_session, laptop, cast.ada, ["The cost centre", "A date"])

    assert (laptop.state, laptop.turn_side) == (State.WAITING, Side.ASKING)
    tuesday = NOON + timedelta(days=1)
    words.write_message(db_session, laptop, words="4711, May", act=act(cast.kim, tuesday))
    assert (laptop.state, laptop.turn_side) == (State.ACCEPTED, Side.PROVIDING)
    say_done(db_session, laptop, words="Here", act=act(cast.ada, tuesday))
    assert laptop.paused_s == 8 * 3600
    assert laptop.working_s == 2 * 3600  # Monday 10:00 to 12:00, none of it while it was away


def test_a_team_returns_it_once_and_each_team_may(db_session, cast, laptop):
    give_back(db_session, laptop, cast.ivo, ["A code"])
    words.write_message(db_session, laptop, words="1234", act=act(cast.kim, NOON))
    with pytest.raises(NotNow, match="already"):
        give_back(db_session, laptop, cast.ivo, ["Another code"])
    hand_to_team(db_session, laptop, to=cast.content, note="", act=act(cast.ivo, NOON))
    with pytest.raises(NotNow, match="name what"):
        give_back(db_session, laptop, cast.ada, [])
    give_back(db_session, laptop, cast.ada, ["A name"])
    assert laptop.state == State.WAITING


def agree(session, request, person, agreed=True, at=NOON):
    asking_others.decide(session, request, agreed=agreed, words="My word", act=act(person, at))


def ask_eve(session, laptop, cast):
    asking_others.ask_to_agree(
        session, laptop, of=cast.eve, question="Is it paid?", until=FRIDAY, act=act(cast.ivo, NOON)
    )


def test_who_is_asked_to_agree_sees_it_and_decides_once(db_session, cast, laptop):
    assert find_visible(db_session, cast.eve, laptop.id) is None
    ask_eve(db_session, laptop, cast)
    db_session.flush()

    assert find_visible(db_session, cast.eve, laptop.id) is laptop
    assert (laptop.state, laptop.turn_side) == (State.WAITING, Side.THIRD_PARTY)
    stands = relation(db_session, laptop, cast.eve)
    assert (stands.decides, stands.side, stands.providing) == (True, Side.NOBODY, False)
    with pytest.raises(NotYours):
        agree(db_session, laptop, cast.ida)
    agree(db_session, laptop, cast.eve, agreed=False, at=NOON + timedelta(hours=1))
    assert laptop.state == State.IN_WORK
    with pytest.raises(NotYours):
        agree(db_session, laptop, cast.eve)
    assert find_visible(db_session, cast.eve, laptop.id) is laptop
    with pytest.raises(NotYours):
        words.write_note(db_session, laptop, words="Hm", act=act(cast.eve, NOON))


def test_a_decision_after_the_wait_was_ended_moves_nothing(db_session, cast, laptop):
    ask_eve(db_session, laptop, cast)
    work.resume(db_session, laptop, act=act(cast.ivo, NOON))
    version = laptop.version
    work.pause(
        db_session,
        laptop,
        question="Which?",
        waiting_on=WaitingOn.REQUESTER,
        who="",
        until=FRIDAY,
        act=act(cast.ivo, NOON + timedelta(hours=1)),
    )
    agree(db_session, laptop, cast.eve, at=NOON + timedelta(hours=2))
    assert laptop.state == State.WAITING
    assert laptop.version == version + 2


def test_nobody_agrees_to_their_own_question(db_session, cast, laptop):
    with pytest.raises(NotYours):
        asking_others.ask_to_agree(
            db_session, laptop, of=cast.ivo, question="?", until=FRIDAY, act=act(cast.ivo, NOON)
        )


def test_a_checklist_is_ticked_and_belongs_to_those_who_carry(db_session, cast):
    cast.laptop.checklist = ["Serial number noted", "Charger packed"]
    request = ask(db_session, cast.laptop, cast.kim)
    cast.laptop.checklist = ["Something else"]
    point = "Charger packed"
    for done in (True, True, False):
        asking_others.tick(db_session, request, point=point, done=done, act=act(cast.ivo))
    with pytest.raises(NotNow):
        asking_others.tick(db_session, request, point="Else", done=True, act=act(cast.ivo))
    with pytest.raises(NotYours):
        asking_others.tick(db_session, request, point=point, done=True, act=act(cast.kim))
