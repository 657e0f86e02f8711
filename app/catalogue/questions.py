"""The questions of a request form: what may be answered, and when a question is asked at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from app.language import gettext, gettext_noop
from app.language.folding import folded
from app.language.writing import decimal


class FieldKind(StrEnum):
    """The shape of one answer in a request form."""

    SHORT_TEXT = "short text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "several choices"
    PERSON = "person"
    TEAM = "team"
    LINK = "link"
    FILE = "file"


@dataclass(frozen=True)
class Field:
    """One question of a request form.

    It is asked only while the question with the key `asked_if` is answered with `asked_when`;
    always, when `asked_if` is empty.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.SHORT_TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    asked_if: str = ""
    asked_when: str = ""


SHORT_LIMIT = 300
LONG_LIMIT = 20_000
BETWEEN = "; "  # between several choices, as they are kept in one text


def read_fields(documents: Sequence[Mapping[str, Any]]) -> list[Field]:
    """Return the fields stored in a request type."""
    return [
        Field(
            key=doc["key"],
            label=doc["label"],
            kind=FieldKind(doc.get("kind", FieldKind.SHORT_TEXT)),
            required=bool(doc.get("required", False)),
            hint=doc.get("hint", ""),
            choices=tuple(doc.get("choices", ())),
            asked_if=doc.get("asked_if", ""),
            asked_when=doc.get("asked_when", ""),
        )
        for doc in documents
    ]


def asked(fields: Sequence[Field], answers: Mapping[str, str]) -> list[Field]:
    """Return the questions that are asked, given the answers so far, in order.

    A question that hangs on one that is not asked is not asked either.
    """
    found: dict[str, Field] = {}
    for field in fields:
        given = answers.get(field.asked_if, "") if field.asked_if in found else ""
        if not field.asked_if or field.asked_when in given.split(BETWEEN):
            found[field.key] = field
    return list(found.values())


def wrong_answers(
    fields: Sequence[Field],
    answers: Mapping[str, str],
    *,
    people: Iterable[str] = (),
    teams: Iterable[str] = (),
) -> dict[str, str]:
    """Return a sentence per key of what cannot be accepted in `answers`; empty when all is well.

    Only questions that are asked count. `people` and `teams` are the names that exist among those
    typed, folded.
    """
    names = {FieldKind.PERSON: set(people), FieldKind.TEAM: set(teams)}
    wrong = {}
    for field in asked(fields, answers):
        text = answers.get(field.key, "").strip()
        if sentence := _wrong_answer(field, text) or _unknown(field, text, names):
            wrong[field.key] = sentence
    return wrong


def _wrong_answer(field: Field, text: str) -> str | None:
    if not text:
        needed = gettext("Please answer this one; the team needs it to begin.")
        return needed if field.required else None
    limit = LONG_LIMIT if field.kind is FieldKind.LONG_TEXT else SHORT_LIMIT
    if len(text) > limit and field.kind is not FieldKind.CHOICES:
        return gettext(
            "Please stay within %(limit)s characters; this has %(count)s.",
            limit=decimal(limit, 0),
            count=decimal(len(text), 0),
        )
    check, sentence = CHECKS.get(field.kind, (None, ""))
    return gettext(sentence) if check and not check(field, text) else None


def _unknown(field: Field, text: str, names: Mapping[FieldKind, set[str]]) -> str | None:
    if not text or field.kind not in names or folded(text) in names[field.kind]:
        return None
    return gettext(NO_SUCH[field.kind])


def _is_number(_field: Field, text: str) -> bool:
    whole, _, part = text.removeprefix("-").partition(".")
    return text.isascii() and whole.isdigit() and (part.isdigit() or not part)


def _is_date(_field: Field, text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_choice(field: Field, text: str) -> bool:
    return text in field.choices


def _are_choices(field: Field, text: str) -> bool:
    return all(each in field.choices for each in text.split(BETWEEN))


def _is_link(_field: Field, text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


CHECKS = {
    FieldKind.NUMBER: (_is_number, gettext_noop("Please write a number, such as 12 or 3.5.")),
    FieldKind.DATE: (_is_date, gettext_noop("Please give a date, such as 2026-03-31.")),
    FieldKind.CHOICE: (_is_choice, gettext_noop("Please take one of the choices.")),
    FieldKind.CHOICES: (_are_choices, gettext_noop("Please take some of the choices.")),
    FieldKind.LINK: (_is_link, gettext_noop("Please give a link that begins with https://.")),
}


NO_SUCH = {
    FieldKind.PERSON: gettext_noop("There is no person of that name here."),
    FieldKind.TEAM: gettext_noop("There is no team of that name here."),
}


class WrongForm(ValueError):
    """Questions that make no form; `number` is the row the sentence is about."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number = number


def check_fields(fields: Sequence[Field]) -> None:
    """Accept questions that can be asked. :raises WrongForm: with the first that cannot."""
    before: dict[str, Field] = {}
    for number, field in enumerate(fields):
        chooses = field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        if chooses and len(field.choices) < 2:
            raise WrongForm(number, gettext("Please give at least two choices, one a line."))
        if any(BETWEEN.strip() in choice for choice in field.choices):
            raise WrongForm(number, gettext("A choice cannot hold a semicolon."))
        if field.key in before:
            raise WrongForm(number, gettext("Another question is called the same."))
        if field.asked_if:
            on = before.get(field.asked_if)
            if on is None:
                raise WrongForm(number, gettext("It can hang only on a question above it."))
            if on.choices and field.asked_when not in on.choices:
                raise WrongForm(number, gettext("“%(label)s” has no such choice.", label=on.label))
        before[field.key] = field
