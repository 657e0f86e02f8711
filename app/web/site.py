"""What pages have in common: drawn once, and again only where something in it is another."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import flask
from markupsafe import Markup

from app.language import gettext, spoken
from app.people.heads import TeamHead
from app.people.models import Person
from app.web.filters import plain_time, reader
from app.web.pages import draw
from app.web.sessions import csrf_token
from app.worktime.opening import Opening


def init_app(app: flask.Flask) -> None:
    """Give the templates what they share."""
    app.jinja_env.globals.update(
        head_links=head_links,
        once=once,
        site_header=site_header,
        team_header=team_header,
        hours_panel=hours_panel,
    )


def head_links() -> Markup:
    """Return the links to what every page loads, drawn once."""
    return _head_links(flask.request.script_root)


@lru_cache(maxsize=8)
def _head_links(_root: str) -> Markup:
    return Markup(draw("site/head.html"))


class Visitor(NamedTuple):
    """Who is signed in, as far as the head of a page shows it."""

    id: int
    name: str
    initials: str
    is_admin: bool


def site_header(
    here: str | None, person: Person | None, my_teams: Iterable[tuple[int, str]], unread: int
) -> Markup:
    """Return the head of a page, `here` being where it is."""
    visitor = person and Visitor(person.id, person.name, person.initials, person.is_admin)
    shown = {"here": here, "visitor": visitor, "my_teams": tuple(my_teams), "unread": unread}
    return once("site/header.html", csrf=csrf_token(), **shown)


def team_header(team: TeamHead, active: str) -> Markup:
    """Return the head that the pages of a team share, with the one that is open among its tabs."""
    shown = {"team_id": team.id, "name": team.name, "purpose": team.purpose}
    return once("teams/head.html", department=team.department.name, active=active, **shown)


def hours_panel(hours: Opening, name: str) -> Markup:
    """Return when the team called `name` works: now, next and this week."""
    said = gettext("Closed, with no opening ahead.")
    if hours.is_open:
        said = gettext("Open now.")
    elif hours.next_open:
        said = gettext("Closed now; opens %(when)s.", when=plain_time(hours.next_open))
    return once("teams/hours.html", said=said, week=hours.week, zone=hours.zone, name=name)


def once(template: str, **shown: Any) -> Markup:
    """Return a part of a page that says nothing but what is `shown`; the same is not drawn again.

    Days and times are said as to its reader today. Somebody's own token counts as shown where the
    part has a form.
    """
    there = reader()
    when = (spoken(), there.times.zone, there.times.today)
    values = (tuple(value) if isinstance(value, list) else value for value in shown.values())
    return _drawn(there.root, when, template, tuple(zip(shown, values, strict=True)))


@lru_cache(maxsize=2048)
def _drawn(_root: str, _when: object, template: str, shown: Iterable[tuple[str, Any]]) -> Markup:
    return Markup(draw(template, **dict(shown)))
