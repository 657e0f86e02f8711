"""The first people: added on the command line, invited by a link that works once."""

import re
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.people.models import Team
from app.people.queries import person_by_email
from app.worktime.models import Calendar
from tests.support.clients import PageClient
from tests.support.desk import MONDAY


def add(app, *options, **more):
    arguments = ["person", "add", "--name", "Noa Lind", "--email", "Noa@Baton.example", *options]
    return app.test_cli_runner().invoke(args=arguments, **more)


def test_somebody_is_invited_once_and_for_a_week(app, db_session, cast):
    with freeze_time(MONDAY) as clock:
        output = add(app, "--team", "Content:lead", "--admin").output
        link = re.search(r"/invitations/\S+", output)[0]
        noa = person_by_email(db_session, "noa@baton.example")
        assert (noa.is_admin, noa.memberships[0].role) == (True, "lead")
        client = PageClient(app, db_session)
        page = client.get(link)
        assert page.h1 == "Welcome, Noa Lind"
        page = client.submit(page, "Begin", 422, password="too short")
        assert "12 characters" in page.texts(".field-error")[0]
        assert client.submit(page, "Begin", password="a calm sentence").h1 == "My work"
        client.get(link, 404)
        other = re.search(r"/invitations/\S+", add_other(app))[0]
        clock.tick(timedelta(days=8))
        client.stranger()
        client.get(other, 404)


def add_other(app):
    arguments = ["person", "add", "--name", "Uri", "--email", "uri@baton.example"]
    return app.test_cli_runner().invoke(args=arguments).output


def test_a_password_can_be_given_at_once(app, db_session, cast):
    assert add(app, "--password-stdin", input="short\n").exit_code == 1
    result = add(app, "--password-stdin", input="a calm sentence\n")
    assert result.exit_code == 0
    assert "invitation" not in result.output.lower()


@pytest.mark.parametrize("options", [("--team", "Nowhere"), ("--team", "Content:boss")])
def test_a_team_that_is_not_there_is_refused(app, db_session, cast, options):
    result = add(app, *options)
    assert result.exit_code == 1
    assert "There is no team" in result.output
    assert person_by_email(db_session, "noa@baton.example") is None


def test_an_address_belongs_to_one_person(app, db_session, cast):
    assert add(app).exit_code == 0
    assert "already" in add(app).output


def add_team(app, *options):
    arguments = ["team", "add", "--name", "Garden", "--department", "Grounds", *options]
    return app.test_cli_runner().invoke(args=arguments)


def test_a_new_installation_gets_its_first_team_and_somebody_can_ask_it(app, db_session):
    hours = ("--zone", "Europe/Berlin", "--hours", "07:00-15:00")
    offers = ("--offers", "A tree:40", "--offers", "Advice")
    assert add_team(app, *hours, *offers).output == "Garden is here, with 2 kinds of requests.\n"
    add(app, "--team", "Garden:lead", "--password-stdin", input="a calm sentence\n")
    client = PageClient(app, db_session)
    client.submit(
        client.get("/sign-in"),
        "form:has(input[name=password])",
        email="noa@baton.example",
        password="a calm sentence",
    )
    page = client.get(client.get("/ask").link("A tree"))
    assert client.submit(page, "form:has([name=title])", title="An oak").h1 == "An oak"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--zone", "Mars/North"), "Mars/North"),
        (("--zone", "Europe/Berlin", "--hours", "nine"), "window"),
        (("--zone", "Europe/Berlin", "--offers", "A tree:soon"), "whole number"),
        (("--zone", "Europe/Berlin", "--offers", "A tree:999999999999"), "1 to 2000"),
        (("--zone", "Europe/Berlin", "--offers", ":40"), "--offers is empty."),
        (("--zone", "Europe/Berlin", "--offers", "A", "--offers", "A"), "a name of its own"),
        (("--zone", "Europe/Berlin", "--purpose", "x" * 281), "longer than 280 characters."),
        (("--zone", "Europe/Berlin", "--department", " "), "--department is empty."),
        (("--zone", "Europe/Berlin", "--name", "x" * 81), "--name is longer than 80 characters."),
    ],
)
def test_a_team_that_cannot_work_is_refused(app, db_session, options, said):
    result = add_team(app, *options)
    assert result.exit_code == 1
    assert said in result.output
    assert db_session.scalar(select(Team.id)) is None


def test_a_team_with_a_long_name_has_a_calendar_whose_name_fits(app, db_session):
    for name in ("x" * 80, "x" * 79 + "y"):
        assert add_team(app, "--zone", "Europe/Berlin", "--name", name).exit_code == 0
    names = db_session.scalars(select(Calendar.name).order_by(Calendar.id)).all()
    assert names == ["x" * 60 + ": weekdays", "x" * 60 + ": weekdays 2"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", " "), "--name is empty."),
        (("--name", "x" * 300), "--name is longer than 80 characters."),
        (("--name", "Noa\x07"), "--name holds a sign that is no letter."),
        (("--email", "bad"), "“bad” is no e-mail address."),
        (("--email", "ß" * 130 + "@baton.example"), "The address is longer than 254 characters."),
        (("--team", "Content", "--team", "Content:lead"), "Each team can be named once."),
    ],
)
def test_a_person_is_held_to_the_limits_of_the_forms(app, db_session, cast, options, said):
    result = add(app, *options)
    assert (result.exit_code, result.output) == (1, f"Error: {said}\n")
    assert person_by_email(db_session, "noa@baton.example") is None
