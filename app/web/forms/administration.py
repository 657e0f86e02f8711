"""People, departments and teams, for those who look after them."""

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length

from app.people.rules import Role
from app.web.acting import ActForm

ROLES = [SelectChoice(Role.MEMBER.value, "Member"), SelectChoice(Role.LEAD.value, "Lead")]


def _name(label: str = "Name") -> StringField:
    return StringField(label, validators=[DataRequired("Please give a name."), Length(max=80)])


class PersonForm(ActForm):
    """A name, an address, and whether somebody looks after Baton."""

    name = _name()
    email = StringField(
        "E-mail",
        validators=[
            InputRequired("Please write the address."),
            Length(max=254),
            Email("That is no e-mail address."),
        ],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    is_admin = BooleanField("Looks after Baton: people, teams and calendars")


class PlaceForm(ActForm):
    """A place in a team."""

    team = SelectField("Team", coerce=int)
    role = RadioField("As", choices=ROLES, default=Role.MEMBER.value)


class InviteForm(PersonForm):
    """Somebody new, with their first team."""

    team = SelectField("First team", coerce=int, default=0)
    role = RadioField("As", choices=ROLES, default=Role.MEMBER.value)


class MemberForm(ActForm):
    """Somebody who joins a team, by name or address."""

    person = StringField(
        "Name or e-mail of somebody here", validators=[DataRequired("Please name somebody.")]
    )


class NameForm(ActForm):
    """The name of a department."""

    name = _name()


class TeamForm(ActForm):
    """What a team is called, what it is for, where it belongs, when it works."""

    name = _name()
    purpose = StringField("What it is for, in one sentence", validators=[Length(max=280)])
    department = SelectField("Department", coerce=int)
    calendar = SelectField("Calendar", coerce=int, default=0)
    zone = StringField(
        "Time zone of a new calendar",
        validators=[Length(max=64)],
        render_kw={"list": "zones", "autocomplete": "off", "spellcheck": "false"},
    )
