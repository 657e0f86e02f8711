"""Commands: one module each."""

from typing import Any

import click
import flask
from flask_migrate.cli import db as migrations
from sqlalchemy.exc import OperationalError

from app.cli.backup import backup, restore
from app.cli.demo import demo
from app.cli.import_log import import_log
from app.cli.mail_in import mail_in
from app.cli.nudge import nudge
from app.cli.people import person
from app.cli.rebuild import rebuild
from app.cli.report import report
from app.cli.report_chapters import add_chapters
from app.cli.teams import team
from app.cli.transfer import export, import_
from app.cli.worker import worker
from app.cli.worktime import clock

COMMANDS = [
    *(backup, clock, demo, export, import_, import_log, mail_in, nudge, person),
    *(rebuild, report, restore, team, worker),
]
add_chapters(report)


def init_app(app: flask.Flask) -> None:
    """Add Baton's commands to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)


def _tell_plainly(command: click.Command) -> None:
    """Say in a line, and not by a traceback, that the database is away or not as it should be."""
    invoke = command.invoke

    def told(context: click.Context) -> Any:
        try:
            return invoke(context)
        except OperationalError as error:
            raise click.ClickException(f"The database says: {error.orig}") from error

    command.invoke = told  # type: ignore[assignment, method-assign]


for each in (*COMMANDS, migrations):
    _tell_plainly(each)
