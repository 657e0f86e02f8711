"""Going anywhere by a few letters: pages, offers, requests. A page, and the same in a dialog."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import flask

from app.catalogue.queries import by_department, offers
from app.db import db
from app.language import gettext, gettext_noop
from app.people.queries import teams_of
from app.requests.lists.filters import Search
from app.requests.lists.found import found
from app.requests.lists.lines import Line
from app.requests.queries import find_visible
from app.requests.search.folding import folded_words
from app.requests.search.wanted import LIMIT, number_of, read_wanted
from app.web.headers import now
from app.web.render import me, page

bp = flask.Blueprint("palette", __name__)
FEW = 6
OF_A_TEAM = (
    (gettext_noop("%(team)s: queue"), "teams.queue", "list"),
    (gettext_noop("%(team)s: board"), "teams.board", "columns-3"),
    (gettext_noop("%(team)s: turnaround"), "turnaround.team", "chart-column"),
)


@dataclass(frozen=True)
class Place:
    """Somewhere to go: what it is called, where it is, and an icon."""

    words: str
    url: str
    icon: str
    kicker: str = ""


@bp.get("/go")
def go() -> Any:
    """Show where the typed letters may lead; without any, the pages one needs most."""
    typed = flask.request.args.get("q", "").strip()[:LIMIT]
    return page(
        "finding/go.html",
        part="_go.html",
        typed=typed,
        places=[*_numbered(typed), *_places(typed), *_offers(typed)],
        lines_shown=_requests(typed)[:FEW],
    )


def _places(typed: str) -> Sequence[Place]:
    """Return my pages, each word of which begins like one that was typed."""
    wanted = folded_words(typed)
    every = list(_my_pages())
    kept = [p for p in every if all(_begins(word, p.words) for word in wanted)]
    return kept if wanted else every


def _my_pages() -> Iterator[Place]:
    yield Place(gettext("My work"), flask.url_for("work.mine"), "inbox")
    yield Place(gettext("Everything I asked for"), flask.url_for("work.asked"), "send")
    yield Place(gettext("Ask for something"), flask.url_for("catalogue.choose_team"), "plus")
    yield Place(gettext("Find"), flask.url_for("finding.find"), "search")
    yield Place(gettext("What I was told: notices"), flask.url_for("notices.mine"), "bell")
    names = {place.team_id: place.team_name for place in me().places}
    for team_id in sorted(teams_of(me()), key=names.__getitem__):
        for said, endpoint, icon in OF_A_TEAM:
            there = flask.url_for(endpoint, team_id=team_id)
            yield Place(gettext(said, team=names[team_id]), there, icon)
    yield Place(
        gettext("Turnaround of all teams"), flask.url_for("turnaround.everybody"), "chart-column"
    )
    yield Place(gettext("Me and my hours"), flask.url_for("people.me"), "user")
    yield Place(gettext("When I am away"), flask.url_for("absences.away"), "calendar")
    yield Place(gettext("How I want to be told"), flask.url_for("notices.wishes"), "settings")
    yield Place(gettext("What I am learning"), flask.url_for("people.learning"), "sparkles")
    yield Place(gettext("My own figures"), flask.url_for("own_figures.show"), "chart-column")
    yield Place(gettext("Keys and filters"), flask.url_for("finding.keys"), "info")


def _begins(word: str, words: str) -> bool:
    return any(each.startswith(word) for each in folded_words(words))


def _numbered(typed: str) -> list[Place]:
    number = number_of(typed)
    request = find_visible(db.session, me(), number) if number else None
    if request is None:
        return []
    url = flask.url_for("requests.show", request_id=request.id)
    return [Place(request.title, url, "arrow-right", f"#{request.id}")]


def _offers(typed: str) -> list[Place]:
    if len(typed) < 2:
        return []
    found_offers = by_department(db.session.scalars(offers()), typed)
    every = [(t.name, o) for _, teams in found_offers for t, theirs in teams for o in theirs]
    return [
        Place(
            gettext("Ask for: %(offer)s", offer=offer.name),
            flask.url_for("catalogue.fill_in", type_id=offer.id),
            "plus",
            team,
        )
        for team, offer in every[:FEW]
    ]


def _requests(typed: str) -> list[Line]:
    wanted = read_wanted(typed)
    if len(typed) < 2 or number_of(typed):
        return []
    return found(db.session, Search(me(), wanted, at=now(), limit=FEW))
