"""Answers by mail: taken from the right person once, and everything else refused kindly."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.notices.incoming import Unreadable, read_mail
from app.notices.models import Letter
from app.notices.receiving import receive
from app.notices.tokens import reply_address
from app.requests.models import Message
from tests.support.it_desk import MON, at

SECRET = "a secret for tests"
OWN = "baton@baton.example"


@pytest.fixture
def mail_in(desk):
    laptop = desk.ask(MON, "09:00")

    def send(words="Thirteen inches, please.", sender=None, to=None, html=False, **headers):
        message = EmailMessage()
        message["From"] = sender or desk.cast.kim.email
        message["To"] = to or address(laptop, desk.cast.kim)
        message["Subject"] = headers.pop("Subject", "Re: A laptop")
        message["Message-ID"] = headers.pop("id", "<one@kim.example>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(words, subtype="html" if html else "plain")
        came = receive(
            desk.session,
            read_mail(message.as_bytes()),
            secrets=[SECRET],
            url="https://baton.example",
            own=OWN,
            at=at(MON, "10:00"),
        )
        desk.session.commit()
        return came.what

    send.laptop = laptop
    return send


def address(request, person):
    return reply_address(
        "in@baton.example", request_id=request.id, person_id=person.id, secret=SECRET
    )


def said(desk):
    return desk.session.scalars(select(Message.body).order_by(Message.id)).all()


def letters(desk):
    return desk.session.scalars(select(Letter)).all()


def test_an_answer_becomes_a_message_without_what_it_quotes(desk, mail_in):
    words = (
        "Thirteen inches, please.\n\nOn Mon, 2 Mar 2026 at 09:30, Baton <in@baton.example> wrote:\n"
        "> Which size?\n> Ivo\n"
    )
    assert mail_in(words) == "taken"
    assert said(desk) == ["Thirteen inches, please."]


def test_an_answer_in_html_is_words_and_nothing_else(desk, mail_in):
    assert mail_in("<p>Thirteen</p><script>x()</script><blockquote>Which?</blockquote>", html=True)
    assert said(desk) == ["Thirteen"]


def test_the_same_mail_twice_is_one_message(desk, mail_in):
    assert (mail_in(), mail_in()) == ("taken", "again")
    assert len(said(desk)) == 1


def test_an_awaited_answer_by_mail_ends_the_wait(desk, mail_in):
    desk.pause(mail_in.laptop, MON, "09:30")

    mail_in()

    assert mail_in.laptop.state == "raised"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"sender": OWN},
    ],
)
def test_loops_are_dropped_without_a_word(desk, mail_in, headers):
    assert mail_in(**headers) == "dropped"
    assert (said(desk), letters(desk)) == ([], [])


def test_a_forged_sender_is_refused_and_told_how_to_go_on(desk, mail_in):
    assert mail_in(sender="eve@elsewhere.example") == "refused"

    assert said(desk) == []
    [letter] = letters(desk)
    assert letter.to == "eve@elsewhere.example"
    assert "Please answer from the address that got our mail" in letter.body


@pytest.mark.parametrize("sender", ["victim@elsewhere.example", "ivo@baton.example"])
@pytest.mark.parametrize("signed", [True, False])
def test_nobody_can_have_their_words_brought_to_others(desk, mail_in, sender, signed):
    to = address(mail_in.laptop, desk.cast.kim) if signed else "in@baton.example"
    spam = {"words": "Buy pills: https://pills.example", "Subject": "BUY PILLS"}
    assert mail_in(sender=sender, to=to, **spam) == "refused"

    [letter] = letters(desk)
    assert (letter.to, letter.subject) == (sender, "Re: your mail")
    assert "pills" not in f"{letter.subject} {letter.body}".casefold()


def test_who_wrote_from_their_own_address_gets_their_words_back(desk, mail_in):
    gone = reply_address("in@b.example", request_id=99, person_id=desk.cast.kim.id, secret=SECRET)
    assert mail_in(to=gone) == "refused"

    [letter] = letters(desk)
    assert letter.subject == "Re: Re: A laptop"
    assert "Your words:\n\nThirteen inches" in letter.body


def test_a_stranger_is_answered_once_a_day(desk, mail_in):
    for number in range(3):
        assert mail_in(sender="s@x.example", to="in@baton.example", id=f"<{number}@x>") == "refused"
    assert len(letters(desk)) == 1


def test_a_forged_address_and_one_of_somebody_else_are_refused(desk, mail_in):
    right = address(mail_in.laptop, desk.cast.kim)
    assert mail_in(to=right.replace("+r1.", "+r2.")) == "refused"
    eves = address(mail_in.laptop, desk.cast.eve)
    assert mail_in(to=eves, id="<two@kim.example>") == "refused"
    assert mail_in(to=eves, sender=desk.cast.eve.email) == "refused"
    assert said(desk) == []


def test_mail_that_is_none_is_unreadable():
    with pytest.raises(Unreadable):
        read_mail(b"From: " + b"(" * 5000 + b"\n\nhi")
    assert read_mail(b"\xff\xfe no mail at all").words is not None
    assert read_mail(b"Content-Type: text/plain; charset=nowhere\n\nHello").sender == ""


def test_the_command_takes_a_mail_from_a_pipe(desk, app, mail_in):
    result = app.test_cli_runner().invoke(
        args=["mail-in"], input=b"From: a@b.example\nTo: in@baton.example\nPrecedence: bulk\n\nHi"
    )

    assert (result.exit_code, result.output) == (0, "dropped: Precedence\n")
