"""Answering remarks."""

from wtforms import Form, FormField, RadioField
from wtforms.validators import Optional

from app.feedback.rules import AnswerKind
from app.language import lazy_gettext
from app.web.acting import ActForm
from app.web.forms.slots import choices, words


class AnswerForm(Form):
    """What the author says to one remark."""

    kind = RadioField(
        lazy_gettext("Your answer"),
        choices=choices(*(k for k in AnswerKind if k is not AnswerKind.THANKS)),
        validators=[Optional()],
    )
    words = words(lazy_gettext("In your words"))


class AnswersForm(ActForm):
    """The answers to all remarks that wait; built per request, a field per remark."""


def answers_form(remark_ids: list[int]) -> AnswersForm:
    """Return a form with an `AnswerForm` for each remark, named remark_<id>."""
    fields = {f"remark_{number}": FormField(AnswerForm) for number in remark_ids}
    form: AnswersForm = type("Answers", (AnswersForm,), fields)()
    return form
