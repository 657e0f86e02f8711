"""The log of those who look after the organisation, in words."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup, escape

from app.administration.models import AdminEvent
from app.language import gettext, gettext_noop

# What somebody did to somebody or something: `whom` is "the team Finance".
DEEDS: Final[Mapping[str, str]] = {
    "invited": gettext_noop("%(who)s invited %(whom)s"),
    "invited again": gettext_noop("%(who)s made an invitation for %(whom)s"),
    "changed": gettext_noop("%(who)s changed %(whom)s"),
    "placed": gettext_noop("%(who)s gave a place to %(whom)s"),
    "taken out": gettext_noop("%(who)s took out of a team %(whom)s"),
    "brought back": gettext_noop("%(who)s brought back %(whom)s"),
    "left": gettext_noop("%(who)s deactivated %(whom)s"),
    "signed out": gettext_noop("%(who)s signed out everywhere %(whom)s"),
    "made": gettext_noop("%(who)s made %(whom)s"),
    "renamed": gettext_noop("%(who)s renamed %(whom)s"),
    "added": gettext_noop("%(who)s added %(whom)s"),
    "second step forgotten": gettext_noop("%(who)s took away the second step of %(whom)s"),
    "password changed": gettext_noop("%(who)s changed the password of %(whom)s"),
    "let in": gettext_noop("%(who)s made a link that lets in %(whom)s"),
    "began to bring in": gettext_noop("%(who)s began to bring in %(whom)s"),
    "dropped": gettext_noop("%(who)s dropped %(whom)s"),
}
# What somebody changed about how they themselves come in.
OWN: Final[Mapping[str, str]] = {
    "passkey added": gettext_noop("%(who)s added a passkey"),
    "passkey forgotten": gettext_noop("%(who)s took a passkey away"),
    "app set up": gettext_noop("%(who)s set up an app for codes"),
    "app forgotten": gettext_noop("%(who)s took the app for codes away"),
    "codes renewed": gettext_noop("%(who)s made new recovery codes"),
    "password changed": gettext_noop("%(who)s changed their password"),
    "invitation used": gettext_noop("%(who)s came in by an invitation"),
    "account linked": gettext_noop("%(who)s came in by a new account"),
    "placed by a group": gettext_noop("%(who)s got a place in a team by a group of their account"),
    "taken out by a group": gettext_noop(
        "%(who)s lost a place in a team by a group of their account"
    ),
    "token made": gettext_noop("%(who)s made a token for programs"),
    "token ended": gettext_noop("%(who)s ended a token for programs"),
    "browser signed out": gettext_noop("%(who)s signed one of their browsers out"),
    "signed out everywhere": gettext_noop("%(who)s signed out everywhere"),
}
WHOM: Final[Mapping[str, str]] = {
    "person": gettext_noop("the person %(name)s"),
    "team": gettext_noop("the team %(name)s"),
    "department": gettext_noop("the department %(name)s"),
    "calendar": gettext_noop("the calendar %(name)s"),
    "log": gettext_noop("the log %(name)s"),
}
PARTS: Final[Mapping[str, str]] = {
    "name": gettext_noop("name"),
    "email": gettext_noop("email"),
    "is_admin": gettext_noop("is_admin"),
    "is_active": gettext_noop("is_active"),
    "team": gettext_noop("team"),
    "role": gettext_noop("role"),
    "purpose": gettext_noop("purpose"),
    "department": gettext_noop("department"),
    "calendar": gettext_noop("calendar"),
    "cases": gettext_noop("cases"),
    "handed": gettext_noop("handed"),
    "went_on": gettext_noop("went on"),
}
ROLES: Final[Mapping[str, str]] = {"member": gettext_noop("member"), "lead": gettext_noop("lead")}


def sentence(event: AdminEvent) -> Markup:
    """Return who did what to whom, as HTML."""
    who = event.by.name if event.by else gettext("Somebody at the command line")
    own = event.subject == "person" and event.subject_id == event.by_id
    if own and event.key.startswith("own "):
        return _said(OWN.get(event.act, event.act), who=who)
    name = Markup('<strong dir="auto">{}</strong>').format(event.name)
    whom = _said(WHOM[event.subject], name=name)
    return _said(DEEDS.get(event.act, OWN.get(event.act, event.act)), who=who, whom=whom)


def _said(sentence: str, **values: str) -> Markup:
    return Markup(gettext(sentence)) % {name: escape(value) for name, value in values.items()}


def part_name(part: str) -> str:
    """Return what a part of something is called."""
    return gettext(PARTS[part]) if part in PARTS else part


def part_value(part: str, value: Any) -> Any:
    """Return a value of such a part as people read it; what has no words of its own stays."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return gettext(ROLES[value]) if part == "role" and value in ROLES else value
