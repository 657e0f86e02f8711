"""The forms of what stands beside a request: approvals, lists, links, merging."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from app.db import db
from app.people.models import Person
from app.people.queries import person_called
from app.requests.models import Request
from app.requests.queries import find_visible, relation
from app.requests.rights import may_carry
from app.requests.rules import LinkKind
from app.requests.search.wanted import number_of
from app.web.acting import ActForm
from app.web.forms.words import words_field
from app.web.headers import now
from app.web.render import me

MOST_MISSING = 12


def day_field(label: str) -> DateField:
    """Return a field for the day on which an answer is hoped for."""
    missing = "Please name a day; the work goes on then, answer or not."
    return DateField(label, validators=[InputRequired(missing)])


class UntilForm(ActForm):
    """A question that waits until a day."""

    until = day_field("When do you hope for it?")

    def until_moment(self, zone: str) -> datetime:
        """Return the end of the hoped-for day in the team's zone."""
        day: date = self.until.data
        return datetime.combine(day, time(17, 0), ZoneInfo(zone))

    def validate_until(self, field: DateField) -> None:
        """The day comes."""
        if field.data and field.data < now().date():
            raise ValidationError("That day has passed; please name one that comes.")


class ReturnForm(UntilForm):
    """Give it back with a list of what is missing."""

    missing = words_field("What is missing?", "Please name at least one thing, each on its line.")

    def items(self) -> list[str]:
        """Return what is missing, a line each."""
        lines = (line.strip(" -*\t") for line in (self.missing.data or "").splitlines())
        return [line for line in lines if line]

    def validate_missing(self, _field: TextAreaField) -> None:
        """A list that somebody can work through."""
        if not self.items():
            raise ValidationError("Please name at least one thing, each on its line.")
        if len(self.items()) > MOST_MISSING:
            raise ValidationError(f"Please keep it to {MOST_MISSING}; the rest can come later.")


class ApprovalForm(UntilForm):
    """Ask one person to agree."""

    of = StringField(
        "Whose word is needed?",
        validators=[InputRequired("Please write a name or an address."), Length(max=254)],
        render_kw={"autocomplete": "off", "list": "people-near"},
    )
    question = words_field("To what should they agree?", "Please write what they decide on.")
    person: Person | None = None

    def validate_of(self, field: StringField) -> None:
        """Somebody who is here, and not oneself."""
        self.person = person_called(db.session, field.data or "")
        if self.person is None:
            raise ValidationError("There is nobody, or more than one, of that name; an address?")
        if self.person.id == me().id:
            raise ValidationError("Somebody else has to agree.")


class DecisionForm(ActForm):
    """Agree, or not."""

    agreed = RadioField(
        "Your word",
        choices=[SelectChoice("yes", "I agree"), SelectChoice("no", "I do not agree")],
        validators=[InputRequired("Please choose one; there is no default.")],
    )
    words = words_field("In your words", None, rows=3)

    def validate_words(self, field: TextAreaField) -> None:
        """No comes with its why."""
        if self.agreed.data == "no" and not (field.data or "").strip():
            raise ValidationError("Please say why, and what would change it.")


class NumberForm(ActForm):
    """Another request, by its number."""

    number = StringField(
        "Number of the other request",
        validators=[InputRequired("Please write its number."), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    other: Request | None = None

    def validate_number(self, field: StringField) -> None:
        """One that I may see; an unseen one looks like a missing one."""
        number = number_of(field.data or "")
        self.other = find_visible(db.session, me(), number) if number else None
        if self.other is None or not self.fits(self.other):
            raise ValidationError(self.missing)

    missing = "There is no request of this number that you may see."

    def fits(self, _other: Request) -> bool:
        """Say whether this one can be taken."""
        return True


class LinkForm(NumberForm):
    """Link it with another one."""

    kind = SelectField(
        "How do they belong together?",
        choices=[
            SelectChoice(LinkKind.RELATED.value, "It is related to that one"),
            SelectChoice(LinkKind.DUPLICATE.value, "It asks the same as that one"),
            SelectChoice(LinkKind.CHILD.value, "It is a part of that one"),
            SelectChoice(LinkKind.FOLLOW_UP.value, "It follows on that one"),
        ],
    )


class MergeForm(NumberForm):
    """Merge it into another one that one's team carries, too."""

    words = words_field("A word to who asked", None, rows=2)
    missing = "There is no open request of this number that your team has."

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
    to = IntegerField(validators=[InputRequired()])


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
