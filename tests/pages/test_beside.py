"""What stands beside a request, on its page."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import work
from app.requests.intervals import Pause
from app.worktime.models import Calendar
from tests.support.cast import OFFICE_HOURS
from tests.support.desk import MONDAY, act, ask


@pytest.fixture(autouse=True)
def monday_noon():
    with freeze_time(MONDAY + timedelta(hours=2)):
        yield


@pytest.fixture
def laptop(db_session, cast):
    cast.laptop.checklist = ["Charger packed"]
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ivo))
    return request


def show(client, person, request, **more):
    client.sign_in(person)
    return client.get(f"/requests/{request.id}", **more)


def test_it_goes_back_once_with_a_list(client, cast, laptop):
    page = show(client, cast.ivo, laptop)
    page = client.submit(page, "#form-return", 422, missing=" \n - ", until="2026-03-05")
    assert "at least one thing" in page.text
    page = client.submit(page, "#form-return", 422, missing="Code", until="2026-03-01")
    assert "That day has passed" in page.text
    page = client.submit(
        page, "#form-return", missing="- Cost centre\n\nA date", until="2026-03-05"
    )
    assert page.texts("#turn .missing li") == ["Cost centre", "A date"]
    assert page.all("#form-return") == []
    assert show(client, cast.kim, laptop).texts("#turn .missing li") == ["Cost centre", "A date"]


@pytest.mark.parametrize(
    ("clock", "hours", "closes"),
    [
        ("16:59", ["09:00", "17:00"], "2026-03-02 16:00"),
        ("18:00", ["09:00", "17:00"], None),
        ("18:00", ["18:00", "22:00"], "2026-03-02 21:00"),
        ("18:00", None, None),
    ],
)
def test_an_answer_is_hoped_for_while_the_team_is_there(
    client, db_session, cast, laptop, clock, hours, closes
):
    weekly = {**OFFICE_HOURS["weekly"], "mon": [hours] if hours else []}
    cast.it_help.calendar = Calendar(name="Theirs", plan={**OFFICE_HOURS, "weekly": weekly})
    today = {"waiting_on": "requester", "question": "Which size?", "until": "2026-03-02"}
    with freeze_time(f"2026-03-02T{clock}:00+01:00"):
        page = show(client, cast.ivo, laptop)
        page = client.submit(page, "#form-pause", 200 if closes else 422, **today)
    if not closes:
        assert page.texts("#form-pause .field-error") == [
            "The team is closed by now; the next day it works is Tuesday 3 March."
        ]
        return
    db_session.expire_all()
    until = db_session.query(Pause.until).scalar()
    assert f"{until:%Y-%m-%d %H:%M}" == closes


@pytest.mark.parametrize("year", ["0001", "1969", "2200", "9999"])
def test_no_clock_counts_to_a_day_that_nobody_sees(client, cast, laptop, year):
    page = show(client, cast.ivo, laptop)
    late = {"sorry": "Sorry", "why": "It is not here yet", "day": f"{year}-12-31"}
    asked = {"waiting_on": "requester", "question": "Which?", "until": f"{year}-12-31"}
    for form, typed in (("#form-late", late), ("#form-pause", asked)):
        page = client.submit(page, form, 422, **typed)
        assert page.texts(f"{form} .field-error") == ["Please stay between 1970 and 2199."]


def test_somebody_is_asked_to_agree_and_does(client, cast, laptop):
    show(client, cast.eve, laptop, status=404)
    page = show(client, cast.ivo, laptop)
    fields = {"question": "Is it paid?", "until": "2026-03-05"}
    for nobody in ("Nobody Here", "ivo@baton.example"):
        page = client.submit(page, "#form-approval", 422, of=nobody, **fields)
        assert page.all("#form-approval .field-error")
    client.submit(page, "#form-approval", of="eve castellanos", **fields)

    page = show(client, cast.eve, laptop)
    page = client.submit(page, "#form-decision", 422, agreed="no", words="")
    assert "Please say why" in page.text
    page = client.submit(page, "#form-decision", agreed="yes", words="It is")
    assert page.all("#form-decision") == []
    assert "agreed today 12:00" in show(client, cast.ivo, laptop).one("#approvals").text
    assert "It is" in show(client, cast.kim, laptop).one("#talk").text


def test_points_are_ticked_by_those_who_carry_and_seen_by_them_alone(client, cast, laptop):
    page = show(client, cast.ivo, laptop)
    page = client.submit(page, "#checklist form")
    assert "1 of 1" in page.one("#checklist").text
    page = client.submit(page, "#checklist form")
    assert "0 of 1" in page.one("#checklist").text
    assert show(client, cast.kim, laptop).all("#checklist") == []


def test_an_unseen_number_is_like_a_missing_one(client, db_session, cast, laptop):
    secret = ask(db_session, cast.article, cast.eve, "A secret")
    page = show(client, cast.ivo, laptop)
    for form in ("#form-link", "#form-merge"):
        said = set()
        for number in (secret.id, 4711, "x"):
            page = client.submit(page, form, 422, number=str(number))
            said |= set(page.texts(f"{form} .field-error"))
        assert len(said) == 1
    assert "secret" not in page.text


def test_links_stand_on_both_sides_and_go_away(client, db_session, cast, laptop):
    other = ask(db_session, cast.laptop, cast.kim, "A screen")
    page = show(client, cast.kim, laptop)
    page = client.submit(page, "#form-link", number=f"#{other.id}", kind="follow-up")
    assert "Follows on" in page.one("#beside .links").text
    assert "Followed by" in show(client, cast.kim, other).one("#beside .links").text
    page = client.submit(show(client, cast.kim, laptop), "#beside .links form")
    assert page.all("#beside .links") == []


def test_a_merged_request_leads_to_where_it_goes_on_and_back(client, db_session, cast, laptop):
    again = ask(db_session, cast.laptop, cast.eve, "The same again")
    page = client.submit(show(client, cast.ivo, again), "#form-merge", number=str(laptop.id))
    assert page.url == f"/requests/{laptop.id}"
    assert "goes on here" in page.text

    assert show(client, cast.eve, again).url == f"/requests/{laptop.id}"
    assert "The same again" in show(client, cast.ivo, laptop).one("#beside .links").text
    page = client.get(f"/requests/{again.id}?stay=1")
    assert page.all("#form-message") == []
    page = client.submit(page, "Take the merging back")
    assert page.url == f"/requests/{again.id}"
    show(client, cast.eve, laptop, status=404)


def test_one_that_was_merged_twice_leads_to_the_end(client, db_session, cast, laptop):
    first, second = (ask(db_session, cast.laptop, who, "Again") for who in (cast.eve, cast.ada))
    for one, into in ((first, second), (second, laptop)):
        client.submit(show(client, cast.ivo, one), "#form-merge", number=str(into.id))
    for person in (cast.ivo, cast.eve):
        assert show(client, person, first).url == f"/requests/{laptop.id}"


def test_a_part_is_asked_of_another_team_and_the_whole_waits(client, cast, laptop):
    page = show(client, cast.ivo, laptop)
    plain = client.get("/ask").one(f'a[href^="/ask/types/{cast.article.id}"]')["href"]
    page = client.get(page.one('a[href*="part_of"]')["href"])
    page = client.get(page.one(f'a[href^="/ask/types/{cast.article.id}?"]')["href"])
    assert "the two will be linked" in page.text
    page = client.submit(page, "Ask Content", title="A manual", answer_topic="Laptops")
    assert "Is a part of" in page.one("#beside .links").text
    page = client.submit(show(client, cast.ivo, laptop), "Wait for its parts")
    assert "It waits for its parts with other teams." in page.one("#turn").text
    assert client.get("/ask").one(f'a[href="{plain}"]')  # nothing stays of where somebody was
    client.sign_in(cast.kim)
    client.get(f"/ask/types/{cast.article.id}?part_of=4711", 404)
