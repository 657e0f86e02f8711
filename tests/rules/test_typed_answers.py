"""Numbers as people type them, and answers as they read them."""

import pytest

from app.catalogue.answers import as_read, plain_number, unclear_number
from app.catalogue.questions import Field, FieldKind, wrong_answers
from app.language import speaking

NUMBER = Field("n", "How much?", FieldKind.NUMBER)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        ("-3", "-3"),
        ("1250,50", "1250.50"),
        ("12,50", "12.50"),
        ("3.5", "3.5"),
        (" 12. ", "12"),
        ("0,125", "0.125"),
        ("1250,500", "1250.500"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("-1.250.000", "-1250000"),
        ("1.250.000,5", "1250000.5"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_comma_and_a_point_both_mark_what_is_less_than_one(typed, kept, language):
    with speaking(language):
        assert plain_number(typed) == kept
        assert wrong_answers([NUMBER], {"n": plain_number(typed)}) == {}
        assert unclear_number(typed) == ""


@pytest.mark.parametrize(
    "typed", ["many", "1,2,3", "1.25.000", "1.250,5,0", "1,250,50", "12 €", "٣"]
)
def test_what_is_no_number_stays_as_it_was_typed(typed):
    assert plain_number(typed) == typed
    with speaking("de"):
        said = wrong_answers([NUMBER], {"n": typed})["n"]
    assert said == "Bitte schreib eine Zahl, etwa 12 oder 3,5."


def test_what_may_be_thousands_is_asked_back():
    with speaking("de"):
        assert "1250 oder 1,250" in unclear_number("1.250")
        assert unclear_number("1,250") == ""
    assert "1250 or 1.250" in unclear_number("1,250")
    assert unclear_number("1.250") == ""


def test_answers_are_read_as_the_language_writes_them():
    day, amount = ({"text": "2026-11-30", "kind": "date"}, {"text": "1250.50", "kind": "number"})
    assert (as_read(day), as_read(amount)) == ("30 November 2026", "1250.50")
    with speaking("de"):
        assert (as_read(day), as_read(amount)) == ("30. November 2026", "1250,50")
    assert as_read({"text": "2026-11-30"}) == "30 November 2026"
    for text in ("2026-02-30", "2026-11", "1250.50", "Room 7"):
        assert as_read({"text": text}) == text
