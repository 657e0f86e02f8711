"""Answers as people type and read them; kept plain: 1250.5 for a number, 2026-03-31 for a date."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.numbers import get_decimal_symbol

from app.catalogue.questions import Field, FieldKind
from app.language import gettext, locale_of, spoken
from app.language.writing import dated

WITH_A_SHAPE: Final = frozenset({FieldKind.NUMBER, FieldKind.DATE})  # read otherwise than kept
A_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WITH_ONE_MARK: Final = re.compile(r"(-?\d+)(?:([.,])(\d*))?", re.ASCII)
IN_THOUSANDS: Final = re.compile(
    r"(-?[1-9]\d{0,2})(?:([.,])\d{3})(?:\2\d{3})*(?:(?!\2)[.,](\d+))?", re.ASCII
)
PERHAPS_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)


def kept(field: Field, text: str) -> dict[str, str]:
    """Return an answer as it is kept with a request; its kind where it is read otherwise."""
    shape = {"kind": field.kind.value} if field.kind in WITH_A_SHAPE else {}
    return {"label": field.label, "text": text, **shape}


def as_read(answer: Mapping[str, str]) -> str:
    """Return an answer that was kept as the language spoken writes it.

    One of older days says no kind; a date is known by its shape then.
    """
    kind, text = answer.get("kind"), answer["text"]
    if kind == FieldKind.NUMBER:
        return text.replace(".", _mark())
    if kind in (None, FieldKind.DATE) and A_DATE.fullmatch(text):
        try:
            return dated(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def plain_number(typed: str) -> str:
    """Return a number as it is kept: "1.250,50" is "1250.50"; what is no number stays as it is.

    A point or a comma may stand before what is less than one, thousands may be marked by the other.
    """
    text = typed.strip()
    if found := WITH_ONE_MARK.fullmatch(text):
        return f"{found[1]}.{found[3]}" if found[3] else found[1]
    if found := IN_THOUSANDS.fullmatch(text):
        whole = re.sub(r"[.,]", "", text.removesuffix(found[3] or ""))
        return f"{whole}.{found[3]}" if found[3] else whole
    return typed


def unclear_number(typed: str) -> str:
    """Ask which of two numbers is meant, when the mark in it may be that of thousands; else ""."""
    text, mark = typed.strip(), _mark()
    found = PERHAPS_THOUSANDS.fullmatch(text)
    if found is None or found[1] == mark:
        return ""
    one, other = text.replace(found[1], ""), text.replace(found[1], mark)
    return gettext(
        "Please write %(one)s or %(other)s, so that nobody misreads it.", one=one, other=other
    )


def _mark() -> str:
    return get_decimal_symbol(locale_of(spoken()))
