"""Merging one into another into a third, and taking each of that back: as if nothing had been."""

from datetime import timedelta

import pytest

from app.notices.actions import unwatch, watch
from app.notices.models import Notice
from app.requests.acts import linking, words, work
from app.requests.acts.merging import goes_on_in, merge, unmerge
from app.requests.attention import Watch
from app.requests.intervals import Pause, ReplyWait
from app.requests.queries import find_visible, relation
from app.requests.rules import LinkKind, NotYours, Side, State
from tests.support.desk import MONDAY, act, ask
from tests.support.it_desk import MON, THU, TUE, WED, at
from tests.support.it_desk import act as does

pytestmark = pytest.mark.usefixtures("rebuilt")

NOON = MONDAY + timedelta(hours=2)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def line(db_session, cast):
    """Requests of Kim, Eve and Ada: each was merged into the next."""
    three = [ask(db_session, cast.laptop, who) for who in (cast.kim, cast.eve, cast.ada)]
    merge(db_session, three[0], three[1], words="", act=act(cast.ivo, NOON))
    merge(db_session, three[1], three[2], words="", act=act(cast.ivo, LATER))
    return three


def sees(session, person, *requests):
    session.expire_all()
    return [find_visible(session, person, request.id) is not None for request in requests]


def watching(session, request):
    return {row.person_id for row in session.query(Watch).filter_by(request_id=request.id)}


def test_who_asked_for_the_first_asks_for_the_last(db_session, cast, line):
    assert sees(db_session, cast.kim, *line) == [True, True, True]
    stands = relation(db_session, line[2], cast.kim)
    assert (stands.side, stands.asking) == (Side.ASKING, False)
    assert watching(db_session, line[2]) == {cast.kim.id, cast.eve.id}
    words.write_message(db_session, line[2], words="On it", act=act(cast.ivo, LATER))
    told = db_session.query(Notice).filter_by(request_id=line[2].id, reason="watching")
    assert {notice.person_id for notice in told} == {cast.kim.id, cast.eve.id}

    for request, person in zip(line, (cast.kim, cast.eve), strict=False):
        assert goes_on_in(db_session, request, person) is line[2]
    assert goes_on_in(db_session, line[2], cast.ada) is None


def test_taking_the_last_merging_back_takes_the_first_one_along(db_session, cast, line):
    unmerge(db_session, line[1], act=act(cast.ida, LATER + timedelta(days=1)))
    assert sees(db_session, cast.kim, *line) == [True, True, False]
    assert sees(db_session, cast.eve, *line) == [False, True, False]
    assert watching(db_session, line[2]) == set()
    assert watching(db_session, line[1]) == {cast.kim.id}
    assert goes_on_in(db_session, line[0], cast.kim) is line[1]


def test_taking_the_first_merging_back_lets_go_of_all_that_came_after(db_session, cast, line):
    unmerge(db_session, line[0], act=act(cast.ida, LATER + timedelta(days=1)))
    assert (line[0].state, line[1].state) == (State.RAISED, State.MERGED)
    assert sees(db_session, cast.kim, *line) == [True, False, False]
    assert sees(db_session, cast.eve, *line) == [False, True, True]
    assert (watching(db_session, line[1]), watching(db_session, line[2])) == (set(), {cast.eve.id})


def test_what_somebody_follows_by_choice_or_by_another_merging_stays(db_session, cast):
    one, other, goal = (ask(db_session, cast.laptop, who) for who in (cast.kim, cast.kim, cast.eve))
    merge(db_session, one, goal, words="", act=act(cast.ivo, NOON))
    merge(db_session, other, goal, words="", act=act(cast.ivo, LATER))
    unmerge(db_session, one, act=act(cast.ivo, LATER))
    assert watching(db_session, goal) == {cast.kim.id}
    unmerge(db_session, other, act=act(cast.ivo, LATER))
    assert watching(db_session, goal) == set()

    merge(db_session, one, goal, words="", act=act(cast.ivo, LATER))
    unwatch(db_session, cast.kim, goal)
    db_session.flush()
    watch(db_session, cast.kim, goal, at=LATER + timedelta(minutes=1))
    unmerge(db_session, one, act=act(cast.ivo, LATER + timedelta(hours=1)))
    assert watching(db_session, goal) == {cast.kim.id}


def test_a_confidential_one_takes_nobody_else_along(db_session, cast):
    one, middle = ask(db_session, cast.laptop, cast.kim), ask(db_session, cast.laptop, cast.eve)
    merge(db_session, one, middle, words="", act=act(cast.ivo, NOON))
    cast.laptop.visibility = "confidential"
    secret = ask(db_session, cast.laptop, cast.eve)
    with pytest.raises(NotYours, match="stay apart"):
        merge(db_session, middle, secret, words="", act=act(cast.ivo, LATER))


def test_one_that_waited_waits_again_and_its_promise_moves_by_the_whole_wait(desk):
    session, cast = desk.session, desk.cast
    laptop, other = desk.ask(MON, "09:00"), desk.ask(MON, "09:00")
    desk.say(laptop, cast.ivo, MON, "09:30")
    work.start(session, laptop, act=does(cast.ivo, MON, "10:00"))
    desk.pause(laptop, MON, "12:00")
    merge(session, laptop, other, words="", act=does(cast.ivo, MON, "15:00"))
    unmerge(session, laptop, act=does(cast.ivo, WED, "09:00"))

    assert (laptop.state, laptop.turn_side) == (State.WAITING, Side.ASKING)
    [pause] = session.query(Pause).filter_by(request_id=laptop.id)
    assert (pause.from_at, pause.to_at, pause.ended_by) == (at(MON, "12:00"), None, None)
    desk.say(laptop, cast.kim, WED, "12:00")
    assert (laptop.state, laptop.due_at) == (State.IN_WORK, at(THU, "17:00"))


def test_words_that_waited_for_a_reply_wait_for_it_again(desk):
    session, cast = desk.session, desk.cast
    laptop, other = desk.ask(MON, "09:00"), desk.ask(MON, "09:00")
    desk.say(laptop, cast.ivo, MON, "10:00")
    desk.say(laptop, cast.kim, MON, "11:00")
    merge(session, laptop, other, words="", act=does(cast.ivo, MON, "12:00"))
    assert laptop.unanswered_since is None
    unmerge(session, laptop, act=does(cast.ivo, TUE, "12:00"))

    assert (laptop.state, laptop.unanswered_since) == (State.RAISED, at(MON, "11:00"))
    assert laptop.reply_by == at(MON, "13:00")
    [wait] = session.query(ReplyWait).filter_by(request_id=laptop.id)
    assert (wait.to_at, wait.ended_by, wait.team_id, wait.working_s) == (None, None, None, None)


def test_one_whose_parts_ended_meanwhile_goes_on(db_session, cast):
    whole, goal = ask(db_session, cast.laptop, cast.kim), ask(db_session, cast.laptop, cast.kim)
    part = ask(db_session, cast.article, cast.ivo)
    linking.link(db_session, part, whole, kind=LinkKind.CHILD, act=act(cast.ivo))
    linking.wait_for_parts(db_session, whole, act=act(cast.ivo, NOON))
    merge(db_session, whole, goal, words="", act=act(cast.ivo, NOON))
    work.decline(
        db_session, part, reason="No", change="", instead="There", act=act(cast.ada, LATER)
    )
    unmerge(db_session, whole, act=act(cast.ivo, LATER + timedelta(hours=1)))
    assert whole.state == State.RAISED


def test_one_whose_holder_left_meanwhile_waits_for_the_team(db_session, cast):
    one, goal = ask(db_session, cast.laptop, cast.kim), ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, one, act=act(cast.ida))
    merge(db_session, one, goal, words="", act=act(cast.ivo, NOON))
    cast.ida.is_active = False
    unmerge(db_session, one, act=act(cast.ivo, LATER))
    assert (one.state, one.holder_id) == (State.ACCEPTED, None)


def test_the_word_at_a_merging_is_read_where_notice_and_letter_lead(desk, worker, mailbox, client):
    laptop, again = desk.ask(MON, "09:00"), desk.ask(MON, "09:10")
    merge(desk.session, again, laptop, words="Both go here", act=does(desk.cast.ivo, MON, "09:30"))
    worker(TUE, "09:00")
    [mail] = [mail.get_content() for mail in mailbox.mails if "Both go here" in mail.get_content()]
    [address] = [line for line in mail.split() if line.startswith("https://baton.example/requests")]
    client.sign_in(desk.cast.kim)
    told = client.get("/notices")
    for place in (address.removeprefix("https://baton.example"), told.link(again.title)):
        assert "Both go here" in client.get(place).texts("#conversation")[0]
