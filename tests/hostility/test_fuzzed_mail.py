"""Addresses and words of strangers, on their way into a letter: it goes, or is given up."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.notices.incoming import Unreadable, read_mail
from app.notices.models import Letter
from app.notices.smtp import MailSettings, Postman, Refused
from app.people.rules import is_address

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
ODD = st.sampled_from(
    [
        *("@", '"', "=%", "=?utf-8?q?=0A?=", "=?utf-8?b?4oCo?=", "ada", "x.example", "ü", " ", "."),
        *("\u2028", "\r\n", "\n\t", "\0", "\x85", "%", "\\", "<", ">", "(", ")", "[", "]"),
        *(",", ";", ":"),
    ]
)
MIXED = st.lists(ODD | TEXT, max_size=8).map("".join)
SURROGATE = re.compile("[\ud800-\udfff]")
SECONDS = {"max_examples": 150, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(**SECONDS)
@given(MIXED | st.emails(), MIXED, MIXED)
@example("=%@", "", "")
@example("a\u2028b@x.example", "", "")
@example("a@x.example, b@x.example", "", "")
def test_a_letter_is_handed_over_or_refused(mailbox, to, subject, body):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    letter = Letter(id=1, to=to, subject=subject, body=body, created_at=at)
    server = MailSettings(mailbox.url, "Baton <in@b.example>", "", "https://b.example", "s")
    refused, before = "", len(mailbox.mails)
    with Postman(server) as postman:
        try:
            postman.send(letter)
        except Refused as reason:
            refused = str(reason)

    assert len(mailbox.mails) == before + (not refused)
    if is_address(to) and not SURROGATE.search(subject + body):
        assert not refused.startswith("No mail"), "whoever can be written to is written to"


@settings(**SECONDS)
@given(MIXED | st.emails())
@example('"=%@')
def test_whoever_a_mail_says_it_is_from_can_be_looked_up(sender):
    raw = f"From: {sender}\nTo: in@b.example\nSubject: s\n\nhi\n"
    with suppress(Unreadable):
        came = read_mail(raw.encode(errors="replace"))
        came.sender.encode()
        assert came.sender.isprintable()


def nested(depth):
    part = 'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'
    return "From: ada@x.example\n" + "".join(map(part.format, range(depth))) + "\nhi"


# Time can be over while something is collected, where the interpreter lets no error through; the
# next second brings the next one.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (nested(3000), "(RecursionError)"),
        ("From: " + "(" * 5000 + "\n\nhi", "(RecursionError)"),
        ("From: ada@x.example\n\n" + "On " * 100_000, "too long to read"),
    ],
)
def test_what_is_made_to_be_hard_to_read_is_dropped(sqlite_app, mail, said, monkeypatch):
    monkeypatch.setattr(import_module("app.cli.mail_in"), "SECONDS", 2)
    came = sqlite_app.test_cli_runner().invoke(args=["mail-in"], input=mail)
    assert came.exit_code == 0, came.output
    assert came.output.startswith("dropped: It ")
    assert said in came.output


def test_a_fault_of_ours_leaves_the_mail_to_another_try(sqlite_app, monkeypatch):
    def fails(_raw):
        raise MemoryError

    monkeypatch.setattr(import_module("app.cli.mail_in"), "read_mail", fails)
    came = sqlite_app.test_cli_runner().invoke(args=["mail-in"], input="From: a@x.example\n\nhi")
    assert (came.exit_code, came.output) == (75, "not now: MemoryError\n")
