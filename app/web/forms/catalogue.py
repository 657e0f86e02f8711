"""The form of a request: a title, the details, and the questions of its type."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import flask
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from app.catalogue.answers import kept, plain_number, unclear_number
from app.catalogue.offered import OnOffer
from app.catalogue.questions import BETWEEN, FieldKind, asked, wrong_answers
from app.catalogue.questions import Field as Question
from app.language import gettext, lazy_gettext, spoken
from app.language.folding import folded
from app.language.writing import decimal
from app.people.models import Person
from app.requests.acts.raising import Wish
from app.web.acting import ActForm
from app.web.drafts import words_of
from app.web.filters import address
from app.web.forms.questions import field_name, field_of, plain_breaks
from app.web.left_over import LeftOver, left_over, shown_before

TITLE_LIMIT = 200
DETAILS_LIMIT = 20_000


def within(limit: int) -> Any:
    """Return a validator for the length of a text, without cutting what is pasted."""

    def check(form: Any, field: Field) -> None:
        if len(field.data or "") > limit:
            raise ValidationError(
                gettext(
                    "Please stay within %(limit)s characters; this has %(count)s.",
                    limit=decimal(limit, 0),
                    count=decimal(len(field.data), 0),
                )
            )

    return check


def one_line(text: str | None) -> str | None:
    """Return the text with its line breaks and runs of spaces made into single spaces."""
    return " ".join(text.split()) if text else text


class AskForm(ActForm):
    """What everybody is asked; the questions of a type are added by `ask_form`."""

    title = StringField(
        lazy_gettext("Title"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Please give it a title; a few words are enough.")),
            within(TITLE_LIMIT),
        ],
    )
    details = TextAreaField(
        lazy_gettext("Details"),
        filters=[plain_breaks],
        validators=[within(DETAILS_LIMIT)],
        render_kw={"rows": 8},
    )
    asking_team = SelectField(lazy_gettext("Asking for"), coerce=int)
    questions: Sequence[Question] = ()
    team_names: Sequence[str] = ()
    only_team_id: int = 0  # nobody's team: refused by the act itself
    files: Mapping[str, Sequence[str]] = {}  # names of files that are kept, by question
    known_people: Callable[[set[str]], set[str]] = staticmethod(lambda names: names)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check everything, the answers by the rules of the catalogue."""
        fine: bool = super().validate(extra_validators)
        typed = self._typed()
        people = {folded(typed[q.key]) for q in self.questions if q.kind is FieldKind.PERSON}
        teams = {folded(name) for name in self.team_names}
        wrong = wrong_answers(
            self.questions, typed, people=self.known_people(people - {""}), teams=teams
        )
        wrong |= self._unclear(typed)
        for key, sentence in wrong.items():
            self[field_name(key)].errors = [sentence]
        return fine and not wrong and not left_over(self, self._words())

    def left_over(self) -> list[LeftOver]:
        """Return what was answered to questions that are no longer asked, or no longer so."""
        words = self._words()
        return [*shown_before(words), *left_over(self, words)]

    def _words(self) -> MultiDict[str, str]:
        """Return what was typed: just sent, or kept from earlier."""
        if flask.request.method == "POST":
            return flask.request.form
        return words_of(self.draft) or MultiDict()

    def asked(self) -> list[tuple[Question, Field, Field | None]]:
        """Return the type's own questions with their fields, and the field they hang on, if any."""
        return [
            (
                question,
                self[field_name(question.key)],
                self[field_name(question.asked_if)] if question.asked_if else None,
            )
            for question in self.questions
        ]

    def wish(self) -> Wish:
        """Return what is asked; questions left open, or not asked, are left out."""
        typed = self._typed()
        answers = [
            kept(question, typed[question.key].strip())
            for question in asked(self.questions, typed)
            if typed[question.key].strip()
        ]
        team_id = self.asking_team.data if self.asking_team else self.only_team_id
        return Wish(self.title.data, self.details.data or "", answers, team_id)

    def _unclear(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Return what to ask about numbers that can be read in two ways."""
        numbers = [q for q in asked(self.questions, typed) if q.kind is FieldKind.NUMBER]
        read = {q.key: unclear_number(self[field_name(q.key)].data or "") for q in numbers}
        return {key: sentence for key, sentence in read.items() if sentence}

    def _typed(self) -> dict[str, str]:
        return {question.key: self._text(question) for question in self.questions}

    def _text(self, question: Question) -> str:
        if question.kind is FieldKind.FILE:
            return BETWEEN.join(self.files.get(question.key, ()))
        data = self[field_name(question.key)].data
        if question.kind is FieldKind.NUMBER:
            return plain_number(data or "")
        return BETWEEN.join(data) if isinstance(data, list) else data or ""


def ask_form(offered: OnOffer, person: Person, team_names: Sequence[str] = ()) -> AskForm:
    """Return the form of `offered` for `person`, who asks for one of their teams.

    `team_names` are those that a question for a team lets one choose.
    """
    form = _form_of(spoken(), offered.questions, tuple(team_names))()
    mine = [(place.team_id, place.team_name) for place in person.places]
    teams = sorted(mine, key=lambda team: team[1])
    form.title.render_kw = {
        "hx-get": address("catalogue.similar", type_id=offered.id),
        "hx-trigger": "input changed delay:600ms",
        "hx-target": "#similar",
        "hx-swap": "outerHTML",
    }
    form.asking_team.choices = [SelectChoice(*team) for team in teams]
    if len(teams) < 2:
        form.only_team_id = teams[0][0] if teams else 0
        del form.asking_team
    return form


@lru_cache(maxsize=512)
def _form_of(
    _language: str, questions: Sequence[Question], team_names: Sequence[str]
) -> type[AskForm]:
    """Return the form that asks these questions; made once, as long as they are the same."""
    parts: dict[str, Any] = {field_name(q.key): field_of(q, team_names) for q in questions}
    return type(
        "AskFormOfType", (AskForm,), {**parts, "questions": questions, "team_names": team_names}
    )
