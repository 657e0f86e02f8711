"""What stands around a chapter of figures: whose it is, the switches, the addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.catalogue.models import RequestType
from app.db import db
from app.language import gettext, gettext_noop
from app.language.writing import listed
from app.people.models import Team
from app.turnaround import queries
from app.turnaround.basis import Scope
from app.turnaround.chapters import Page, Wanted
from app.turnaround.contents import CHAPTERS, OWN, Chapter
from app.turnaround.lives import Time
from app.web import filters
from app.web.copies import not_from_copy
from app.web.forms.chapters import NAMES, ChapterForm
from app.web.headers import now
from app.web.numbers import as_number, is_number
from app.web.render import me

OWN_KEPT = ("days", "first", "last", "time")
KEPT = ("team", "other", "type", "asker", "stage", *OWN_KEPT)
CLOCKS = {Time.WORKING: gettext_noop("Working time"), Time.ELAPSED: gettext_noop("Elapsed time")}


@dataclass(frozen=True)
class Asked:
    """A chapter as asked for: the chosen figures, the form, and what stays in every address.

    `pages` is the blueprint that shows it; `named` is what its addresses name beside. `lost` is a
    type that was chosen before, and that this team does not offer.
    """

    chapter: Chapter
    wanted: Wanted
    form: ChapterForm
    span: str | None
    kept: Mapping[str, str]
    pages: str
    named: Mapping[str, str]
    lost: str | None = None

    def url(self, which: str, **more: Any) -> str:
        """Return the address of a page that keeps what was chosen, but for `more`."""
        values = {**self.named, **self.kept, **more}
        known = {name: value for name, value in values.items() if value is not None}
        return filters.address(f"{self.pages}.{which}", **known)


def asked(chapter: str) -> Asked:
    """Read the address. 404 for a team or a type that there is not."""
    args = flask.request.args
    kept = {name: args[name] for name in KEPT if args.get(name)}
    teams = [(team.id, team.name) for team in queries.teams(db.session)]
    scope = _scope(chapter, kept, dict(teams))
    types = _types(scope)
    if lost := _not_offered(kept, scope, types):
        del kept["type"]
    form = ChapterForm(MultiDict(kept))
    form.offer(types, teams)
    wanted = form.wanted(scope, CHAPTERS[chapter].filters)
    named = {"chapter": chapter}
    return Asked(CHAPTERS[chapter], wanted, form, form.span(), kept, "chapters", named, lost)


def asked_for_myself() -> Asked:
    """Read the address of my own figures: days and a clock, and nothing that could name anybody."""
    kept = {name: flask.request.args[name] for name in OWN_KEPT if flask.request.args.get(name)}
    form = ChapterForm(MultiDict(kept))
    form.offer((), ())
    teams = [place.team_id for place in me().places]
    scope = Scope("own", me().name, team_id=min(teams, default=None))
    return Asked(OWN, form.wanted(scope, ()), form, form.span(), kept, "own_figures", {})


def _scope(chapter: str, kept: Mapping[str, str], teams: Mapping[int, str]) -> Scope:
    one, other = (_known(kept.get(name), teams) for name in ("team", "other"))
    if chapter == "pair":
        if one is None or other is None or one == other:
            flask.abort(404)
        return Scope("pair", listed((teams[one], teams[other])), team_id=one, other_id=other)
    if one is not None:
        return Scope("team", teams[one], team_id=one)
    if "type" in kept:
        names = db.session.execute(select(RequestType.id, RequestType.name)).all()
        known = {row[0]: row[1] for row in names}
        kind = _known(kept["type"], known)
        return Scope("type", known[kind], type_id=kind) if kind is not None else flask.abort(404)
    return Scope("organisation", gettext("Everybody"))


def _known(text: str | None, names: Mapping[int, str]) -> int | None:
    if text is None:
        return None
    number = as_number(text) if is_number(text) else 0
    return number if number in names else flask.abort(404)


def _types(scope: Scope) -> list[tuple[int, str]]:
    """Return the types to choose from: those of the teams, with the team where there are many."""
    wanted = select(RequestType.id, RequestType.name, Team.name).join(Team)
    if scope.team_id is not None:
        wanted = wanted.where(Team.id.in_([scope.team_id, scope.other_id or scope.team_id]))
    one = scope.kind == "team"
    rows = db.session.execute(wanted.order_by(Team.name, RequestType.name, RequestType.id))
    return [(row[0], row[1] if one else f"{row[2]}: {row[1]}") for row in rows]


def _not_offered(
    kept: Mapping[str, str], scope: Scope, types: Sequence[tuple[int, str]]
) -> str | None:
    """Return the name of the chosen type where it is another team's; None where it can stay."""
    chosen = kept.get("type", "")
    if scope.kind != "team" or not is_number(chosen) or as_number(chosen) in dict(types):
        return None
    return db.session.scalar(select(RequestType.name).where(RequestType.id == as_number(chosen)))


def frame_of(found: Asked, told: Page) -> dict[str, Any]:
    """Return what the page shows around its figures."""
    window = {"first": None, "last": None}
    return {
        "chapter": found.chapter,
        "scope": found.wanted.scope,
        "basis": told.basis,
        "form": found.form,
        "kept": found.kept,
        "lost": found.lost,
        "spans": [(gettext(n), found.url("show", days=k, **window), k) for n, k in NAMES],
        "span": found.span,
        "clocks": [
            (gettext(CLOCKS[time]), found.url("show", time=time.value), time) for time in Time
        ],
        "list_of": lambda key: _mark(found, key),
        "csv_of": lambda key: found.url("export", sheet=key),
        "here": found.url("show"),
        "action": found.url("show", **dict.fromkeys(KEPT)),
    }


def _mark(found: Asked, key: str) -> str:
    """Return where a mark leads: to a request, to a pair of teams, or to the list behind it."""
    what, _, number = key.partition("-")
    if what == "request":
        return filters.request_address(int(number))
    if what == "pair":
        return found.url("show", chapter="pair", other=number)
    return found.url("behind", of=key)


def titles(told: Page) -> dict[int, str]:
    """Return the titles of the requests named in the tables, through the gate."""
    ids = {
        cell.value
        for sheet in told.sheets
        for row in sheet.rows
        for cell in row
        if cell.kind == "request" and cell.value
    }
    with not_from_copy():
        found = queries.named(db.session, me(), [*ids], at=now())
    return {request.id: request.title for request in found}
