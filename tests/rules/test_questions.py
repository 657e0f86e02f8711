"""What a request form asks, when, and what it takes as an answer."""

import pytest

from app.catalogue.questions import (
    Field,
    FieldKind,
    WrongForm,
    asked,
    check_fields,
    wrong_answers,
)

KIND = Field("kind", "Which?", FieldKind.CHOICE, required=True, choices=("New", "Old"))
AGE = Field("age", "How old?", FieldKind.NUMBER, required=True, asked_if="kind", asked_when="Old")
WHY = Field("why", "Why so old?", asked_if="age", asked_when="9")
FORM = [KIND, AGE, WHY]


def keys(answers):
    return [field.key for field in asked(FORM, answers)]


def test_a_question_is_asked_when_the_one_above_is_answered_so():
    assert keys({"kind": "New", "age": "9"}) == ["kind"]
    assert keys({"kind": "Old"}) == ["kind", "age"]
    assert keys({"kind": "Old", "age": "9"}) == ["kind", "age", "why"]


def test_what_is_not_asked_is_not_needed_and_not_checked():
    assert wrong_answers(FORM, {"kind": "New", "age": "many"}) == {}
    assert set(wrong_answers(FORM, {"kind": "Old"})) == {"age"}


def test_one_of_several_choices_is_enough():
    several = Field("parts", "Parts", FieldKind.CHOICES, choices=("A", "B", "C"))
    more = Field("b", "Which B?", asked_if="parts", asked_when="B")

    assert [f.key for f in asked([several, more], {"parts": "A; B"})] == ["parts", "b"]
    assert set(wrong_answers([several], {"parts": "A; D"})) == {"parts"}


@pytest.mark.parametrize(
    ("kind", "fine", "wrong"),
    [
        (FieldKind.LINK, "https://a.example/x?y", "javascript:alert(1)"),
        (FieldKind.LINK, "http://a.example", "//a.example"),
        (FieldKind.PERSON, "Ada Lindqvist", "Nobody"),
        (FieldKind.TEAM, "finance", "Nowhere"),
        (FieldKind.DATE, "2026-02-28", "2026-02-30"),
    ],
)
def test_kinds_of_answers(kind, fine, wrong):
    known = {"people": {"ada lindqvist"}, "teams": {"finance"}}

    assert wrong_answers([Field("x", "X", kind)], {"x": fine}, **known) == {}
    assert set(wrong_answers([Field("x", "X", kind)], {"x": wrong}, **known)) == {"x"}


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ([Field("a", "A", FieldKind.CHOICE, choices=("One",))], 0),
        ([KIND, Field("kind", "Again")], 1),
        ([Field("a", "A", asked_if="b", asked_when="x"), Field("b", "B")], 0),
        ([KIND, Field("a", "A", asked_if="kind", asked_when="Blue")], 1),
        ([Field("a", "A", FieldKind.CHOICES, choices=("x; y", "z"))], 0),
    ],
)
def test_forms_that_cannot_be_asked(fields, number):
    with pytest.raises(WrongForm) as wrong:
        check_fields(fields)
    assert wrong.value.number == number


def test_a_form_that_can():
    check_fields(FORM)
