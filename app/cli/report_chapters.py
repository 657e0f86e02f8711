"""`flask report now`, `flask report expect`, …: each page of deeper figures, for programs."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock
from app.catalogue.models import RequestType
from app.cli.copies import from_copy
from app.cli.report import DAY
from app.db import db
from app.people.models import Team
from app.turnaround.basis import Scope
from app.turnaround.chapters import Page, Wanted, tell
from app.turnaround.contents import CHAPTERS
from app.turnaround.lives import Time
from app.turnaround.rules import BadWindow, Choice, choose
from app.turnaround.sheets import document

OPTIONS = (
    click.option("--format", type=click.Choice(["json"]), default="json", expose_value=False),
    click.option("--team", help="Only this team, by its exact name."),
    click.option("--with", "other", help="The other team, for `pair`."),
    click.option("--type", "kind", help="Only this type, by its exact name."),
    click.option("--asker", help="Only what this team asked, by its exact name."),
    click.option("--days", type=click.IntRange(1), help="The last so many days; 90 without."),
    click.option("--all", "everything", is_flag=True, help="All days there are."),
    click.option("--from", "first", type=DAY, help="First day, in the team's time zone."),
    click.option("--to", "last", type=DAY, help="Last day, which counts too."),
    click.option(
        "--time",
        type=click.Choice([time.value for time in Time]),
        default="working",
        help="Which clock.",
    ),
)


def print_chapter(chapter: str, **asked: Any) -> None:
    """Print the figures of one chapter as JSON."""
    page = from_copy(
        lambda: tell(db.session, CHAPTERS[chapter], _wanted(asked), now=clock.now(), viewer=None)
    )
    json.dump(_document(page), sys.stdout, indent=2, default=str)
    sys.stdout.write("\n")


def _document(page: Page) -> dict[str, Any]:
    basis = page.basis
    window = {"first": basis.window.first, "last": basis.window.last, "zone": basis.window.zones}
    return {
        "chapter": page.chapter.key,
        "of": basis.scope.name,
        "at": basis.now.isoformat(),
        "window": window,
        "time": basis.time,
        "figures": [document(sheet) for sheet in page.sheets],
    }


def _wanted(asked: dict[str, Any]) -> Wanted:
    team, other = (_id(Team, asked[name], "team") for name in ("team", "other"))
    kind = _id(RequestType, asked["kind"], "type", team)
    return Wanted(
        _scope(asked, team, other, kind),
        None if asked["everything"] else _choice(asked["days"], asked["first"], asked["last"]),
        Time(asked["time"]),
        type_id=kind,
        asker_id=_id(Team, asked["asker"], "team"),
    )


def _scope(asked: dict[str, Any], team: int | None, other: int | None, kind: int | None) -> Scope:
    if team and other:
        name = f"{asked['team']} and {asked['other']}"
        return Scope("pair", name, team_id=team, other_id=other)
    if team:
        return Scope("team", asked["team"], team_id=team)
    if kind:
        return Scope("type", asked["kind"], type_id=kind)
    return Scope("organisation", "Everybody")


def _choice(days: int | None, first: datetime | None, last: datetime | None) -> Choice:
    try:
        chosen = choose(None, first.date() if first else None, last.date() if last else None)
    except BadWindow as reason:
        raise click.ClickException(str(reason)) from reason
    return Choice(days) if days and not first else chosen


def _id(model: Any, name: str | None, what: str, team: int | None = None) -> int | None:
    """Return the id of the one row of this name. :raises ClickException: when there is not one."""
    if name is None:
        return None
    wanted = select(model.id).where(model.name == name)
    if team is not None:
        wanted = wanted.where(model.team_id == team)
    found = list(db.session.scalars(wanted.limit(2)))
    if len(found) != 1:
        said = "no" if not found else "more than one"
        raise click.ClickException(f"There is {said} {what} called “{name}”.")
    return found[0]


def add_chapters(group: AppGroup) -> None:
    """Add a command for each chapter to `group`."""
    for chapter in CHAPTERS.values():
        group.command(chapter.key, help=f"{chapter.headline}: the figures.")(_run(chapter.key))


def _run(chapter: str) -> Callable[..., None]:
    def run(**asked: Any) -> None:
        if (chapter == "pair") != bool(asked["team"] and asked["other"]):
            raise click.ClickException("`pair`, and only `pair`, needs --team and --with.")
        print_chapter(chapter, **asked)

    for option in reversed(OPTIONS):
        run = option(run)
    return run
