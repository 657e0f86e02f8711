"""People, departments and teams, for those who look after them."""

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length

from app.language import lazy_gettext
from app.people.rules import Role
from app.web.acting import ActForm

ROLES = [
    SelectChoice(Role.MEMBER.value, lazy_gettext("Member")),
    SelectChoice(Role.LEAD.value, lazy_gettext("Lead")),
]


def _name() -> StringField:
    needed = DataRequired(lazy_gettext("Please give a name."))
    return StringField(lazy_gettext("Name"), validators=[needed, Length(max=80)])


class PersonForm(ActForm):
    """A name, an address, and whether somebody looks after Baton."""

    name = _name()
    email = StringField(
        lazy_gettext("E-mail"),
        validators=[
            InputRequired(lazy_gettext("Please write the address.")),
            Length(max=254),
            Email(lazy_gettext("That is no e-mail address.")),
        ],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    is_admin = BooleanField(lazy_gettext("Looks after Baton: people, teams and calendars"))


class PlaceForm(ActForm):
    """A place in a team."""

    team = SelectField(lazy_gettext("Team"), coerce=int)
    role = RadioField(lazy_gettext("As"), choices=ROLES, default=Role.MEMBER.value)


class InviteForm(PersonForm):
    """Somebody new, with their first team."""

    team = SelectField(lazy_gettext("First team"), coerce=int, default=0)
    role = RadioField(lazy_gettext("As"), choices=ROLES, default=Role.MEMBER.value)


class MemberForm(ActForm):
    """Somebody who joins a team, by name or address."""

    person = StringField(
        lazy_gettext("Name or e-mail of somebody here"),
        validators=[DataRequired(lazy_gettext("Please name somebody."))],
    )


class NameForm(ActForm):
    """The name of a department."""

    name = _name()


class TeamForm(ActForm):
    """What a team is called, what it is for, where it belongs, when it works."""

    name = _name()
    purpose = StringField(
        lazy_gettext("What it is for, in one sentence"), validators=[Length(max=280)]
    )
    department = SelectField(lazy_gettext("Department"), coerce=int)
    calendar = SelectField(lazy_gettext("Calendar"), coerce=int, default=0)
    zone = StringField(
        lazy_gettext("Time zone of a new calendar"),
        validators=[Length(max=64)],
        render_kw={"list": "zones", "autocomplete": "off", "spellcheck": "false"},
    )
