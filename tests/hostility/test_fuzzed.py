"""What comes from outside, damaged on purpose: it is read, or refused with a sentence of ours."""

import zipfile
from contextlib import suppress
from email.message import EmailMessage
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Paragraph

from app.api.paging import read_cursor
from app.api.problems import Refused
from app.documents.archives import UnreadableFile
from app.documents.files import read_file
from app.documents.rules import UnfitText, fit_text
from app.notices.incoming import Unreadable, read_mail
from app.notices.tokens import read_unsubscribe_token
from app.requests.search.wanted import read_wanted
from app.web import keeping
from app.web.filters import markdown
from app.web.passages import blocks
from app.webhooks.rules import WrongAddress, check_address
from app.worktime.document import parse_plan
from app.worktime.plan import BadCalendar
from app.worktime.typed_hours import read_hours
from tests.support.office import open_document, paragraph, word_file

SECONDS = {"max_examples": 60, "deadline": None}
TEXT = st.text(max_size=400)
# What people who mean ill write, to be mixed into anything.
NASTY = st.sampled_from(
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](//evil.example/i.png)",
        "<img src=x onerror=alert(1)>", "[x](data:text/html,<script>)", "\u202e", "\ufeff", "\x07",
        '"', "'", "\\", "%00", "{{7*7}}", "${7*7}", "OR 1=1 --", "NEAR(", "*", "before:", "..",
        "https://a@b:c/", "//", "[" * 40, "> " * 40, "*_" * 40, "`", "| a | b |\n|---|", "\r\n",
    ]
)  # fmt: skip
MIXED = st.lists(TEXT | NASTY, max_size=12).map("".join)


@st.composite
def damaged(draw, whole):
    """Return bytes with pieces cut out, doubled and overwritten."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.integers(0, 40))
        deed = draw(st.sampled_from(["cut", "double", "overwrite"]))
        piece = {"cut": b"", "double": bytes(data[at : at + size]) * 2}.get(deed)
        data[at : at + size] = draw(st.binary(max_size=40)) if piece is None else piece
    return bytes(data)


@st.composite
def office(draw, whole):
    """Return an office file that is damaged as a zip, or whole with damage in one part."""
    if draw(st.booleans()):
        return draw(damaged(whole))
    buffer, source = BytesIO(), zipfile.ZipFile(BytesIO(whole))
    chosen = draw(st.sampled_from(source.namelist()))
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, draw(damaged(part)) if name == chosen and part else part)
    return buffer.getvalue()


WHOLE = {
    ".docx": word_file(paragraph("It was cold", "H1"), paragraph("in the harbour", mark="b")),
    ".odt": open_document(Paragraph("It was cold"), Paragraph("in the harbour")),
}


@pytest.mark.parametrize("ending", WHOLE)
@settings(**SECONDS)
@given(st.data())
def test_an_office_file_is_read_or_refused_with_a_sentence(ending, data):
    with suppress(UnreadableFile):
        assert read_file(f"piece{ending}", data.draw(office(WHOLE[ending]))).text.strip()


def test_a_part_that_cannot_be_unpacked_is_said_kindly():
    """Only the words' own part is damaged, in the middle of its compressed bytes."""
    for ending, whole in WHOLE.items():
        name = "word/document.xml" if ending == ".docx" else "content.xml"
        at = zipfile.ZipFile(BytesIO(whole)).getinfo(name).header_offset + 30 + len(name) + 8
        with pytest.raises(UnreadableFile, match="damaged"):
            read_file(f"piece{ending}", whole[:at] + b"\xff" * 8 + whole[at + 8 :])


@pytest.mark.parametrize("ending", [".md", ".txt", ".docx", ".odt", ".exe", ""])
@settings(**SECONDS)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(ending, content):
    with suppress(UnreadableFile):
        reading = read_file(f"piece{ending}", content)
        assert "\0" not in reading.text
        reading.text.encode()  # PostgreSQL takes no half of a pair


@settings(**SECONDS)
@given(MIXED)
def test_markdown_never_becomes_a_script(text):
    with suppress(UnfitText):  # a version is made fit before it is frozen
        frozen = "".join(block.html for block in blocks(fit_text(text), []))
        check_html(frozen)
    check_html(markdown(text))


def check_html(html):
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.find_all(["script", "style", "iframe", "object", "svg", "form", "img"])
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        scheme, colon, _ = str(tag.get("href", "")).partition(":")
        assert not colon or scheme.lower() in ("http", "https", "mailto")


def mail():
    message = EmailMessage()
    message["From"], message["To"] = "kim@baton.example", "in+r1.2.abc@baton.example"
    message["Subject"], message["Message-ID"] = "Re: A laptop", "<one@kim.example>"
    message.set_content("Thirteen inches.\n\n> Which size?\n")
    message.add_alternative("<p>Thirteen inches.</p>", subtype="html")
    return message.as_bytes()


@settings(**SECONDS)
@given(damaged(mail()) | st.binary(max_size=600))
def test_a_mail_is_read_or_dropped(raw):
    with suppress(Unreadable):
        came = read_mail(raw)
        for text in (came.sender, came.subject, came.words, came.key, *came.to):
            text.encode()
            assert "\0" not in text


@settings(**SECONDS)
@given(MIXED | MIXED.map("https://".__add__))
def test_an_address_for_webhooks_is_taken_or_refused(address):
    with suppress(WrongAddress):
        check_address(address, plain=False)
        assert address.startswith("https://")
        assert "@" not in address.split("/")[2]


@settings(**SECONDS)
@given(MIXED)
def test_words_to_find_are_taken_whatever_they_are(typed):
    wanted = read_wanted(typed)
    assert str(read_wanted(str(wanted))) == str(wanted)


@settings(**SECONDS)
@given(MIXED | st.from_regex(r"[A-Za-z0-9_-]{1,80}", fullmatch=True))
def test_a_cursor_is_ours_or_refused(text):
    with suppress(Refused):
        assert read_cursor(text, str, int) is not None
    assert read_unsubscribe_token(text, secrets=["a secret"]) is None


@settings(**SECONDS)
@given(MIXED)
def test_words_kept_by_a_browser_lead_nowhere_else(text):
    kept = keeping.read_kept(text)
    assert kept is None or keeping.is_local(kept["to"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["tz", "weekly", "closed", "special", "weeks", "zones"])


@settings(**SECONDS)
@given(JSON | st.dictionaries(KEYS, JSON, max_size=6))
def test_a_calendar_is_one_or_refused(document):
    with suppress(BadCalendar):
        parse_plan(document)


@settings(**SECONDS)
@given(MIXED | st.from_regex(r"[0-9]{0,3}:?[0-9]{0,3}[-–][0-9]{0,3}(, )?", fullmatch=True))
def test_hours_as_people_type_them_are_hours_or_refused(text):
    with suppress(BadCalendar):
        for first, last in read_hours(text):
            assert 0 <= first < 24 * 60
            assert 0 <= last <= 24 * 60
