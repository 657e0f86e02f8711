"""Files that come along with an answer by mail: attached, or said to be left out."""

from email.message import EmailMessage
from itertools import count

import pytest
from sqlalchemy import select

from app.attachments.models import Attachment
from app.notices.incoming import LIMIT, WORDS_LIMIT
from app.notices.models import Letter
from app.notices.tokens import ask_address, reply_address
from app.people.models import Draft
from app.requests.models import Brief, Message, Request
from tests.support.it_desk import MON

PDF = ("plan.pdf", b"%PDF-1.7 some")
NUMBERS = count()


@pytest.fixture
def mail_in(app, desk):
    """Return a function that gives the command a mail of Kim's, and says what became of it."""
    request, kim = desk.ask(MON, "09:00"), desk.cast.kim
    desk.session.commit()
    secret = app.extensions["baton"].secret_key
    to = reply_address("in@baton.example", request_id=request.id, person_id=kim.id, secret=secret)

    def send(*files, words="See here", to=to, edit=None):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = kim.email, to, "A lamp"
        mail["Message-ID"] = f"<{next(NUMBERS)}@kim.example>"
        mail.set_content(words)
        for name, content in files:
            kind = {"maintype": "application", "subtype": "octet-stream"}
            mail.add_attachment(content, **kind, filename=name)
        if edit:
            edit(mail)
        came = app.test_cli_runner().invoke(args=["mail-in"], input=mail.as_bytes())
        assert came.exit_code == 0, came.output
        desk.session.rollback()
        return came.output.split(":")[0].strip()

    send.request, send.secret = request, secret
    return send


def attached(desk):
    return desk.session.scalars(select(Attachment).order_by(Attachment.id)).all()


def said(desk):
    return desk.session.scalars(select(Message.body).order_by(Message.id)).all()


def test_a_file_of_an_answer_is_attached_to_the_message(app, desk, mail_in, client):
    assert mail_in(PDF, ("../list é.csv", b"a,b")) == "taken"

    [message] = desk.session.scalars(select(Message))
    plan, listed = attached(desk)
    assert (plan.name, plan.size, listed.name) == ("plan.pdf", 13, "list é.csv")
    assert {(one.message_id, one.request_id, one.form) for one in (plan, listed)} == {
        (message.id, mail_in.request.id, None)
    }
    assert message.body == "See here"
    client.sign_in(desk.cast.kim)
    page = client.get(f"/requests/{mail_in.request.id}")
    assert client.raw(page.link("plan.pdf")).data == PDF[1]


def test_what_cannot_be_attached_is_said_in_the_message(desk, mail_in):
    files = [("run.exe", b"MZ"), ("empty.txt", b""), *((f"{n}.txt", b"x") for n in range(12))]
    assert mail_in(*files) == "taken"

    assert [one.name for one in attached(desk)] == [f"{n}.txt" for n in range(10)]
    [body] = said(desk)
    assert body == (
        "See here\n\n4 files came along by mail and were left out: “run.exe” is a program; please"
        " put it into a zip file or link to it. “empty.txt” is empty. Please stay within 10 files."
    )


def test_words_that_are_too_long_say_where_they_end(desk, mail_in):
    mail_in(words="long words\n" * 3000)
    [body] = said(desk)
    assert len(body) < WORDS_LIMIT + 60
    words, _, note = body.rpartition("\n\n")
    assert words.endswith(("long", "words"))
    assert note == "The end of it was too long and was left out."


def test_what_is_larger_than_a_mail_may_be_loses_its_files_and_says_so(desk, mail_in):
    assert mail_in(("big.bin", b"x" * LIMIT)) == "taken"
    assert attached(desk) == []
    [body] = said(desk)
    assert body.startswith("See here\n\nWhat came along by mail was too large and was left out;")


def test_words_on_both_sides_of_a_picture_are_words(desk, mail_in):
    def as_a_phone_does(mail):
        mail.make_mixed()
        picture = EmailMessage()
        picture.set_content(b"JPEG", "image", "jpeg", disposition="inline", filename="IMG 1.jpg")
        after = EmailMessage()
        after.set_content(
            "and on the back\n\nOn Mon, 2 Mar 2026 at 09:30, B <in@b.x> wrote:\n> Hm?\n"
        )
        for part in (picture, after):
            mail.attach(part)

    assert mail_in(edit=as_a_phone_does) == "taken"
    assert said(desk) == ["See here\n\nand on the back"]
    assert [one.name for one in attached(desk)] == ["IMG 1.jpg"]


def with_picture(content):
    """Return what puts a picture into the words, as they look in HTML, and a signature below."""

    def edit(mail):
        mail.add_alternative('<p>See here</p><img src="cid:a">', subtype="html")
        html = mail.get_payload()[1]
        html.add_related(content, "image", "png", cid="<a>", filename="image001.png")
        mail.add_attachment(b"...", "application", "pgp-signature", filename="signature.asc")

    return edit


def test_a_picture_in_the_words_is_attached_once_a_request(desk, mail_in):
    for content in (b"a logo", b"a logo", b"a screen"):
        assert mail_in(edit=with_picture(content)) == "taken"
    assert [one.size for one in attached(desk)] == [6, 8]


def test_a_mail_passed_on_is_one_file(desk, mail_in):
    inner = EmailMessage()
    inner.set_content("Hello")
    inner.add_attachment(b"x", "application", "pdf", filename="inner.pdf")
    mail_in(edit=lambda mail: mail.add_attachment(inner))
    [passed_on] = attached(desk)
    assert passed_on.name == "file.eml"


def test_the_same_mail_twice_and_a_strangers_attach_nothing_more(desk, mail_in):
    def again(mail):
        mail.replace_header("Message-ID", "<same@kim.example>")

    def forged(mail):
        mail.replace_header("From", "eve@elsewhere.example")

    assert (mail_in(PDF, edit=again), mail_in(PDF, edit=again)) == ("taken", "again")
    assert mail_in(PDF, edit=forged) == "refused"
    assert mail_in(PDF, to="in@baton.example") == "refused"
    assert len(attached(desk)) == 1


def ask(desk, mail_in):
    laptop = desk.cast.laptop
    mine = {"type_id": laptop.id, "person_id": desk.cast.kim.id, "secret": mail_in.secret}
    return mail_in(PDF, words="Dark\n" * 4001, to=ask_address("in@baton.example", **mine))


def test_files_of_a_mail_that_asks_belong_to_the_request(desk, mail_in):
    desk.cast.laptop.fields = []
    desk.session.commit()
    assert ask(desk, mail_in) == "taken"

    newest = desk.session.scalars(select(Request).order_by(Request.id.desc())).first()
    [plan] = attached(desk)
    assert (plan.request_id, plan.message_id) == (newest.id, None)
    brief = desk.session.get(Brief, newest.id)
    assert brief.details.endswith("The end of it was too long and was left out.")


def test_where_words_wait_in_the_form_the_letter_says_that_files_do_not(desk, mail_in):
    assert ask(desk, mail_in) == "refused"

    assert attached(desk) == []
    [letter] = desk.session.scalars(select(Letter))
    assert "1 file that came along could not wait with them; please add it there." in letter.body
    draft = desk.session.get(Draft, (desk.cast.kim.id, f"/ask/types/{desk.cast.laptop.id}"))
    assert "The end of it was too long" in dict(draft.fields)["details"]
