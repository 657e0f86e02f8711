"""What a team offers: its words, its promise, to whom it goes, and the questions of its form."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.catalogue.actions import Offer
from app.catalogue.models import RequestType
from app.catalogue.questions import Field, read_fields
from app.catalogue.rules import Routing, Visibility
from app.language import gettext, lazy_gettext
from app.web.acting import ActForm
from app.web.forms.question_rows import QuestionForm

HOUR = 3600
MORE = 3  # empty rows for new questions
AT_MOST = 40


def _hours(label: str) -> DecimalField:
    sentence = lazy_gettext("Please give 0.25 to 2,000 hours.")
    return DecimalField(label, validators=[Optional(), NumberRange(0.25, 2000, sentence)])


def _days(label: str) -> IntegerField:
    sentence = lazy_gettext("Please give 0 to 250 working days.")
    return IntegerField(label, validators=[Optional(), NumberRange(0, 250, sentence)])


class OfferForm(ActForm):
    """Everything about one thing on offer."""

    seal = HiddenField()
    name = StringField(
        lazy_gettext("Name"),
        validators=[InputRequired(lazy_gettext("Please give it a name.")), Length(max=80)],
    )
    summary = StringField(lazy_gettext("In one line"), validators=[Length(max=280)])
    how_we_work = TextAreaField(
        lazy_gettext("How we work"), validators=[Length(max=5000)], render_kw={"rows": 4}
    )
    keywords = StringField(
        lazy_gettext("Other words people look for it by"), validators=[Length(max=300)]
    )
    visibility = RadioField(
        lazy_gettext("Who sees the requests?"),
        choices=[
            SelectChoice(Visibility.BOTH_TEAMS.value, lazy_gettext("Both teams")),
            SelectChoice(Visibility.OPEN.value, lazy_gettext("Everybody here")),
            SelectChoice(
                Visibility.CONFIDENTIAL.value, lazy_gettext("Who asked and who carries it")
            ),
        ],
        default=Visibility.BOTH_TEAMS.value,
    )
    routing = RadioField(
        lazy_gettext("To whom does a new one go?"),
        choices=[
            SelectChoice(Routing.QUEUE.value, lazy_gettext("The team’s queue")),
            SelectChoice(Routing.PERSON.value, lazy_gettext("One person")),
            SelectChoice(Routing.ROUND_ROBIN.value, lazy_gettext("Everybody in turn")),
            SelectChoice(Routing.LOAD.value, lazy_gettext("Whoever has the least")),
        ],
        default=Routing.QUEUE.value,
    )
    routed_to = SelectField(lazy_gettext("Which person?"), coerce=int, default=0)
    response_hours = _hours(lazy_gettext("A first answer within working hours"))
    response_days = _days(lazy_gettext("or by the end of working day number"))
    reply_hours = _hours(lazy_gettext("Later answers within working hours"))
    done_hours = _hours(lazy_gettext("Done within working hours"))
    done_days = _days(lazy_gettext("or by the end of working day number"))
    is_active = BooleanField(lazy_gettext("On offer"), default=True)
    checklist = TextAreaField(
        lazy_gettext("A checklist for each one"),
        validators=[Length(max=4000)],
        render_kw={"rows": 4},
    )
    questions = FieldList(FormField(QuestionForm), max_entries=AT_MOST)

    def offer(self) -> Offer:
        """Return what was typed; days win over hours."""
        return Offer(
            name=self.name.data.strip(),
            summary=(self.summary.data or "").strip(),
            how_we_work=(self.how_we_work.data or "").replace("\r\n", "\n").strip(),
            keywords=" ".join((self.keywords.data or "").split()),
            visibility=Visibility(self.visibility.data),
            routing=Routing(self.routing.data),
            routed_to_id=self.routed_to.data or None,
            response_promise_s=_seconds(self.response_hours.data),
            response_promise_days=self.response_days.data,
            reply_promise_s=_seconds(self.reply_hours.data),
            done_promise_s=_seconds(self.done_hours.data),
            done_promise_days=self.done_days.data,
            is_active=self.is_active.data,
            checklist=list(dict.fromkeys(_lines(self.checklist.data))),
        )

    def validate_checklist(self, field: TextAreaField) -> None:
        """A list that somebody can keep in mind."""
        points = _lines(field.data)
        if len(points) > 30 or any(len(point) > 200 for point in points):
            raise ValidationError(gettext("Please keep it to 30 points of 200 characters."))

    def fields(self) -> list[Field]:
        """Return the questions that have words, in order."""
        found: list[Field] = []
        keys: dict[str, str] = {}
        self.rows: list[int] = []
        for number, row in enumerate(self.questions):
            if question := row.form.question(keys):
                found.append(question)
                self.rows.append(number)
                keys[question.label.casefold()] = question.key
        return found


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def _seconds(hours: Decimal | None) -> int | None:
    return int(hours * HOUR) if hours else None


def offer_form(offered: RequestType) -> OfferForm:
    """Return the form of `offered` as it stands, with empty rows for more questions."""
    form = OfferForm(data=_data(offered))
    if not form.is_submitted() and form.draft is None:
        form.seal.data = seal(offered)
    if not form.is_submitted():
        for _ in range(MORE):
            form.questions.append_entry()
    return form


def seal(offered: RequestType) -> str:
    """Return a mark that changes whenever the offer does."""
    return hashlib.sha256(json.dumps(_data(offered), default=str).encode()).hexdigest()[:32]


def _data(offered: RequestType) -> dict[str, Any]:
    fields = read_fields(offered.fields or [])
    labels = {field.key: field.label for field in fields}
    return {
        **{name: getattr(offered, name) for name in ("name", "summary", "how_we_work", "keywords")},
        "visibility": offered.visibility or Visibility.BOTH_TEAMS.value,
        "routing": offered.routing or Routing.QUEUE.value,
        "routed_to": offered.routed_to_id or 0,
        "response_hours": _in_hours(offered.response_promise_s),
        "response_days": offered.response_promise_days,
        "reply_hours": _in_hours(offered.reply_promise_s),
        "done_hours": _in_hours(offered.done_promise_s),
        "done_days": offered.done_promise_days,
        "is_active": offered.is_active is not False,
        "checklist": "\n".join(offered.checklist or []),
        "questions": [
            {
                "key": field.key,
                "label": field.label,
                "kind": field.kind.value,
                "required": field.required,
                "hint": field.hint,
                "choices": "\n".join(field.choices),
                "asked_if": labels.get(field.asked_if, ""),
                "asked_when": field.asked_when,
            }
            for field in fields
        ],
    }


def _in_hours(seconds: int | None) -> Decimal | None:
    return Decimal(seconds) / HOUR if seconds else None
