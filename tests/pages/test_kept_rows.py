"""Rows that are not drawn again: whatever one of them says changes, and it says so."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import work
from app.requests.acts.asking_others import ask_to_agree
from app.web import pen
from tests.support.desk import MONDAY, act, ask

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = MONDAY + 3 * HOUR


@pytest.fixture
def row(client, cast):
    """Return the one row of IT Help's queue, or of a list at `url`, as somebody reads it."""

    def read(person, url="", at=NOON):
        with freeze_time(at):
            client.sign_in(person)
            page = client.get(url or f"/teams/{cast.it_help.id}")
        return page.texts(".row .row-main")[-1]  # the first may be one that is late

    return read


@pytest.fixture
def drawn(monkeypatch):
    """Forget what was drawn before; return the list of what is drawn from now on."""
    pen._kept.clear()
    rows, draw = [], pen.Pen.row

    def note(self, line, **asked):
        rows.append(line.request.id)
        return draw(self, line, **asked)

    note.__name__ = "row"
    monkeypatch.setattr(pen.Pen, "row", note)
    return rows


def test_the_same_row_is_drawn_once_for_all_who_read_the_same(row, drawn, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert row(cast.ivo) == row(cast.ivo)
    assert len(drawn) == 1
    assert "Grey laptop" in row(cast.ida)
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda cast, request: setattr(request, "title", "Blue laptop"), "Blue laptop"),
        (lambda cast, request: setattr(cast.kim, "name", "Kim Stone"), "Kim Stone"),
        (lambda cast, request: setattr(cast.laptop, "name", "Notebook"), "Notebook"),
        (lambda cast, request: setattr(cast.field_office, "name", "Outpost"), "Outpost"),
    ],
)
def test_another_name_or_title_is_read_at_once(row, drawn, db_session, cast, change, said):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert said not in row(cast.ivo)
    change(cast, request)
    assert said in row(cast.ivo)


def test_whoever_asked_reads_another_name_of_the_team(row, drawn, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert "Laptop · IT Help" in row(cast.kim, "/asked")
    cast.it_help.name = "Helpers"
    assert "Laptop · Helpers" in row(cast.kim, "/asked")


def test_what_happens_is_read_at_once(row, drawn, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert "Nobody has picked it up yet" in row(cast.ida)
    work.claim(db_session, request, act=act(cast.ivo, NOON - HOUR / 2))
    assert "Ivo has it" in row(cast.ida)
    assert "Your turn, Ivo" in row(cast.ivo)


def look(client, person, request):
    with freeze_time(NOON):
        client.sign_in(person)
        client.submit(client.get(f"/requests/{request.id}"), "form.seen", 204)


def test_each_reads_who_has_it_as_they_stand_to_it(row, drawn, client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop", at=NOON - HOUR)
    work.claim(db_session, request, act=act(cast.ivo, NOON - HOUR / 2))
    find, everybody = "/find?q=grey", (cast.ivo, cast.ida, cast.kim, cast.lou)
    for person in everybody:  # to nobody is it new
        look(client, person, request)
    assert len({row(person, find) for person in everybody}) == len(everybody)


def test_whoever_is_asked_to_agree_reads_that_it_is_their_turn(row, drawn, db_session, cast):
    cast.laptop.visibility = "open"
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop", at=NOON - HOUR)
    asked = {"question": "Is it paid?", "until": NOON + DAY}
    ask_to_agree(db_session, request, of=cast.bea, **asked, act=act(cast.ivo, NOON - HOUR / 2))
    assert "waits for Bea Okafor" in row(cast.cy, "/find?q=grey")
    assert "asks you to agree" in row(cast.bea, "/find?q=grey")
    assert "waits for Bea Okafor" in row(cast.cy, "/find?q=grey")


def test_what_one_has_seen_is_new_to_a_colleague_still(row, drawn, client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop", at=NOON - HOUR)
    assert row(cast.ivo).startswith("new ")
    look(client, cast.ivo, request)
    assert not row(cast.ivo).startswith("new ")
    assert row(cast.ida).startswith("new ")


def test_time_passes_in_it(row, drawn, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert "Since today" in row(cast.ivo)
    assert "Since yesterday" in row(cast.ivo, at=NOON + DAY)


def test_it_says_so_once_it_is_late(client, drawn, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    for at, said in ((NOON, "Answer due today"), (NOON + 4 * HOUR, "Answer late since today")):
        with freeze_time(at):
            client.sign_in(cast.ivo)
            page = client.get(f"/teams/{cast.it_help.id}")
        assert said in page.texts(".row-side")[-1]


def test_each_reads_it_in_their_own_language(row, drawn, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    english = row(cast.ivo)
    cast.ida.language = "de"
    assert "heute" in row(cast.ida)
    assert row(cast.ivo) == english


def test_no_more_than_a_bounded_number_is_kept(row, drawn, db_session, cast, monkeypatch):
    monkeypatch.setattr(pen, "KEPT", 3)
    for number in range(5):
        ask(db_session, cast.laptop, cast.kim, f"Laptop {number}")
    row(cast.ivo)
    assert 0 < len(pen._kept) <= 3
