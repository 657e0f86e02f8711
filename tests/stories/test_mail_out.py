"""Mail through a real server: at once or in the morning, once, and never lost."""

from dataclasses import replace

from sqlalchemy import select

from app.catalogue.rules import Visibility
from app.notices.models import Letter, Notice
from app.requests.acts.work import claim
from tests.support.it_desk import MON, TUE, WED, act, at

KIM, IVO = "kim@baton.example", "ivo@baton.example"


def test_a_question_goes_at_once_and_everything_else_in_the_morning(desk, worker, mailbox):
    laptop = desk.ask(MON, "09:00")
    claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))
    desk.pause(laptop, MON, "10:00")

    worker(MON, "10:01")
    assert mailbox.subjects(KIM) == ["A question: A laptop [#1]"]
    worker(TUE, "09:00")

    assert mailbox.subjects(KIM)[1:] == ["A laptop [#1]"]
    assert mailbox.subjects(IVO) == []  # not of his own acts, nor of what he took up himself
    [question, _] = [mail for mail in mailbox.mails if mail["To"] == KIM]
    assert "> Which size?" in question.get_content()
    assert "https://baton.example/requests/1" in question.get_content()


def test_a_letter_is_threaded_automatic_and_can_be_answered_and_ended(desk, worker, mailbox):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    worker(MON, "10:01")

    [mail] = [mail for mail in mailbox.mails if mail["To"] == KIM]

    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["References"] == "<baton.request.1@baton.example>"
    assert mail["Reply-To"].startswith("in+r1.")
    assert mail["List-Unsubscribe"].strip().startswith("<https://baton.example/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_was_read_meanwhile_is_not_sent(desk, worker, mailbox):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    for notice in desk.session.scalars(select(Notice)):
        notice.read_at = at(MON, "10:00")

    worker(TUE, "12:00")

    assert mailbox.mails == []


def test_a_confidential_request_is_not_told_in_a_letter(desk, worker, mailbox):
    desk.cast.laptop.visibility = Visibility.CONFIDENTIAL
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")

    worker(MON, "10:01")

    [mail] = mailbox.mails
    assert "A laptop" not in str(mail)
    assert "Which size" not in mail.get_content()


def test_a_server_that_is_away_loses_nothing(desk, worker, mailbox, app):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    settings = app.extensions["baton"]
    app.extensions["baton"] = replace(settings, mail_server="smtp://127.0.0.1:1")
    worker(MON, "10:01")
    letter = desk.session.scalars(select(Letter)).one()
    assert (letter.tries, letter.sent_at) == (1, None)
    assert "refused" in letter.error.lower()

    app.extensions["baton"] = settings
    worker(MON, "10:01:30")
    assert mailbox.mails == []  # a minute of patience
    worker(MON, "10:03")

    assert mailbox.subjects(KIM) == ["A question: A laptop [#1]"]
    worker(MON, "10:10")
    assert len(mailbox.subjects(KIM)) == 1


def test_an_address_that_does_not_exist_is_not_tried_again(desk, worker, mailbox):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    mailbox.refuse = "550 no such person"

    worker(MON, "10:01")

    letter = desk.session.scalars(select(Letter)).one()
    assert (letter.next_try_at, letter.tries) == (None, 1)
    assert "no such person" in letter.error


def test_without_a_mail_server_everything_waits_and_nothing_breaks(desk, worker, mailbox, app):
    app.extensions["baton"] = replace(app.extensions["baton"], mail_server="")
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")

    worker(WED, "10:00")

    assert desk.session.scalars(select(Letter)).all() == []


def test_a_morning_is_one_letter(desk, worker, mailbox):
    for _ in range(3):
        laptop = desk.ask(MON, "09:00")
        claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))

    worker(TUE, "09:05")

    assert mailbox.subjects(KIM) == ["What moved: 3 requests"]


def test_what_comes_at_once_is_no_news_of_yesterday(desk, worker, mailbox):
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:05")
    for laptop in (first, second):
        desk.pause(laptop, MON, "10:00")
    worker(MON, "10:01")

    assert mailbox.subjects(KIM) == ["For you: 2 requests"]
    [mail] = [mail for mail in mailbox.mails if mail["To"] == KIM]
    said = mail.get_content().replace("\r\n", "\n")
    assert said.startswith("Hello Kim,\n\nHere is what came for you.\n")
    assert "You read this because you are asked something." in said
    assert not any(word in said for word in ("yesterday", "working day"))


def test_what_comes_at_once_for_several_reasons_says_so(desk, worker, mailbox):
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:05")
    desk.pause(first, MON, "10:00")
    desk.done(second, MON, "10:00")
    worker(MON, "10:01")

    [mail] = [mail for mail in mailbox.mails if mail["To"] == KIM]
    assert "You hear of such things at once." in mail.get_content()
