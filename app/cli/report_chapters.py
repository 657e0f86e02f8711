"""`flask report now`, `flask report expect`, …: each page of deeper figures, for programs."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click
from flask.cli import AppGroup

from app import clock
from app.cli.copies import from_copy
from app.cli.narrowing import CLOCK, days_of, narrowed, only, team_id, type_id
from app.db import db
from app.turnaround.basis import Scope
from app.turnaround.chapters import Page, Wanted, tell
from app.turnaround.contents import CHAPTERS
from app.turnaround.lives import Time
from app.turnaround.sheets import document

OPTIONS = (
    click.option("--format", type=click.Choice(["json"]), default="json", expose_value=False),
    click.option("--team", help="Only this team, by its exact name."),
    click.option("--with", "other", help="The other team, for `pair`."),
    CLOCK,
)


def print_chapter(chapter: str, **asked: Any) -> None:
    """Print the figures of one chapter as JSON."""
    page = from_copy(
        lambda: tell(db.session, CHAPTERS[chapter], _wanted(asked), now=clock.now(), viewer=None)
    )
    json.dump(_document(page, only(asked)), sys.stdout, indent=2, default=str)
    sys.stdout.write("\n")


def _document(page: Page, narrowed_by: dict[str, str]) -> dict[str, Any]:
    basis = page.basis
    window = {"first": basis.window.first, "last": basis.window.last, "zone": basis.window.zones}
    return {
        "chapter": page.chapter.key,
        "of": basis.scope.name,
        "at": basis.now.isoformat(),
        "window": window,
        "only": narrowed_by,
        "time": basis.time,
        "figures": [document(sheet) for sheet in page.sheets],
    }


def _wanted(asked: dict[str, Any]) -> Wanted:
    team, other = team_id(asked["team"]), team_id(asked["other"])
    kind = type_id(asked["kind"], team)
    return Wanted(
        _scope(asked, team, other, kind),
        days_of(asked),
        Time(asked["time"]),
        type_id=kind,
        asker_id=team_id(asked["asker"]),
        stage=asked["stage"],
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


def add_chapters(group: AppGroup) -> None:
    """Add a command for each chapter to `group`."""
    for chapter in CHAPTERS.values():
        group.command(chapter.key, help=f"{chapter.headline}: the figures.")(_run(chapter.key))


def _run(chapter: str) -> Callable[..., None]:
    def run(**asked: Any) -> None:
        if (chapter == "pair") != bool(asked["team"] and asked["other"]):
            raise click.ClickException("`pair`, and only `pair`, needs --team and --with.")
        for name in sorted({"asker", "stage"}.difference(CHAPTERS[chapter].filters)):
            if asked[name] is not None:
                raise click.ClickException(f"`{chapter}` is not narrowed by --{name}.")
        print_chapter(chapter, **asked)

    run = narrowed(run)
    for option in reversed(OPTIONS):
        run = option(run)
    return run
