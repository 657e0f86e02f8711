"""Where one hands work over one reads who is away; nothing is forbidden by that."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from app.people.models import Absence
from app.requests.acts import work
from app.requests.models import Request
from tests.support.desk import MONDAY, act, ask, counted_queries
from tests.support.pieces import write

SAID = "Ida Brandt, away until 6 March"
IN_FULL = "Ida Brandt is away until Friday 6 March."


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def laptop(db_session, cast):
    """Ivo has it, and Ida is away."""
    request = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, request, act=act(cast.ivo))
    days = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 6)}
    db_session.add(Absence(person_id=cast.ida.id, **days))
    return request


def test_the_lists_of_colleagues_mark_who_is_away_and_a_gift_goes_through(
    client, db_session, cast, laptop
):
    client.sign_in(cast.ivo)
    page = client.get(f"/requests/{laptop.id}")
    assert SAID in page.texts("#form-give option")
    assert SAID in client.get(f"/requests/{laptop.id}/aside").texts("option")
    assert SAID in client.get(f"/teams/{cast.it_help.id}/many").texts("option")
    german = client.get(f"/requests/{laptop.id}", **{"Accept-Language": "de"})
    assert "Ida Brandt, abwesend bis 6. März" in german.texts("#form-give option")
    client.submit(page, "#form-give", to=str(cast.ida.id))
    db_session.expire_all()
    assert db_session.get(Request, laptop.id).holder_id == cast.ida.id


def test_so_does_the_list_of_who_reads_a_piece_next(client, db_session, cast):
    article = ask(db_session, cast.article, cast.kim)
    work.claim(db_session, article, act=act(cast.ada))
    days = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 6)}
    db_session.add(Absence(person_id=cast.bea.id, **days))
    client.sign_in(cast.ada)
    write(db_session, article, cast.ada, "The first line.")
    said = client.get(f"/requests/{article.id}/handoff").texts("option")
    assert "Bea Okafor, away until 6 March" in said
    assert "Cy Marchetti" in said


def test_moving_several_says_it_before_anything_moves(client, cast, laptop):
    client.sign_in(cast.ivo)
    page = client.get(f"/teams/{cast.it_help.id}/many")
    chosen = f"{laptop.id}.{laptop.version}"
    page = client.submit(
        page, "See what would happen", chosen=[chosen], act="give", to=str(cast.ida.id)
    )
    assert IN_FULL in page.text
    assert "Will move" in page.text


def test_asking_somebody_who_is_away_to_agree_says_so(client, cast, laptop):
    client.sign_in(cast.ivo)
    page = client.get(f"/requests/{laptop.id}")
    page = client.submit(
        page, "#form-approval", of="Ida Brandt", question="May she?", until="2026-03-10"
    )
    assert IN_FULL in page.text
    page = client.get(f"/requests/{laptop.id}")
    assert IN_FULL not in page.text
    assert "Away until Friday 6 March." in page.texts("#approvals")[0]


def test_so_does_the_page_of_a_team_s_members(client, cast, laptop, db_session):
    cast.ida.memberships[0].role = "lead"
    client.sign_in(cast.ida)
    page = client.get(f"/teams/{cast.it_help.id}/members")
    [said] = [text for text in page.texts(".cluster") if "Ida Brandt" in text]
    assert "Away until Friday 6 March." in said


def test_many_who_are_away_take_no_more_queries(client, db_session, cast, laptop):
    client.sign_in(cast.ivo)

    def queries():
        client.get(f"/requests/{laptop.id}")
        with counted_queries(db_session) as sent:
            client.get(f"/requests/{laptop.id}")
        return len(sent)

    few = queries()
    db_session.query(Absence).delete()
    assert queries() == few
