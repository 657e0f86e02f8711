"""`flask person …`: the first people of an installation, and help for who cannot come in."""

import sys
from datetime import datetime

import click
import flask
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock
from app.administration.doors import Changed, door_changed
from app.administration.journal import note_own
from app.cli.typed import ADDRESS, NAME
from app.config import Settings
from app.db import db
from app.people import links
from app.people.actions import INVITED_FOR, add_person, close_all_sessions, invite
from app.people.factors import forget_second_step
from app.people.models import Person, Team
from app.people.passwords import check_new_password, hash_password
from app.people.queries import person_by_email
from app.people.rules import DoorChange, Role, WeakPassword

person = AppGroup("person", help="The people of this installation.")


@person.command("add")
@click.option("--name", type=NAME, required=True)
@click.option("--email", type=ADDRESS, required=True)
@click.option("--team", "teams", multiple=True, help="A team's name; “Name:lead” for its lead.")
@click.option("--admin", is_flag=True)
@click.option("--password-stdin", is_flag=True, help="Read a password instead of inviting.")
def add(name: str, email: str, teams: tuple[str, ...], admin: bool, password_stdin: bool) -> None:
    """Add a person; prints the address of an invitation unless a password is given."""
    if person_by_email(db.session, email):
        raise click.ClickException(f"There is somebody with the address {email} already.")
    password_hash = _password(email, name) if password_stdin else None
    places = [_place(text) for text in teams]
    if len({team.id for team, _ in places}) < len(places):
        raise click.ClickException("Each team can be named once.")
    added = add_person(db.session, name=name, email=email, teams=places, is_admin=admin)
    added.password_hash = password_hash
    at, known = clock.now(), {"email": added.email, "is_admin": admin}
    known |= {"team": ", ".join(teams)} if teams else {}
    note_own(db.session, added, "added", by=None, at=at, after=known)
    token = None if password_hash else invite(db.session, added, at=at)
    db.session.commit()
    click.echo(f"{name} is here.")
    if token:
        settings: Settings = flask.current_app.extensions["baton"]
        there = f"{settings.address}/invitations/{token}"
        click.echo(f"Invitation, good once and for {INVITED_FOR.days} days: {there}")


@person.command("forget-second-step")
@click.option("--email", required=True)
def forget(email: str) -> None:
    """Let somebody in by the password alone who lost phone, passkeys and recovery codes."""
    found, at = _person(email), clock.now()
    forget_second_step(db.session, found)
    close_all_sessions(db.session, found, at=at)
    _changed(found, DoorChange.SECOND_STEP_FORGOTTEN, at)
    db.session.commit()
    click.echo(f"{found.name} signs in without a second step, until there is a new one.")


@person.command("let-in")
@click.option("--email", required=True)
def let_in(email: str) -> None:
    """Print an address that lets an admin in, for the day on which no other door opens.

    Good once and for 10 minutes, also where only a provider lets in. It is written down.
    """
    found, at = _person(email), clock.now()
    if not (found.is_admin and found.is_active):
        raise click.ClickException(f"{found.name} does not look after Baton.")
    token = links.let_in(db.session, found, at=at)
    _changed(found, DoorChange.LET_IN, at)
    db.session.commit()
    settings: Settings = flask.current_app.extensions["baton"]
    click.echo(f"Good once, for 10 minutes: {settings.address}/sign-in/links/{token}")


def _person(email: str) -> Person:
    found = person_by_email(db.session, email)
    if found is None:
        raise click.ClickException(f"There is nobody with the address {email}.")
    return found


def _changed(found: Person, change: DoorChange, at: datetime) -> None:
    settings: Settings = flask.current_app.extensions["baton"]
    changed = Changed(None, at, settings.address if settings.mail_server else None)
    door_changed(db.session, found, change, changed)


def _password(email: str, name: str) -> str:
    password = sys.stdin.readline().rstrip("\n")
    try:
        check_new_password(password, email=email, name=name)
    except WeakPassword as reason:
        raise click.ClickException(str(reason)) from None
    return hash_password(password)


def _place(text: str) -> tuple[Team, Role]:
    name, _, role = text.partition(":")
    team = db.session.scalar(select(Team).where(Team.name == name))
    if team is None or role not in ("", "lead", "member"):
        raise click.ClickException(f"There is no team “{text}”.")
    return team, Role(role or Role.MEMBER)
