"""What all pages have in common: drawn once, and again only where something in it is another."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import flask
from markupsafe import Markup

from app.language import spoken
from app.people.models import Person
from app.web.pages import draw
from app.web.sessions import csrf_token


def init_app(app: flask.Flask) -> None:
    """Give the templates what they share."""
    app.jinja_env.globals.update(head_links=head_links, site_header=site_header)


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
    """Return the head of a page, `here` being where it is; the same again is drawn once."""
    visitor = person and Visitor(person.id, person.name, person.initials, person.is_admin)
    shown = (here, visitor, tuple(my_teams), unread)
    return _site_header(flask.request.script_root, spoken(), csrf_token(), *shown)


@lru_cache(maxsize=1024)
def _site_header(
    _root: str,
    _language: str,
    _token: str,
    here: str | None,
    visitor: Visitor | None,
    my_teams: tuple[tuple[int, str], ...],
    unread: int,
) -> Markup:
    known = {"here": here, "visitor": visitor, "my_teams": my_teams, "unread": unread}
    return Markup(draw("site/header.html", **known))
