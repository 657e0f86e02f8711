"""What changes about how somebody comes in stands in the log, and they are told by mail."""

from datetime import UTC

import pyotp
import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.people.rules import DoorChange
from tests.support.cast import PASSWORD
from tests.support.desk import MONDAY
from tests.support.doors import ask_for_link, knock
from tests.support.running import command

pytestmark = pytest.mark.both
SUBJECT = "How you sign in has changed"
CODE = "form:has(input[name=code])"


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture
def told(by_mail, mailbox):
    """Return a round of the worker that gives what was told by mail since the last one."""

    def go():
        mailbox.mails.clear()
        by_mail()
        changed = [mail for mail in mailbox.mails if mail["Subject"] == SUBJECT]
        return [(mail["To"], mail.get_content().splitlines()[2]) for mail in changed]

    return go


def log(session):
    session.rollback()
    rows = session.scalars(select(AdminEvent).order_by(AdminEvent.id))
    return [(row.act, row.by_id, row.subject_id) for row in rows]


def test_a_second_step_from_its_first_day_to_its_last(client, cast, told, db_session, clock):
    client.sign_in(cast.ada)
    page = client.submit(client.get("/me/second-step"), "Go on", current=PASSWORD)
    page = client.submit(page, "Set up an app")
    assert told() == [], "nothing is asked for yet"
    code = pyotp.TOTP(page.one("code.secret").text).at(clock().replace(tzinfo=UTC))
    client.submit(page, CODE, code=code)
    client.submit(client.get("/me/second-step"), "Make new codes")
    client.submit(client.get("/me/second-step"), "Forget the app")

    acts = [DoorChange.APP_SET_UP, DoorChange.CODES_RENEWED, DoorChange.APP_FORGOTTEN]
    assert log(db_session) == [(act, cast.ada.id, cast.ada.id) for act in acts]
    assert [words for _, words in told()] == [
        "An app for codes was set up.",
        "New recovery codes were made; the old ones are gone.",
        "The app for codes was taken away.",
    ]


def test_a_new_password_by_either_way_and_signing_out(client, cast, told, db_session):
    client.sign_in(cast.ada)
    client.submit(client.get("/me"), "Change it", current=PASSWORD, password="a calm new sentence")
    who, words = told()[0]
    assert (who, words[:26]) == ("ada@baton.example", "Your password was changed,")
    knock(client, "ada@baton.example", "a calm new sentence")
    client.submit(client.get("/me"), "Sign it out")
    client.submit(client.get("/me"), "Sign out everywhere")
    assert told() == [], "who signs out knows it"
    assert [act for act, _, _ in log(db_session)] == [
        DoorChange.PASSWORD_CHANGED,
        DoorChange.BROWSER_ENDED,
        DoorChange.ALL_ENDED,
    ]


def test_a_refused_change_is_none(client, cast, told, db_session):
    client.sign_in(cast.ada)
    client.submit(client.get("/me"), "Change it", 422, current=PASSWORD, password="short")
    client.submit(client.get("/me"), "Change it", 422, current="wrong", password="a calm new one")
    assert (log(db_session), told()) == ([], [])


def test_tokens_are_told_when_they_are_made(client, cast, told, db_session):
    client.sign_in(cast.ada)
    page = client.get("/me/tokens")
    client.submit(page, "form:has([name=scope])", name="My script", scope="read")
    assert told() == [("ada@baton.example", "A token for programs was made: “My script”.")]
    client.submit(client.get("/me/tokens"), "form[action*='tokens/']")
    assert [act for act, _, _ in log(db_session)] == ["token made", "token ended"]
    assert told() == []


def test_another_address_is_told_at_both_and_ends_links_to_the_first(
    client, cast, told, by_mail, db_session
):
    cast.eve.is_admin = True
    ask_for_link(client, "ada@baton.example")
    link = by_mail()
    client.sign_in(cast.eve)
    page = client.get(f"/admin/people/{cast.ada.id}")
    taken = client.submit(page, "Save", 422, email="bea@baton.example")
    assert "here already" in taken.text
    client.submit(page, "Save", email="Lindqvist@baton.example")
    assert told() == [
        ("ada@baton.example", "Your e-mail address is now lindqvist@baton.example."),
        ("lindqvist@baton.example", "Your e-mail address is now lindqvist@baton.example."),
    ]
    db_session.rollback()
    event = db_session.scalar(select(AdminEvent))
    assert (event.before, event.after) == (
        {"email": "ada@baton.example"},
        {"email": "lindqvist@baton.example"},
    )
    client.get(link, 404)
    assert knock(client, "lindqvist@baton.example").h1 == "My work"


def test_what_the_command_line_does_is_written_down_as_nobodys(app, cast, told, db_session):
    command(app, "person", "forget-second-step", "--email", "ada@baton.example")
    nia = ("--name", "Nia", "--email", "nia@baton.example", "--team", "Content:lead")
    command(app, "person", "add", *nia)
    found = log(db_session)
    assert (
        db_session.scalar(select(AdminEvent).filter_by(act="added")).after["team"] == "Content:lead"
    )
    assert [(act, by) for act, by, _ in found] == [
        (DoorChange.SECOND_STEP_FORGOTTEN, None),
        ("added", None),
    ]
    assert told()[0][1] == "Your second step was taken away, on the command line."


def test_without_a_mail_server_nothing_is_kept_for_a_later_one(
    client, cast, db_session, setting, by_mail, mailbox
):
    setting(mail_server="")
    client.sign_in(cast.ada)
    client.submit(client.get("/me"), "Change it", current=PASSWORD, password="a calm new sentence")
    setting(mail_server=mailbox.url)
    by_mail()
    assert mailbox.mails == []
    assert log(db_session)[0][0] == DoorChange.PASSWORD_CHANGED


def test_the_log_tells_own_changes_in_a_sentence(client, cast, db_session):
    cast.eve.is_admin = True
    client.sign_in(cast.eve)
    client.submit(client.get("/me"), "Change it", current=PASSWORD, password="a calm new sentence")
    rows = client.get("/admin/log").texts(".row-main")
    assert [row.strip() for row in rows] == ["Eve Castellanos changed their password"]
