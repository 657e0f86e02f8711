"""`flask demo`: a made-up organisation to try Baton with."""

import os
import socket
import sys
from pathlib import Path

import click
import flask
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select

from app import clock
from app.catalogue.rules import Visibility
from app.cli.demo.building import NotEmpty, build_demo
from app.cli.demo.showpiece import add_showpiece
from app.cli.import_log import add_log
from app.config import ROOT
from app.db import db
from app.people.models import Person

demo = AppGroup("demo", help="A made-up organisation to try Baton with.")
FIRST_PORT = 5000
MOST_DAYS = 3660  # ten years, with the leap days
INCIDENTS = ROOT / "tests" / "support" / "data" / "incident_event_log.csv"


@demo.command("build")
@click.option("--requests", default=900, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), help="Raised within so many days until now."
)
def build(requests: int, seed: int, days: int | None) -> None:
    """Fill an empty database with the made-up organisation and its requests."""
    try:
        build_demo(db.session, requests=requests, seed=seed, now=clock.now(), days=days)
        piece = add_showpiece(db.session, now=clock.now())
    except NotEmpty as reason:
        raise click.ClickException(str(reason)) from reason
    db.session.commit()
    click.echo(f"{requests} requests built, and a piece in its third round: #{piece.id}.")


@demo.command("start")
@click.option("--incident-log", is_flag=True, help="Add 890 incidents of a real service desk.")
@click.pass_context
def start(context: click.Context, incident_log: bool) -> None:
    """Migrate, fill if empty, and serve on this machine. The address is printed."""
    if not flask.current_app.extensions["baton"].demo:
        raise click.ClickException("The demo starts with BATON_DEMO=yes, so that it is on purpose.")
    upgrade()
    if not db.session.scalar(select(Person.id).limit(1)):
        context.invoke(build)
    if incident_log:
        _add_incidents()
    db.session.close()
    db.engine.dispose()
    port = int(os.environ.get("BATON_PORT") or _free_port())
    click.echo(f"\n  Baton is ready: http://127.0.0.1:{port}\n  Stop it with Ctrl-C.")
    if not incident_log:
        click.echo("  For 890 incidents of a real service desk: make demo ARGS=--incident-log")
    sys.stdout.flush()
    _serve(port)


def _add_incidents() -> None:
    """Import the log that the tests bring along; twice adds nothing."""
    mapping = ROOT / "app" / "imports" / "mappings" / "incident_event_log.toml"
    report = add_log(INCIDENTS, mapping, visibility=Visibility.OPEN)
    db.session.commit()
    click.echo(f"{report.cases_added} incidents of a real service desk added.")


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException("No free port between 5000 and 5099; name one with BATON_PORT.")


def _serve(port: int) -> None:
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    command = [
        gunicorn,
        "app:create_app()",
        "--config=python:app.serving",
        "--workers=1",
        f"--bind=127.0.0.1:{port}",
        "--log-level=warning",
    ]
    os.execv(gunicorn, command)
