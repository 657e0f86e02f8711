"""Files become text: what they say, what is lost, and what stays outside."""

import pytest
from odfdo import Element, Header, List, Paragraph, Table

from app.documents.archives import UnreadableFile
from app.documents.files import LIMIT, read_file
from tests.support.office import open_document, paragraph, word_file, zipped


def test_a_word_file_keeps_headings_bold_lists_and_signs():
    content = word_file(
        paragraph("The harbour", style="H1"),
        paragraph("cold", mark="b"),
        paragraph("3 * 4 &lt; 13, snake_case, 1. no list"),
        paragraph("# no heading"),
    )
    reading = read_file("Story.DOCX", content)
    assert reading.text == (
        "# The harbour\n\n**cold**\n\n3 \\* 4 < 13, snake\\_case, 1. no list\n\n\\# no heading"
    )
    assert reading.media_type.endswith("wordprocessingml.document")
    assert reading.lost == []


def test_what_a_word_file_loses_is_said():
    inserted = '<w:ins w:id="1" w:author="K"><w:r><w:t>new</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="K"><w:r><w:delText>old</w:delText></w:r></w:del>'
    content = word_file(
        f"<w:p>{inserted}{deleted}</w:p>", word__comments_xml="<c/>", word__header1_xml="<h/>"
    )
    reading = read_file("a.docx", content)
    assert reading.text == "new"
    assert [sentence.split()[0] for sentence in reading.lost] == ["Comments", "Tracked", "Headers"]


def test_a_libreoffice_file_keeps_headings_lists_and_tables():
    table = Table("T", 2, 2)
    table.set_value("A1", "Year")
    table.set_value("B2", "1929")
    content = open_document(
        Header(1, "The harbour"), Paragraph("A well-known #1 story"), List(["one", "two"]), table
    )
    reading = read_file("story.odt", content)
    assert reading.text.startswith(
        "# The harbour\n\nA well-known #1 story\n\n- one\n- two\n\n| Year |"
    )
    assert reading.lost == []


def test_what_a_libreoffice_file_loses_is_said():
    gone = Element.from_tag(
        "<text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>never mind</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    commented = Paragraph("Kept")
    commented.insert_annotation(after="Kept", body="a comment", creator="Kim")
    reading = read_file("a.odt", open_document(gone, commented))
    assert "Kept" in reading.text
    assert "never mind" not in reading.text
    assert "a comment" not in reading.text
    assert [sentence.split()[0] for sentence in reading.lost] == ["Comments", "Tracked"]


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("Grüße 🙂".encode(), 0),
        ("\ufeffGrüße 🙂".encode(), 0),
        ("Grüße 🙂".encode("utf-16"), 0),
    ],
)
def test_plain_text_is_taken_as_it_is(content, lost):
    reading = read_file("a.txt", content)
    assert (reading.text, len(reading.lost)) == ("Grüße 🙂", lost)


def test_an_old_code_page_is_read_and_said():
    reading = read_file("a.md", "Grüße – bald".encode("cp1252"))
    assert reading.text == "Grüße – bald"
    assert "please check accents" in reading.lost[0]


BOMB = word_file(paragraph("x" * 13_000_000))
ENTITIES = '<!DOCTYPE d [<!ENTITY a "ha">]>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF", "Please choose a .docx, .odt, .txt or .md file."),
        ("noname", b"words", "Please choose"),
        ("a.txt", b"x" * (LIMIT + 1), "Please stay within 10 MB."),
        ("a.txt", b"\0\1\2", "not a text file"),
        ("a.txt", b"\xff\xfe\x00", "damaged"),
        ("a.txt", b"  \n ", "no words"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "old Word file"),
        ("a.docx", b"not a zip", "damaged"),
        ("a.docx", b"", "damaged"),
        ("a.docx", word_file(paragraph("x"))[:300], "damaged"),
        ("a.docx", zipped(other_xml="<a/>"), "not what its name says"),
        ("a.docx", zipped(word__document_xml="<broken"), "cannot be read"),
        ("a.docx", word_file(paragraph(" ")), "no words"),
        ("a.docx", BOMB, "too long for one piece"),
        ("a.docx", word_file(paragraph("x"), head=ENTITIES), "instructions instead of words"),
        ("a.docx", word_file("<w:p>" * 5000 + "</w:p>" * 5000), "cannot be read"),
        ("a.odt", zipped(content_xml="<a/>"), "cannot be read"),
        ("a.odt", open_document(Paragraph("")), "no words"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_stays_outside_is_told_why(name, content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_file(name, content)
