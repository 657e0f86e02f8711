"""One person or team out of several: nobody is chosen by standing first in the list."""

from collections.abc import Collection, Iterable
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.db import db
from app.language import gettext
from app.language.writing import day_of_month, whole_day
from app.people.absences import away_among, day_of_absence
from app.people.colleagues import Colleague, colleagues_in
from app.people.models import Person
from app.web.headers import now
from app.web.numbers import as_number
from app.web.render import me


def choice_field(label: str, missing: str | None) -> SelectField:
    """Return a field for the id of one; `missing` is the sentence when one is required."""
    needed = [InputRequired(missing)] if missing else []
    return SelectField(label, coerce=_chosen, validate_choice=False, validators=needed)


def to_choose(named: Iterable[Any]) -> list[SelectChoice]:
    """Return what stands in such a field: an empty choice, then everything that has a name."""
    names = [SelectChoice(each.id, each.name) for each in named]
    return [SelectChoice("", gettext("Please choose")), *names]


def people_to_choose(
    team_id: int, *, but: Collection[int | None] = (), first: SelectChoice | None = None
) -> list[SelectChoice]:
    """Return the people of a team `but` some (ids), marked where they are away, after `first`."""
    people = colleagues_in(db.session, team_id, on=day_of_absence(me(), now()))
    named = [SelectChoice(p.id, _called(p)) for p in people if p.id not in but]
    return [first or SelectChoice("", gettext("Please choose")), *named]


def away_words(person: Person) -> str:
    """Say that this person is away, and until when; empty when they are there."""
    absences = away_among(db.session, [person.id], on=day_of_absence(me(), now()))
    if person.id not in absences:
        return ""
    until = whole_day(absences[person.id].last_day)
    return gettext("%(name)s is away until %(day)s.", name=person.name, day=until)


def _called(person: Colleague) -> str:
    if person.away_until is None:
        return person.name
    day = day_of_month(person.away_until)
    return gettext("%(name)s, away until %(day)s", name=person.name, day=day)


def _chosen(value: Any) -> int | None:
    return as_number(value) if value else None
