"""`flask mail-in`: one mail from standard input, as a mail server's pipe gives it."""

import sys
from email.utils import parseaddr

import click
import flask

from app import clock
from app.config import Settings
from app.db import db
from app.notices.incoming import Unreadable, read_mail
from app.notices.receiving import receive


@click.command("mail-in")
def mail_in() -> None:
    """Take one mail; the answer says what became of it.

    It ends with 0 also when a mail is refused or dropped, so that the mail server lets it go; only
    when Baton itself could not do its work is it left for another try (75, EX_TEMPFAIL).
    """
    settings: Settings = flask.current_app.extensions["baton"]
    try:
        mail = read_mail(sys.stdin.buffer.read())
    except Unreadable as reason:
        click.echo(f"dropped: {reason}")
        return
    try:
        came = receive(
            db.session,
            mail,
            secrets=[settings.secret_key, *settings.secret_key_fallbacks],
            url=settings.address,
            own=parseaddr(settings.mail_from)[1],
            at=clock.now(),
        )
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        click.echo(f"not now: {type(error).__name__}", err=True)
        sys.exit(75)
    click.echo(f"{came.what}: {came.why}" if came.why else came.what)
