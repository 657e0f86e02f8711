"""`flask team add`: the first teams of an installation and what they offer."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.catalogue.models import RequestType
from app.db import db
from app.people.models import Department, Team
from app.worktime.models import Calendar
from app.worktime.rules import BadCalendar, parse_plan

team = AppGroup("team", help="The teams of this installation.")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOUR = 3600


@team.command("add")
@click.option("--name", required=True)
@click.option("--department", required=True, help="Made when it is not there yet.")
@click.option("--zone", required=True, help="Such as Europe/Berlin.")
@click.option("--hours", default="09:00-17:00", show_default=True, help="Monday to Friday.")
@click.option("--purpose", default="", help="One sentence for those who look for the team.")
@click.option("--offers", multiple=True, help="“Name” or “Name:hours until done”; repeatable.")
def add(
    name: str, department: str, zone: str, hours: str, purpose: str, offers: tuple[str, ...]
) -> None:
    """Add a team with its calendar and the requests it takes."""
    if db.session.scalar(select(Team).where(Team.name == name)):
        raise click.ClickException(f"There is a team “{name}” already.")
    plan = {"tz": zone, "weekly": {key: [hours.split("-", 1)] for key in WEEKDAYS}}
    try:
        parse_plan(plan)
    except BadCalendar as reason:
        raise click.ClickException(str(reason)) from None
    found = db.session.scalar(select(Department).where(Department.name == department))
    added = Team(
        name=name,
        purpose=purpose,
        department=found or Department(name=department),
        calendar=Calendar(name=f"{name}: weekdays", plan=plan),
    )
    db.session.add_all([added, *(_offer(added, text) for text in offers)])
    db.session.commit()
    kinds = "1 kind" if len(offers) == 1 else f"{len(offers)} kinds"
    click.echo(f"{name} is here, with {kinds} of requests.")


def _offer(added: Team, text: str) -> RequestType:
    name, _, until_done = text.partition(":")
    if until_done and not (until_done.isascii() and until_done.isdigit() and int(until_done)):
        raise click.ClickException(f"“{text}”: the hours until done are a whole number.")
    promise = int(until_done) * HOUR if until_done else None
    return RequestType(team=added, name=name, done_promise_s=promise)
