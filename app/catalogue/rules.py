"""What a request type may ask for and which stages it may have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Visibility(StrEnum):
    """Who, beside the two sides, may see requests of a type."""

    BOTH_TEAMS = "both teams"
    OPEN = "open"
    CONFIDENTIAL = "confidential"


class Stage(StrEnum):
    """What is being done in one stage visit. `WORK` is the only stage of plain requests."""

    WORK = "work"
    AUTHOR = "author"
    EDITOR = "editor"
    PROOFREADER = "proofreader"


class Routing(StrEnum):
    """To whom a new request goes."""

    QUEUE = "queue"
    PERSON = "person"
    ROUND_ROBIN = "round robin"
    LOAD = "load"


class FieldKind(StrEnum):
    """The shape of one answer in a request form."""

    SHORT_TEXT = "short text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One question of a request form."""

    key: str
    label: str
    kind: FieldKind = FieldKind.SHORT_TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class StagePlan:
    """Which team takes a stage, and how many working seconds it should need (None: no plan).

    `person_id` is who takes it unless somebody else is chosen. `checklist` is the house style of
    the stage, a point each; points not ticked become remarks.
    """

    stage: Stage
    team_id: int
    allowance_s: int | None = None
    person_id: int | None = None
    checklist: tuple[str, ...] = ()


class WrongPlan(ValueError):
    """Stages that do not make a way through; `stage` is the one the sentence is about, or None."""

    def __init__(self, sentence: str, stage: Stage | None = None) -> None:
        super().__init__(sentence)
        self.stage = stage


def check_plans(plans: Sequence[StagePlan]) -> None:
    """Accept no stages (plain work), or an author's stage and at least one after it.

    :raises WrongPlan: with the reason.
    """
    if plans and plans[0].stage is not Stage.AUTHOR:
        raise WrongPlan("A piece begins with its author.", Stage.AUTHOR)
    if len(plans) == 1:
        raise WrongPlan("Who reads it after the author? Choose an editor or a proofreader.")


SHORT_LIMIT = 300
LONG_LIMIT = 20_000


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
        )
        for doc in documents
    ]


def read_stages(documents: Sequence[Mapping[str, Any]], *, team_id: int) -> list[StagePlan]:
    """Return the stages stored in a request type; none stored: one `WORK` stage of the team."""
    plans = [
        StagePlan(
            Stage(doc["stage"]),
            int(doc.get("team_id") or team_id),
            doc.get("allowance_s"),
            doc.get("person_id"),
            tuple(doc.get("checklist", ())),
        )
        for doc in documents
    ]
    return plans or [StagePlan(Stage.WORK, team_id)]


def wrong_answers(fields: Sequence[Field], answers: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence per key of what cannot be accepted in `answers`; empty when all is well."""
    wrong = {}
    for field in fields:
        if sentence := _wrong_answer(field, answers.get(field.key, "").strip()):
            wrong[field.key] = sentence
    return wrong


def _wrong_answer(field: Field, text: str) -> str | None:
    if not text:
        return "Please answer this one; the team needs it to begin." if field.required else None
    limit = LONG_LIMIT if field.kind is FieldKind.LONG_TEXT else SHORT_LIMIT
    if len(text) > limit:
        return f"Please stay within {limit:,} characters; this has {len(text):,}."
    if field.kind is FieldKind.NUMBER and not _is_number(text):
        return "Please write a number, such as 12 or 3.5."
    if field.kind is FieldKind.DATE and not _is_date(text):
        return "Please give a date, such as 2026-03-31."
    if field.kind is FieldKind.CHOICE and text not in field.choices:
        return "Please take one of the choices."
    return None


def _is_number(text: str) -> bool:
    whole, _, part = text.removeprefix("-").partition(".")
    return text.isascii() and whole.isdigit() and (part.isdigit() or not part)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
