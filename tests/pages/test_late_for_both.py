"""Past its promise a request is late wherever somebody looks, also within its stage's own time."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts import words, work
from app.requests.intervals import StageVisit
from app.requests.life.promises import LateCard
from app.requests.record.rebuilding import differences, repair
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.both

DAY = timedelta(days=1)
SORRY = LateCard("Sorry", "It grew")


@pytest.fixture
def article(db_session, cast):
    """An article promised for next Monday 10:00, with Bea since Friday afternoon.

    Her own time runs until next Monday 15:00.
    """
    made = ask(db_session, cast.article, cast.kim, "The harbour")
    work.claim(db_session, made, act=act(cast.ada))
    words.write_message(db_session, made, words="Soon", act=act(cast.ada))
    friday = MONDAY + 4 * DAY + timedelta(hours=5)
    hand_on(db_session, made, advice=Advice(late=SORRY), to=cast.bea, act=act(cast.ada, friday))
    db_session.commit()
    return made


@pytest.fixture
def see(client):
    def look(person, address, hours=2):
        with freeze_time(MONDAY + 7 * DAY + timedelta(hours=hours)):
            client.sign_in(person)
            return client.get(address)

    return look


def test_the_stage_keeps_its_time_and_owes_its_work_by_the_promise(db_session, article):
    [due] = db_session.scalars(select(StageVisit.due_at).where(StageVisit.left_at.is_(None)))
    assert article.stage_due_at == article.due_at == MONDAY + 7 * DAY
    assert due == MONDAY + 7 * DAY + timedelta(hours=5)
    assert list(differences(db_session)) == []


def test_rows_from_before_follow_by_rebuilding(db_session, article):
    article.stage_due_at = article.due_at + DAY
    db_session.commit()
    assert len(list(differences(db_session))) == 1
    assert repair(db_session, article.id)
    assert article.stage_due_at == article.due_at


def test_both_sides_read_on_its_page_that_it_is_late(see, cast, article):
    for person in (cast.kim, cast.bea, cast.ada):
        said = see(person, f"/requests/{article.id}").one("#turn").get_text(" ", strip=True)
        assert "and it is late" in said
        assert "2 h over the promise" in said
    assert "Bea’s answer was due today 10:00." in see(cast.ada, f"/requests/{article.id}").text


def test_the_team_reads_it_above_its_queue_and_in_it(see, cast, article):
    page = see(cast.dov, f"/teams/{cast.content.id}")
    above, standing = page.texts(".rows .row")
    assert page.texts("section:has(#silent) .row") == [above]
    assert "Promised for today 10:00" in above
    assert "Late since today 10:00" in standing
    for said in (above, standing):
        assert "Bea has it, and it is late." in said


def test_it_is_found_among_the_late(see, cast, article):
    found = see(cast.dov, "/find?q=late:yes team:Content").texts("#found .row-title")
    assert found == ["The harbour"]
    assert see(cast.dov, "/find?q=late:no").texts("#found .row-title") == []


@pytest.mark.parametrize("address", ["/", "/teams/{team}/board"])
def test_my_work_and_the_board_call_it_late(see, cast, article, address):
    said = see(cast.bea, address.format(team=cast.content.id)).one("main").get_text(" ", strip=True)
    assert "Your turn, Bea, and it is late." in said


def test_before_the_promise_nobody_calls_it_late(see, cast, article):
    for person in (cast.kim, cast.bea):
        said = see(person, f"/requests/{article.id}", hours=-1).one("#turn").get_text()
        assert "expected by today 10:00" in said
        assert "late" not in said


def test_after_a_second_promise_that_one_counts(see, db_session, cast, article):
    expected = MONDAY + 9 * DAY
    at = act(cast.bea, MONDAY + 7 * DAY - timedelta(hours=1))
    work.promise_anew(db_session, article, card=SORRY, expected=expected, act=at)
    db_session.commit()
    for person in (cast.kim, cast.bea):
        said = see(person, f"/requests/{article.id}").one("#turn").get_text()
        assert "expected by Wednesday 10:00" in said
        assert "it is late" not in said


def test_a_reply_due_later_does_not_hide_that_the_stage_is_late(see, db_session, cast):
    cast.article.reply_promise_s = 16 * 3600
    piece = ask(db_session, cast.article, cast.kim, "The ferry")  # Ada's part: by Wednesday 10:00
    work.claim(db_session, piece, act=act(cast.ada))
    words.write_message(db_session, piece, words="Soon", act=act(cast.ada))
    words.write_message(db_session, piece, words="And?", act=act(cast.kim, MONDAY + DAY))
    db_session.commit()
    wednesday = 2 - 5 * 24
    page = see(cast.ada, "/find?q=late:yes", wednesday)
    assert page.texts("#found .row-title") == ["The ferry"]
    assert "Late since today 10:00" in page.texts("#found .row")[0]
    assert "The ferry" in see(cast.ada, "/", wednesday).texts(".row-title")
