"""Requests that belong together: links, parts with other teams, merging and its undoing."""

from datetime import timedelta

import pytest

from app.requests.acts import linking, merging, words, work
from app.requests.intervals import Link, Pause
from app.requests.models import Party, Request
from app.requests.queries import find_visible, relation
from app.requests.rules import LinkKind, NotNow, NotYours, Side, State
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.usefixtures("rebuilt")

NOON = MONDAY + timedelta(hours=2)


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ivo))
    return request


def test_a_parent_waits_for_its_parts_and_goes_on_with_the_last(db_session, cast, laptop):
    parts = [ask(db_session, cast.article, cast.ivo, f"Part {n}") for n in (1, 2)]
    with pytest.raises(NotNow, match="No part"):
        linking.wait_for_parts(db_session, laptop, act=act(cast.ivo, NOON))
    for part in parts:
        linking.link(db_session, part, laptop, kind=LinkKind.CHILD, act=act(cast.ivo))
    linking.wait_for_parts(db_session, laptop, act=act(cast.ivo, NOON))
    assert (laptop.state, laptop.turn_side) == (State.WAITING, Side.THIRD_PARTY)

    decline = {"reason": "No", "change": "", "instead": "There"}
    work.decline(db_session, parts[0], **decline, act=act(cast.ada, NOON))
    assert laptop.state == State.WAITING
    later = NOON + timedelta(hours=1)
    work.decline(db_session, parts[1], **decline, act=act(cast.ada, later))
    assert laptop.state == State.IN_WORK
    assert db_session.query(Pause.ended_by).filter_by(request_id=laptop.id).scalar() == "parts"


def test_links_are_said_once_and_seen_by_those_who_see_both(db_session, cast, laptop):
    article = ask(db_session, cast.article, cast.kim, "A guide")
    linking.link(db_session, article, laptop, kind=LinkKind.RELATED, act=act(cast.kim))
    with pytest.raises(NotNow, match="already"):
        linking.link(db_session, article, laptop, kind=LinkKind.RELATED, act=act(cast.kim))
    with pytest.raises(NotNow, match="itself"):
        linking.link(db_session, article, article, kind=LinkKind.RELATED, act=act(cast.kim))
    db_session.flush()

    assert [link[2].id for link in linking.links_of(db_session, laptop, cast.kim)] == [article.id]
    assert linking.links_of(db_session, laptop, cast.ivo) == []
    assert linking.links_of(db_session, article, cast.ada) == []
    linking.unlink(
        db_session, article, to_id=laptop.id, kind=LinkKind.RELATED, act=act(cast.lou, NOON)
    )
    assert db_session.query(Link).count() == 0


def test_merging_lets_both_askers_see_the_one_that_goes_on(db_session, cast, laptop):
    again = ask(db_session, cast.laptop, cast.eve, "The same laptop")
    assert find_visible(db_session, cast.eve, laptop.id) is None
    merging.merge(db_session, again, laptop, words="Same thing", act=act(cast.ivo, NOON))
    db_session.flush()

    assert (again.state, again.merged_into_id) == (State.MERGED, laptop.id)
    stands = relation(db_session, laptop, cast.eve)
    assert (stands.sees, stands.side, stands.asking) == (True, Side.ASKING, False)
    words.write_message(db_session, laptop, words="Me too", act=act(cast.eve, NOON))
    with pytest.raises(NotYours):
        work.claim(db_session, laptop, act=act(cast.eve, NOON))
    with pytest.raises(NotNow):
        work.claim(db_session, again, act=act(cast.ida, NOON))


def test_merging_is_taken_back_within_two_weeks(db_session, cast, laptop):
    again = ask(db_session, cast.laptop, cast.eve, "The same laptop")
    merging.merge(db_session, again, laptop, words="", act=act(cast.ivo, NOON))
    with pytest.raises(NotNow, match="too long"):
        merging.unmerge(db_session, again, act=act(cast.ivo, NOON + timedelta(days=15)))
    merging.unmerge(db_session, again, act=act(cast.ida, NOON + timedelta(days=13)))
    db_session.flush()

    assert (again.state, again.ended_at, again.merged_into_id) == (State.RAISED, None, None)
    assert find_visible(db_session, cast.eve, laptop.id) is None
    assert db_session.query(Party).filter_by(request_id=laptop.id).count() == 2
    with pytest.raises(NotNow, match="not merged"):
        merging.unmerge(db_session, again, act=act(cast.ivo, NOON + timedelta(days=13)))


def test_nobody_learns_of_a_request_by_merging_into_it(db_session, cast, laptop):
    article = ask(db_session, cast.article, cast.kim)
    with pytest.raises(NotYours):
        merging.merge(db_session, laptop, article, words="", act=act(cast.ivo, NOON))
    with pytest.raises(NotYours):
        merging.merge(db_session, laptop, article, words="", act=act(cast.kim, NOON))
    cast.laptop.visibility = "confidential"
    secret = ask(db_session, cast.laptop, cast.eve, "A secret")
    for one, other in ((secret, laptop), (laptop, secret)):
        with pytest.raises(NotYours, match="stay apart"):
            merging.merge(db_session, one, other, words="", act=act(cast.ivo, NOON))
    db_session.flush()
    assert {r.state for r in db_session.query(Request)} == {State.IN_WORK, State.RAISED}


def test_c3_of_two_crossing_merges_one_wins(db_session, cast, laptop):
    again = ask(db_session, cast.laptop, cast.eve, "The same laptop")
    merging.merge(db_session, again, laptop, words="", act=act(cast.ivo, NOON))
    with pytest.raises(NotNow, match="has ended"):
        merging.merge(db_session, laptop, again, words="", act=act(cast.ida, NOON))
    assert (laptop.state, again.state) == (State.IN_WORK, State.MERGED)
