"""The way of a kind of request: which stages, who takes them, how long, and its house style."""

import hashlib
import json
from typing import Any

from wtforms import (
    BooleanField,
    DecimalField,
    Form,
    FormField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.catalogue.models import RequestType
from app.catalogue.rules import Stage, StagePlan
from app.language import gettext, lazy_gettext
from app.people.models import Person, Team
from app.web.acting import ActForm

HOUR = 3600
POINTS = 30  # of house style, for one stage


class StageForm(Form):
    """One stage."""

    applies = BooleanField(lazy_gettext("Part of the way"))
    team_id = SelectField(lazy_gettext("Which team takes it?"), coerce=int)
    person_id = SelectField(
        lazy_gettext("Who, unless somebody else is chosen?"), coerce=int, default=0
    )
    hours = DecimalField(
        lazy_gettext("How many working hours should it take?"),
        validators=[
            Optional(),
            NumberRange(0.25, 2000, lazy_gettext("Please give 0.25 to 2,000 hours.")),
        ],
    )
    checklist = TextAreaField(
        lazy_gettext("House style, one point a line"),
        validators=[Length(max=6000, message=lazy_gettext("Please stay within 6,000 characters."))],
        render_kw={"rows": 4},
    )

    def plan(self, stage: Stage) -> StagePlan:
        """Return what was typed."""
        points = [line.strip() for line in (self.checklist.data or "").splitlines()]
        return StagePlan(
            stage,
            self.team_id.data,
            int(self.hours.data * HOUR) if self.hours.data else None,
            self.person_id.data or None,
            tuple(point for point in points if point)[:POINTS],
        )


class StagesForm(ActForm):
    """The three stages of a piece, and who may read the feedback."""

    seal = HiddenField(validators=[InputRequired()])
    author = FormField(StageForm, lazy_gettext("The author writes"))
    editor = FormField(StageForm, lazy_gettext("The editor looks at substance and language"))
    proofreader = FormField(StageForm, lazy_gettext("The proofreader looks at the last detail"))
    open_review = BooleanField(lazy_gettext("The asking side reads the feedback, too"))

    def stages(self) -> list[tuple[Stage, StageForm]]:
        """Return the stages with their parts of the form, in order."""
        return [(stage, self[stage.value].form) for stage in Stage if stage is not Stage.WORK]

    def plans(self) -> list[StagePlan]:
        """Return the stages that apply."""
        return [part.plan(stage) for stage, part in self.stages() if part.applies.data]

    def offer(self, teams: list[Team], people: list[Person]) -> None:
        """Set what can be chosen."""
        nobody = SelectChoice(0, gettext("Whoever of the team takes it up"))
        for _, part in self.stages():
            part.team_id.choices = [SelectChoice(team.id, team.name) for team in teams]
            part.person_id.choices = [nobody, *(SelectChoice(p.id, p.name) for p in people)]


def stages_form(offered: RequestType) -> StagesForm:
    """Return the form as posted, or filled with what `offered` says now."""
    known = {document["stage"]: document for document in offered.stages}
    parts = {stage.value: _filled(known.get(stage.value), offered) for stage in Stage}
    return StagesForm(data={**parts, "open_review": offered.open_review, "seal": seal(offered)})


def seal(offered: RequestType) -> str:
    """Return a mark of how the stages stand, so that nobody overwrites what they have not seen."""
    said = json.dumps([offered.stages, offered.open_review], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _filled(document: dict[str, Any] | None, offered: RequestType) -> dict[str, Any]:
    if document is None:
        return {"applies": False, "team_id": offered.team_id}
    seconds = document.get("allowance_s")
    return {
        "applies": True,
        "team_id": document.get("team_id") or offered.team_id,
        "person_id": document.get("person_id") or 0,
        "hours": seconds / HOUR if seconds else None,
        "checklist": "\n".join(document.get("checklist", ())),
    }
