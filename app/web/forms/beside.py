"""The forms of what stands beside a request: links, merging, a point of its checklist."""

from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from app.db import db
from app.language import lazy_gettext
from app.requests.models import Request
from app.requests.queries import find_visible, relation
from app.requests.rights import may_carry
from app.requests.rules import LinkKind
from app.requests.search.wanted import number_of
from app.web.acting import ActForm
from app.web.forms.asking_others import ApprovalForm, DecisionForm, ReturnForm
from app.web.forms.words import words_field
from app.web.numbers import NumberField
from app.web.render import me


class NumberForm(ActForm):
    """Another request, by its number."""

    number = StringField(
        lazy_gettext("Number of the other request"),
        validators=[InputRequired(lazy_gettext("Please write its number.")), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    other: Request | None = None

    def validate_number(self, field: StringField) -> None:
        """Another one that I may see; an unseen one looks like a missing one."""
        number = number_of(field.data or "")
        if number == self.about.id:
            raise ValidationError(self.itself)
        self.other = find_visible(db.session, me(), number) if number else None
        if self.other is None or not self.fits(self.other):
            raise ValidationError(self.missing)

    missing = lazy_gettext("There is no request of this number that you may see.")
    itself = lazy_gettext("A request cannot be linked with itself.")

    def fits(self, _other: Request) -> bool:
        """Say whether this one can be taken."""
        return True


class LinkForm(NumberForm):
    """Link it with another one."""

    kind = SelectField(
        lazy_gettext("How do they belong together?"),
        choices=[
            SelectChoice(LinkKind.RELATED.value, lazy_gettext("It is related to that one")),
            SelectChoice(LinkKind.DUPLICATE.value, lazy_gettext("It asks the same as that one")),
            SelectChoice(LinkKind.CHILD.value, lazy_gettext("It is a part of that one")),
            SelectChoice(LinkKind.FOLLOW_UP.value, lazy_gettext("It follows on that one")),
        ],
        validators=[InputRequired()],
    )


class MergeForm(NumberForm):
    """Merge it into another one that one's team carries, too."""

    words = words_field(lazy_gettext("A word to who asked"), None, rows=2)
    missing = lazy_gettext("There is no open request of this number that your team has.")
    itself = lazy_gettext("A request cannot be merged into itself.")

    def fits(self, other: Request) -> bool:
        """It is ours, and it goes on."""
        return other.ended_at is None and may_carry(relation(db.session, other, me()))


class PointForm(ActForm):
    """One point of a checklist, by its words."""

    point = HiddenField(validators=[InputRequired(), Length(max=200)])
    done = HiddenField(validators=[AnyOf(("yes", "no"))])


class PartForm(ActForm):
    """One link, by what it says."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in LinkKind])])
    to = NumberField(validators=[InputRequired()])


FORMS: dict[str, type[ActForm]] = {
    "return": ReturnForm,
    "approval": ApprovalForm,
    "decision": DecisionForm,
    "link": LinkForm,
    "merge": MergeForm,
}
ADDRESSES = {
    "return": "returns",
    "approval": "approvals",
    "decision": "decisions",
    "link": "links",
    "merge": "merges",
}
