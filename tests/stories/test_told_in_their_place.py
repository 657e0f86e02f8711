"""Who stands in for somebody is told what cannot wait, and in whose place they are told."""

from datetime import timedelta

import pytest

from app.catalogue.rules import Visibility
from app.notices.models import Notice
from app.people.absences import say_away
from app.people.models import Membership
from app.requests.acts import words, work
from tests.support.desk import ask
from tests.support.it_desk import MON, act, at

CY = "cy@baton.example"
WEEK = {"first_day": MON, "last_day": MON + timedelta(days=4), "today": MON}


@pytest.fixture
def article(desk):
    """Return a piece that Ada has; Bea is away, and Cy stands in for her."""
    cast = desk.cast
    say_away(desk.session, cast.bea, substitute=cast.cy, **WEEK)
    piece = ask(desk.session, cast.article, cast.kim, "An article", at=at(MON, "09:00"))
    work.claim(desk.session, piece, act=act(cast.ada, MON, "09:10"))
    return piece


def note(desk, article, said):
    by = act(desk.cast.dov, MON, "10:00")
    words.write_note(desk.session, article, words=said, act=by)


def heard(desk, person, reason):
    rows = desk.session.query(Notice).filter_by(person_id=person.id, reason=reason)
    return [notice.event.kind for notice in rows]


def body(mailbox):
    [mail] = [mail for mail in mailbox.mails if mail["To"] == CY]
    return mail.get_content().replace("\r\n", "\n")


def test_a_letter_says_for_whom_they_stand_in(desk, article, worker, mailbox):
    work.give(desk.session, article, to=desk.cast.bea, act=act(desk.cast.dov, MON, "10:00"))
    worker(MON, "10:01")

    assert mailbox.subjects(CY) == ["You stand in for Bea Okafor: An article [#1]"]
    said = "You stand in for Bea Okafor: Dov Rosen gave it to Bea Okafor."
    assert f"Hello Cy,\n\n{said}\n" in body(mailbox)
    assert "You read this because you stand in for Bea Okafor." in body(mailbox)
    assert mailbox.subjects("bea@baton.example") == ["Your turn: An article [#1]"]


def test_what_is_their_own_turn_is_told_as_ever(desk, article, worker, mailbox):
    work.give(desk.session, article, to=desk.cast.cy, act=act(desk.cast.dov, MON, "10:00"))
    worker(MON, "10:01")
    assert mailbox.subjects(CY) == ["Your turn: An article [#1]"]
    assert "stand in" not in body(mailbox)


def test_a_mention_reaches_who_stands_in(desk, article, worker, mailbox):
    note(desk, article, "@Bea, could you look?")
    assert heard(desk, desk.cast.cy, "mention") == ["note"]
    worker(MON, "10:01")
    assert "You stand in for Bea Okafor: Dov Rosen wrote an internal note." in body(mailbox)


def test_who_is_mentioned_beside_them_is_meant_in_person(desk, article, worker, mailbox):
    note(desk, article, "@Bea and @Cy, could you look?")
    worker(MON, "10:01")
    assert mailbox.subjects(CY) == ["You are mentioned: An article [#1]"]
    assert "stand in" not in body(mailbox)


@pytest.mark.parametrize("visibility", [each for each in Visibility if each is not Visibility.OPEN])
def test_a_mention_reaches_nobody_who_may_not_see_the_request(desk, article, visibility):
    article.visibility = visibility
    cast = desk.cast
    desk.session.add(Membership(person=cast.ada, team=cast.it_help))
    desk.session.flush()
    desk.session.expire(cast.ada)
    say_away(desk.session, cast.ada, substitute=cast.ida, **WEEK)
    note(desk, article, "@Ada, could you look?")
    assert heard(desk, cast.ada, "mention") == ["note"]
    assert heard(desk, cast.ida, "mention") == []
