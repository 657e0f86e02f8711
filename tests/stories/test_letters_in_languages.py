"""Letters speak the language of who gets them, whoever acted, and whichever way they came about."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.administration.doors import Changed, door_changed
from app.handoffs.actions import hand_to_team
from app.notices.incoming import read_mail
from app.notices.models import Letter
from app.notices.receiving import receive
from app.notices.tokens import ask_address, reply_address
from app.people.models import Membership
from app.people.rules import DoorChange, Role
from app.requests.acts.work import claim
from app.requests.models import Message
from tests.support.it_desk import FRI, MON, NEXT_MON, TUE, act, at

KIM, IVO, IDA = "kim@baton.example", "ivo@baton.example", "ida@baton.example"
SECRET = "a secret for tests"


@pytest.fixture
def german(desk):
    """Let somebody choose German."""

    def choose(*people):
        for person in people:
            person.language = "de"
        desk.session.commit()

    return choose


def bodies(mailbox):
    return {mail["To"]: mail.get_content().replace("\r\n", "\n") for mail in mailbox.mails}


def test_one_act_is_told_to_each_in_their_own_language(desk, german, worker, mailbox):
    german(desk.cast.ivo)
    desk.ask(MON, "09:00")
    desk.ask(MON, "09:05")
    worker(TUE, "09:05")

    assert mailbox.subjects(IVO) == ["Was sich bewegt hat: 2 Anfragen"]
    assert mailbox.subjects(IDA) == ["What moved: 2 requests"]
    told = bodies(mailbox)
    assert told[IVO].startswith("Hallo Ivo,\n\nhier ist, was sich seit gestern bewegt hat.")
    assert "Kim Sørensen hat darum gebeten." in told[IVO]
    assert told[IDA].startswith("Hello Ida,\n\nHere is what moved since yesterday.")
    assert "Kim Sørensen asked for it." in told[IDA]


def test_a_question_says_in_german_whose_turn_it_is_and_why_it_came(desk, german, worker, mailbox):
    german(desk.cast.kim)
    laptop = desk.ask(MON, "09:00")
    claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))
    desk.pause(laptop, MON, "10:00")
    worker(MON, "10:01")

    assert mailbox.subjects(KIM) == ["Eine Frage: A laptop [#1]"]
    said = bodies(mailbox)[KIM]
    assert "> Which size?" in said, "what somebody wrote stays as they wrote it"
    assert "Du kannst auf diese Mail antworten" in said
    assert "Du liest das, weil du etwas gefragt wirst." in said
    assert not any(word in said for word in ("Hello", "You ", "asked", "Change what"))


def test_a_handover_names_the_team_it_went_to(desk, german, worker, mailbox):
    german(desk.cast.kim)
    laptop = desk.ask(MON, "09:00")
    claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))
    there, ivo = desk.cast.content, desk.cast.ivo
    hand_to_team(desk.session, laptop, to=there, note="For you", act=act(ivo, MON, "10:00"))
    worker(TUE, "09:05")

    assert f"Ivo Novak hat es an {there.name} übergeben." in bodies(mailbox)[KIM]


def test_reminders_are_kept_as_codes_and_told_in_words(desk, german, worker, mailbox):
    german(desk.cast.ivo)
    desk.ask(MON, "09:00")
    worker(MON, "16:00")
    worker(TUE, "09:05")

    told = bodies(mailbox)
    assert "Baton hat erinnert" in told[IVO]
    assert "Baton reminded" in told[IDA]


def test_the_week_is_told_in_german(desk, german, worker, mailbox):
    for membership in desk.session.scalars(select(Membership)):
        if membership.person_id == desk.cast.ida.id:
            membership.role = Role.LEAD
    german(desk.cast.ida)
    first = desk.ask(MON, "09:00")
    desk.say(first, desk.cast.ivo, MON, "09:30")
    desk.done(first, TUE, "10:00")
    desk.ask(FRI, "16:00")
    worker(NEXT_MON, "09:00")

    [letter] = [mail for mail in mailbox.mails if mail["Subject"].startswith("Die Woche")]
    assert letter["Subject"] == "Die Woche von IT Help, 2. März bis 8. März"
    said = bodies(mailbox)[IDA]
    assert "Hereingekommen: 2. Erledigt: 1." in said
    assert "Offen: 1. Nach Alter: 1 bis 3 Tage, 1." in said
    english = ("Hello", "First answer", "Turnaround", "too few", "This comes", "late", "days")
    assert not any(word in said for word in english), said


def test_what_changed_about_the_way_in_is_told_in_german(desk, german, worker, mailbox):
    german(desk.cast.kim)
    changed = Changed(None, at(MON, "09:00"), "https://baton.example")
    for person in (desk.cast.kim, desk.cast.ivo):
        door_changed(desk.session, person, DoorChange.PASSKEY_ADDED, changed, what="My phone")
    worker(MON, "09:01")

    assert mailbox.subjects(KIM) == ["Wie du dich anmeldest, hat sich geändert"]
    assert mailbox.subjects(IVO) == ["How you sign in has changed"]
    assert "Ein Passkey wurde hinzugefügt: „My phone“." in bodies(mailbox)[KIM]


@pytest.fixture
def mail_in(desk):
    """Return a function that sends a mail of Kim's, and says what became of it and why."""

    def send(words, to, sender=KIM):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, "AW: Ein Laptop"
        message["Message-ID"] = f"<{len(words)}@kim.example>"
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
        return came.what, came.why

    return send


QUOTES = (
    "Am Mo., 2. März 2026 um 09:30 Uhr schrieb Baton <in@baton.example>:\n> Welche Größe?\n> Ivo\n",
    "Am 02.03.2026 um 09:30 schrieb Baton:\n> Welche Größe?\n",
    "Von: Baton <in@baton.example>\nGesendet: Montag, 2. März 2026\nAn: Kim\n\nWelche Größe?\n",
    "-----Ursprüngliche Nachricht-----\nVon: Baton\nGesendet: Montag\n\nWelche Größe?\n",
)


@pytest.mark.parametrize("quote", QUOTES)
def test_what_a_german_mail_quotes_is_left_out(desk, mail_in, quote):
    laptop = desk.ask(MON, "09:00")
    to = reply_address(
        "in@baton.example", request_id=laptop.id, person_id=desk.cast.kim.id, secret=SECRET
    )
    assert mail_in(f"Dreizehn Zoll, bitte.\n\n{quote}", to) == ("taken", "")
    assert desk.session.scalars(select(Message.body)).one() == "Dreizehn Zoll, bitte."


def test_a_refusal_speaks_the_language_of_who_is_known_and_english_to_strangers(
    desk, german, mail_in
):
    german(desk.cast.kim)
    why = "We could not tell which request your mail belongs to"
    for sender in (KIM, "eve@elsewhere.example"):
        assert mail_in("Hallo?", "in@baton.example", sender) == ("refused", why)
    to_kim, to_eve = desk.session.scalars(select(Letter).order_by(Letter.id))
    assert to_kim.body.startswith("Hallo Kim,\n\nwir konnten nicht erkennen")
    assert to_eve.body.startswith("Hello there,\n\nWe could not tell")


def test_more_questions_are_asked_in_german(desk, german, mail_in):
    german(desk.cast.kim)
    desk.cast.laptop.fields = [
        {"key": "why", "label": "Why", "kind": "short text", "required": True, "hint": ""}
    ]
    desk.session.commit()
    to = ask_address(
        "in@baton.example", type_id=desk.cast.laptop.id, person_id=desk.cast.kim.id, secret=SECRET
    )
    assert mail_in("Mir ist dunkel.", to)[0] == "refused"
    [letter] = desk.session.scalars(select(Letter))
    there = f"https://baton.example/ask/types/{desk.cast.laptop.id}"
    assert f"von dort gesendet: {there}" in letter.body
