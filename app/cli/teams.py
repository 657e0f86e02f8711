"""`flask team add`: the first teams of an installation and what they offer."""

import re

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.administration.organising import own_calendar
from app.catalogue.models import RequestType
from app.cli.typed import NAME, PURPOSE
from app.db import db
from app.people.models import Department, Team
from app.worktime.rules import BadCalendar, parse_plan

team = AppGroup("team", help="The teams of this installation.")
HOUR = 3600
MOST_HOURS = 2000


@team.command("add")
@click.option("--name", type=NAME, required=True)
@click.option("--department", type=NAME, required=True, help="Made when it is not there yet.")
@click.option("--zone", required=True, help="Such as Europe/Berlin.")
@click.option("--hours", default="09:00-17:00", show_default=True, help="Monday to Friday.")
@click.option(
    "--purpose", type=PURPOSE, default="", help="One sentence for those who look for the team."
)
@click.option("--offers", multiple=True, help="“Name” or “Name:hours until done”; repeatable.")
def add(
    name: str, department: str, zone: str, hours: str, purpose: str, offers: tuple[str, ...]
) -> None:
    """Add a team with its calendar and the requests it takes."""
    if db.session.scalar(select(Team).where(Team.name == name)):
        raise click.ClickException(f"There is a team “{name}” already.")
    calendar = own_calendar(db.session, name, zone, hours=hours.split("-", 1))
    try:
        parse_plan(calendar.plan)
    except BadCalendar as reason:
        raise click.ClickException(str(reason)) from None
    found = db.session.scalar(select(Department).where(Department.name == department))
    added = Team(
        name=name,
        purpose=purpose,
        department=found or Department(name=department),
        calendar=calendar,
    )
    kinds = [_offer(added, text) for text in offers]
    if len({one.name for one in kinds}) < len(kinds):
        raise click.ClickException("Each kind of request needs a name of its own.")
    db.session.add_all([added, *kinds])
    db.session.commit()
    said = "1 kind" if len(kinds) == 1 else f"{len(kinds)} kinds"
    click.echo(f"{name} is here, with {said} of requests.")


def _offer(added: Team, text: str) -> RequestType:
    name, _, until_done = text.partition(":")
    hours = int(until_done) if re.fullmatch("[0-9]{1,9}", until_done) else 0
    if until_done and not 0 < hours <= MOST_HOURS:
        raise click.ClickException(
            f"“{text}”: the hours until done are a whole number, 1 to {MOST_HOURS}."
        )
    return RequestType(
        team=added, name=NAME.checked(name, "--offers"), done_promise_s=hours * HOUR or None
    )
