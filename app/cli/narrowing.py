"""What `flask report` may be narrowed by, as the pages may: days, a type, who asked, a stage."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import click
from sqlalchemy import select

from app.catalogue.models import RequestType
from app.db import db
from app.people.models import Team
from app.turnaround.lives import Time
from app.turnaround.rules import MAX_DAYS, STAGES, BadWindow, Choice, choose

DAY = click.DateTime(["%Y-%m-%d"])
OPTIONS = (
    click.option("--type", "kind", help="Only this type, by its exact name."),
    click.option("--asker", help="Only what this team asked, by its exact name."),
    click.option("--stage", type=click.Choice(STAGES), help="Only what was at this stage."),
    click.option("--days", type=click.IntRange(1, MAX_DAYS), help="The last so many; 90 without."),
    click.option("--all", "everything", is_flag=True, help="All days there are."),
    click.option("--from", "first", type=DAY, help="First day, in the team's time zone."),
    click.option("--to", "last", type=DAY, help="Last day, which counts too."),
)
CLOCKS = click.Choice([time.value for time in Time])
CLOCK = click.option("--time", type=CLOCKS, default="working", help="Which clock.")


def narrowed(run: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options."""
    for option in reversed(OPTIONS):
        run = option(run)
    return run


def days_of(asked: Mapping[str, Any]) -> Choice:
    """Return the days that were asked for. :raises ClickException: when they are none."""
    first, last = (_day(asked[name]) for name in ("first", "last"))
    ways = [asked["days"] is not None, asked["everything"], bool(first or last)]
    if sum(ways) > 1:
        raise click.ClickException("Please give either --days, or --all, or --from and --to.")
    if asked["days"] or asked["everything"]:
        return Choice(asked["days"])
    try:
        return choose(None, first, last)
    except BadWindow as reason:
        raise click.ClickException(str(reason)) from reason


def _day(given: datetime | None) -> Any:
    return given.date() if given else None


def team_id(name: str | None) -> int | None:
    """Return the id of the team of this name. :raises ClickException: when there is not one."""
    return _id(Team, name, "team")


def type_id(name: str | None, team: int | None) -> int | None:
    """Return the id of the type of this name. :raises ClickException: when there is not one."""
    return _id(RequestType, name, "type", team)


def _id(model: Any, name: str | None, what: str, team: int | None = None) -> int | None:
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


def only(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return in words what the figures are narrowed by."""
    names = {"type": asked["kind"], "asker": asked["asker"], "stage": asked["stage"]}
    return {name: value for name, value in names.items() if value is not None}
