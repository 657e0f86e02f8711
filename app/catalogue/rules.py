"""Which stages a request type may have, who sees its requests, and to whom they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from app.language import gettext, gettext_noop


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


STAGE_WORDS: Final = {
    Stage.WORK: gettext_noop("work"),
    Stage.AUTHOR: gettext_noop("author"),
    Stage.EDITOR: gettext_noop("editor"),
    Stage.PROOFREADER: gettext_noop("proofreader"),
}


def stage_word(stage: str) -> str:
    """Return what a stage is called where people read it."""
    return gettext(STAGE_WORDS[Stage(stage)])


class Routing(StrEnum):
    """To whom a new request goes."""

    QUEUE = "queue"
    PERSON = "person"
    ROUND_ROBIN = "round robin"
    LOAD = "load"


@dataclass(frozen=True, kw_only=True)
class Promises:
    """What an offer promises: working seconds (`…_s`), or the n-th working day, which wins."""

    response_promise_s: int | None
    response_promise_days: int | None
    reply_promise_s: int | None
    done_promise_s: int | None
    done_promise_days: int | None


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
        raise WrongPlan(gettext("A piece begins with its author."), Stage.AUTHOR)
    if len(plans) == 1:
        raise WrongPlan(
            gettext("Who reads it after the author? Choose an editor or a proofreader.")
        )


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
