"""Taking a request back: nobody ends by mistake what others asked for, too."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.notices.models import Notice
from app.requests.acts import settling
from app.requests.acts.merging import merge
from app.requests.models import Request
from app.requests.rules import NotNow
from tests.support.desk import MONDAY, act, ask

NOON = MONDAY + timedelta(hours=2)
TAKE_BACK = "#form-withdraw"
UNFOLDED = f"details:has({TAKE_BACK})"


@pytest.fixture(autouse=True)
def noon():
    with freeze_time(NOON):
        yield


@pytest.fixture
def laptop(db_session, cast):
    """Kim's, of the field office."""
    return ask(db_session, cast.laptop, cast.kim)


@pytest.fixture
def merged(db_session, cast, laptop):
    """Lou's, of the same team, which was merged into Kim's."""
    request = ask(db_session, cast.laptop, cast.lou, "The same again")
    merge(db_session, request, laptop, words="", act=act(cast.ivo))
    return request


def state_of(session, request):
    session.expire_all()
    return session.get(Request, request.id).state


def test_who_asked_for_the_merged_one_reads_whose_else_it_ends_and_has_to_mean_it(
    client, db_session, cast, laptop, merged
):
    client.sign_in(cast.lou)
    page = client.get(f"/requests/{merged.id}")
    assert page.url == f"/requests/{laptop.id}"
    assert "Kim Sørensen asked for this, too; taking it back ends it for all" in page.text
    page = client.submit(page, TAKE_BACK, 422, reason="I have one")
    assert "Please tick this if it ends for everybody." in page.text
    assert state_of(db_session, laptop) == "raised"
    client.submit(page, TAKE_BACK, for_all="y")
    assert state_of(db_session, laptop) == "withdrawn"
    told = db_session.query(Notice).filter_by(request_id=laptop.id, person_id=cast.kim.id)
    assert "ended" in {notice.reason for notice in told}


def test_so_does_who_asked_first_and_it_is_said_in_german(client, cast, laptop, merged):
    client.sign_in(cast.kim)
    text = client.get(f"/requests/{laptop.id}").texts(UNFOLDED)[0]
    assert "Lou Tanaka asked for this, too" in text
    german = client.get(f"/requests/{laptop.id}", **{"Accept-Language": "de"}).texts(UNFOLDED)[0]
    assert "auch von Lou Tanaka gefragt" in german


def test_a_colleague_reads_whose_it_is(client, db_session, cast, laptop):
    client.sign_in(cast.lou)
    page = client.get(f"/requests/{laptop.id}")
    said = "Kim Sørensen asked for this; taking it back ends it for them."
    assert said in page.texts(UNFOLDED)[0]
    client.submit(page, TAKE_BACK)
    assert state_of(db_session, laptop) == "withdrawn"


def test_who_asked_alone_reads_nothing_of_that_also_when_they_asked_twice(
    client, db_session, cast, laptop
):
    again = ask(db_session, cast.laptop, cast.kim, "The same again")
    merge(db_session, again, laptop, words="", act=act(cast.ivo))
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{laptop.id}")
    assert "taking it back ends it" not in page.text
    client.submit(page, TAKE_BACK)
    assert state_of(db_session, laptop) == "withdrawn"


def test_a_colleague_can_take_back_what_one_person_asked_for_twice(
    client, db_session, cast, laptop
):
    again = ask(db_session, cast.laptop, cast.kim, "The same again")
    merge(db_session, again, laptop, words="", act=act(cast.ivo))
    client.sign_in(cast.lou)
    client.submit(client.get(f"/requests/{laptop.id}"), TAKE_BACK)
    assert state_of(db_session, laptop) == "withdrawn"


def test_a_program_has_to_mean_it_too(db_session, cast, laptop, merged):
    with pytest.raises(NotNow, match="Kim Sørensen asked for this, too"):
        settling.withdraw(db_session, laptop, reason="", act=act(cast.lou, NOON))
    settling.withdraw(db_session, laptop, reason="", for_all=True, act=act(cast.lou, NOON))
    assert laptop.state == "withdrawn"
