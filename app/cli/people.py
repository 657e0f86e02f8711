"""`flask person add`: the first people of an installation."""

import sys

import click
import flask
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.db import db
from app.people.actions import INVITED_FOR, add_person, close_all_sessions, invite
from app.people.factors import forget_second_step
from app.people.models import Team
from app.people.passwords import hash_password
from app.people.queries import person_by_email
from app.people.rules import Role, WeakPassword, check_password

person = AppGroup("person", help="The people of this installation.")


@person.command("add")
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--team", "teams", multiple=True, help="A team's name; “Name:lead” for its lead.")
@click.option("--admin", is_flag=True)
@click.option("--password-stdin", is_flag=True, help="Read a password instead of inviting.")
def add(name: str, email: str, teams: tuple[str, ...], admin: bool, password_stdin: bool) -> None:
    """Add a person; prints the address of an invitation unless a password is given."""
    if person_by_email(db.session, email):
        raise click.ClickException(f"There is somebody with the address {email} already.")
    password_hash = _password(email) if password_stdin else None
    places = [_place(text) for text in teams]
    added = add_person(db.session, name=name, email=email, teams=places, is_admin=admin)
    added.password_hash = password_hash
    token = None if password_hash else invite(db.session, added, at=clock.now())
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
    found = person_by_email(db.session, email)
    if found is None:
        raise click.ClickException(f"There is nobody with the address {email}.")
    forget_second_step(db.session, found)
    close_all_sessions(db.session, found, at=clock.now())
    db.session.commit()
    click.echo(f"{found.name} signs in without a second step, until there is a new one.")


def _password(email: str) -> str:
    password = sys.stdin.readline().rstrip("\n")
    try:
        check_password(password, email=email)
    except WeakPassword as reason:
        raise click.ClickException(str(reason)) from None
    return hash_password(password)


def _place(text: str) -> tuple[Team, Role]:
    name, _, role = text.partition(":")
    team = db.session.scalar(select(Team).where(Team.name == name))
    if team is None or role not in ("", "lead", "member"):
        raise click.ClickException(f"There is no team “{text}”.")
    return team, Role(role or Role.MEMBER)
