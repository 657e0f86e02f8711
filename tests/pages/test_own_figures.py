"""My own figures: of what I carried and nothing else, for me and for nobody else."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.handoffs.actions import say_done
from app.requests.acts.work import start
from app.requests.intervals import StageVisit
from tests.support.desk import act, ask
from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic

OWN = "/me/turnaround"


@pytest.fixture
def visit(client, db_session, cast):
    """Open an address as somebody, at NOW: Bea carried hundreds, Ivo two laptops, Ida one."""
    made_once(db_session, traffic, cast, 240)
    for number, person in enumerate((cast.ivo, cast.ivo, cast.ida)):
        at = NOW - timedelta(days=2, hours=number)
        laptop = ask(db_session, cast.laptop, cast.kim, f"Laptop {number}", at=at)
        start(db_session, laptop, act=act(person, at + timedelta(hours=1)))
        if number:
            say_done(db_session, laptop, words="Here", act=act(person, at + timedelta(hours=3)))
    db_session.commit()

    def go(person, url=OWN, status=200):
        with freeze_time(NOW):
            client.sign_in(person)
            return client.get(url, status)

    return go


def carried(page):
    *_, together = page.all("#carried tbody tr")
    return [int(cell.get_text()) for cell in together.find_all("td")]


def test_it_counts_what_i_held_in_these_days_and_nothing_else(visit, db_session, cast):
    since = datetime(2026, 1, 8, 23, tzinfo=UTC)  # midnight in Berlin, with today 90 days
    held = db_session.scalars(select(StageVisit).where(StageVisit.holder_id == cast.bea.id)).all()
    ended = [v for v in held if v.left_at and v.left_at >= since]
    running = [v for v in held if not v.left_at]
    page = visit(cast.bea)
    all_of_mine = len(ended) + len(running)
    again = sum(v.round > 1 for v in [*ended, *running])
    assert carried(page) == [all_of_mine, len(ended), len(running), again]
    assert len(ended) > 50
    assert carried(visit(cast.ivo)) == [2, 1, 1, 0]
    assert carried(visit(cast.ida)) == [1, 1, 0, 0]


def test_waiting_and_in_hand_stand_at_their_nearest_ranks(visit, db_session, cast):
    page = visit(cast.bea, f"{OWN}/stage-times.csv?days=365")
    rows = list(csv.reader(io.StringIO(page.response.get_data(as_text=True))))
    spans = sorted(
        visit.in_hand_s
        for visit in db_session.scalars(select(StageVisit))
        if visit.holder_id == cast.bea.id and visit.stage == "work" and visit.in_hand_s
    )
    [told] = [row for row in rows if row[0] == "Work: in hand"]
    ranks = [spans[-(-percent * len(spans) // 100) - 1] for percent in (50, 85)]
    assert [int(told[1]), *map(int, told[3:5])] == [len(spans), *ranks]


def test_nobody_reads_those_of_another(visit, app, client, db_session, cast):
    cast.dov.is_admin = True
    db_session.commit()
    for person in (cast.dov, cast.kim):  # who leads and looks after Baton; who asked for them
        for more in ("", f"?person={cast.ivo.id}&holder={cast.ivo.id}&team={cast.it_help.id}"):
            page = visit(person, OWN + more)
            assert page.texts("#carried .muted") == ["Nothing to count in these days."]
            assert "Laptop" not in page.text
    assert f"person={cast.ivo.id}" not in page.html
    assert "For you alone" in page.text
    visit(cast.dov, "/turnaround/own", 404)
    visit(cast.dov, f"/me/{cast.ivo.id}/turnaround", 404)
    assert app.test_cli_runner().invoke(args=["report", "own"]).exit_code != 0


@pytest.mark.parametrize("days", [30, 365])
def test_each_number_opens_a_list_of_as_many(visit, cast, days):
    page = visit(cast.bea, f"{OWN}?days={days}")
    links = [a for a in page.all("td a") if a.get_text(strip=True).isdecimal()]
    assert len(links) > 20
    for link in links[::3]:
        assert link["href"].startswith(f"{OWN}/list?")
        behind = visit(cast.bea, link["href"])
        told = re.search(r"(\d+) requests?\.", behind.text)
        marks = re.search(r"behind (\d+) marks", behind.text)
        assert int((marks or told)[1]) == int(link.get_text())


def test_few_stand_for_themselves_and_many_do_not(visit, cast):
    page = visit(cast.ivo)
    assert page.texts("#each tbody th") == ["Laptop 1"]
    assert page.texts("#each td") == ["Work", "6 April 2026", "1 h", "1 h 30 min"]  # until five
    assert page.texts("#promises tbody th") == ["First answer", "Done"]
    few = {}
    for days in (7, 30, 365):
        page = visit(cast.bea, f"{OWN}?days={days}")
        *stages, _together = page.all("#carried tbody tr")
        ended = [int(row.select("td")[1].get_text()) for row in stages]
        few[days] = sum(n for n in ended if n < 20)
        assert len(page.all("#each tbody tr")) == few[days]
    assert few[7] > 0 == few[365]


def test_it_stands_in_my_menu_and_beside_what_i_learn(visit, cast):
    assert visit(cast.ivo, "/me/learning").link("My own figures") == OWN
    assert f'href="{OWN}"' in visit(cast.ivo, "/me").html
