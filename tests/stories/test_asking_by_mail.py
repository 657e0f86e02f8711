"""Asking by mail: from one's own address, to an address for one person and one offer alone."""

from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from app.notices.incoming import read_mail
from app.notices.models import Letter
from app.notices.receiving import receive
from app.notices.tokens import ask_address
from app.people.drafts import LIMIT, keep_draft
from app.people.models import Draft, Membership
from app.requests.models import Brief, Request
from tests.support.it_desk import MON, at

SECRET = "a secret for tests"


@pytest.fixture
def mail_for(desk):
    """Return a function that sends a mail of Kim's for an offer, and says what became of it."""
    kim = desk.cast.kim

    def send(offered, subject="Re: Fwd: A lamp", words="The desk is dark.", **changed):
        message = EmailMessage()
        message["From"] = changed.get("sender", kim.email)
        message["To"] = changed.get("to") or ask_address(
            "in@baton.example", type_id=offered.id, person_id=kim.id, secret=SECRET
        )
        message["Subject"] = subject
        message["Message-ID"] = changed.get("id", "<one@kim.example>")
        message.set_content(words)
        came = receive(
            desk.session,
            read_mail(message.as_bytes()),
            secrets=[SECRET],
            url="https://baton.example",
            own="baton@baton.example",
            at=at(MON, "10:00"),
        )
        desk.session.commit()
        return came.what

    return send


@pytest.fixture
def lamp(desk):
    """Return an offer whose form asks for nothing but a title."""
    desk.cast.laptop.fields = []
    desk.session.commit()
    return desk.cast.laptop


def raised(desk):
    return desk.session.scalar(select(func.count()).select_from(Request))


def test_a_mail_becomes_a_request_of_its_sender(desk, lamp, mail_for):
    assert mail_for(lamp) == "taken"

    [request] = desk.session.scalars(select(Request))
    brief = desk.session.get(Brief, request.id)
    assert (request.title, request.requester_id) == ("A lamp", desk.cast.kim.id)
    assert (brief.details, request.team_id) == ("The desk is dark.", desk.cast.it_help.id)


def test_the_same_mail_twice_is_one_request(desk, lamp, mail_for):
    assert (mail_for(lamp), mail_for(lamp)) == ("taken", "again")
    assert raised(desk) == 1


def test_without_a_subject_the_first_line_is_the_title(desk, lamp, mail_for):
    mail_for(lamp, subject="Re:", words="Dark in here\n\nReally")
    assert desk.session.scalar(select(Request.title)) == "Dark in here"


def test_where_the_form_asks_for_more_the_words_wait_in_it(desk, mail_for):
    laptop = desk.cast.laptop
    assert mail_for(laptop) == "refused"
    assert mail_for(laptop, words="And soon.", id="<two@kim.example>") == "refused"

    draft = desk.session.get(Draft, (desk.cast.kim.id, f"/ask/types/{laptop.id}"))
    assert dict(draft.fields) == {"title": "A lamp", "details": "The desk is dark.\n\nAnd soon."}
    letters = desk.session.scalars(select(Letter.body)).all()
    assert all(f"https://baton.example/ask/types/{laptop.id}" in body for body in letters)
    assert (len(letters), raised(desk)) == (2, 0)


def test_a_refused_mail_that_comes_again_is_known(desk, mail_for):
    laptop = desk.cast.laptop
    assert (mail_for(laptop), mail_for(laptop)) == ("refused", "again")
    draft = desk.session.get(Draft, (desk.cast.kim.id, f"/ask/types/{laptop.id}"))
    assert dict(draft.fields)["details"] == "The desk is dark."
    assert len(desk.session.scalars(select(Letter)).all()) == 1


def test_words_that_do_not_fit_the_form_are_said_to_be_lost(desk, mail_for):
    laptop, form = desk.cast.laptop, f"/ask/types/{desk.cast.laptop.id}"
    full = [("details", "long " * (LIMIT // 5 - 2))]
    keep_draft(desk.session, desk.cast.kim.id, form, full, at=at(MON, "09:00"))
    assert mail_for(laptop) == "refused"
    assert desk.session.get(Draft, (desk.cast.kim.id, form)).fields == [list(full[0])]
    [body] = desk.session.scalars(select(Letter.body))
    assert "were not kept" in body
    assert "wait for you" not in body
    assert f"https://baton.example{form}" in body


def test_who_asks_for_several_teams_chooses_in_the_form(desk, lamp, mail_for):
    desk.session.add(Membership(person=desk.cast.kim, team=desk.cast.finance))
    assert mail_for(lamp) == "refused"
    assert raised(desk) == 0


def test_nobody_asks_in_the_name_of_another(desk, lamp, mail_for):
    eve = desk.cast.eve
    mine = ask_address("in@baton.example", type_id=lamp.id, person_id=eve.id, secret="guessed")
    assert mail_for(lamp, sender=eve.email) == "refused"
    assert mail_for(lamp, sender="ada@elsewhere.example", id="<2@x>") == "refused"
    assert mail_for(lamp, sender=eve.email, to=mine, id="<3@x>") == "refused"
    assert raised(desk) == 0


def test_what_is_not_on_offer_is_refused(desk, lamp, mail_for):
    lamp.is_active = False
    assert mail_for(lamp) == "refused"
    assert raised(desk) == 0
