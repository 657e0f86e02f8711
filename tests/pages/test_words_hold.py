"""Sentences that stand beside somebody's words or choice, and have to be true there."""

import pytest
from freezegun import freeze_time

from app.requests.acts import words, work
from tests.support.it_desk import FRI, MON, THU, TUE, act, at
from tests.support.pieces import with_editor


@pytest.fixture
def see(client):
    def look(person, address="/requests/1", day=MON, clock="12:00"):
        with freeze_time(at(day, clock)):
            client.sign_in(person)
            return client.get(address)

    return look


@pytest.fixture
def carried(desk):
    """A laptop in the hands of Ivo."""
    laptop = desk.ask(MON, "09:00")
    work.claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))
    return laptop


def send(client, page, button, status=200, **fields):
    with freeze_time(at(MON, "12:00")):
        return client.submit(page, button, status, **fields)


def test_a_third_promise_is_counted_without_an_ordinal(desk, see):
    laptop = desk.ask(MON, "09:00")
    for day in (THU, FRI):
        desk.promise(laptop, at(day, "17:00"), day=MON, clock="11:00")
    said = see(desk.cast.kim, day=TUE).one("#turn").get_text()
    assert "Promised anew for Friday 17:00, promise number 3; first promised for" in said


def test_whoever_reads_a_note_reads_who_else_does(desk, see, carried):
    note = act(desk.cast.ivo, MON, "10:00")
    words.write_note(desk.session, carried, words="The old one burnt", act=note)
    said = "Only the teams whose hands it passes through read this"
    page = see(desk.cast.ida)
    assert page.texts(".message-label") == [f"{said} note"]
    assert f"{said}, later ones too; the asking side never does." in page.text


def test_nobody_is_told_to_answer_first_who_waits_for_the_answer(desk, see, carried):
    hint = "The first human answer is the first thing people notice."
    assert hint in see(desk.cast.ida).one("#conversation").get_text()
    for person in (desk.cast.kim, desk.cast.lou):
        assert see(person).one("#conversation").get_text().strip() == "Nobody has written yet."


def test_whoever_asked_for_it_does_not_ask_with_each_message(desk, see, carried):
    desk.say(carried, desk.cast.kim, MON, "10:00")
    [head] = see(desk.cast.ivo).texts(".message-head")
    assert "Kim Sørensen asked for it" in head


@pytest.mark.parametrize(
    ("button", "field", "missing", "first"),
    [
        ("Give it", "to", "Please choose a person.", "Ida Brandt"),
        ("Hand it over", "team", "Please choose a team.", "Content"),
    ],
)
def test_nobody_is_chosen_before_somebody_chooses(
    desk, see, client, carried, button, field, missing, first
):
    page = see(desk.cast.ivo)
    [form] = [form for form in page.all("form") if form.find("button", string=button)]
    assert "(optional)" not in form.get_text()
    assert [option.get_text() for option in form.select("option")][:2] == ["Please choose", first]
    page = send(client, page, f"#{form['id']}", 422)
    assert missing in page.texts(".field-error")
    assert carried.holder_id == desk.cast.ivo.id


def test_what_is_said_of_being_away_fits_an_illness_too(desk, see, client):
    page = see(desk.cast.ivo, "/me/away")
    page = send(client, page, "Save these days", first_day="2026-03-04", last_day="2026-03-05")
    assert "Saved. The others know now." in page.text


@pytest.mark.parametrize(
    ("to", "said"), [("cy", "Cy has it now."), (None, "It waits for whoever of the team takes it")]
)
def test_after_stepping_aside_it_is_said_who_has_it(db_session, cast, see, client, to, said):
    piece = with_editor(db_session, cast, "It was cold.")
    page = see(cast.bea, f"/requests/{piece.id}/aside")
    successor = str(getattr(cast, to).id if to else 0)
    page = send(client, page, "Step aside", reason="away", successor=successor)
    assert said in page.text


@pytest.mark.parametrize(
    ("how", "others", "said"),
    [
        ("at once", "digest", "By mail only a turn, a mention and a question come at once;"),
        ("digest", "digest", "Nothing comes by mail at once, as you wished."),
        ("never", "digest", "Nothing comes by mail at once, as you wished."),
        ("never", "never", "None of it comes by mail, as you wished."),
        ("at once", "never", "By mail it comes as you wished."),
    ],
)
def test_what_comes_by_mail_is_said_as_it_was_wished(cast, see, client, how, others, said):
    page = see(cast.kim, "/me/notices")
    names = {tag["name"] for tag in page.all("input[type=radio]")}
    wished = {name: how if name in ("turn", "mention", "question") else others for name in names}
    page = send(client, page, "Save", **wished)
    assert said in see(cast.kim, "/notices").one(".lede").get_text()
