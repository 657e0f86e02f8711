"""`flask mail-in`: one mail from standard input, as a mail server's pipe gives it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Any, NoReturn

import click
import flask
from flask.cli import with_appcontext

from app import clock
from app.config import Settings
from app.db import db
from app.notices.enclosed import store
from app.notices.incoming import Incoming, Unreadable, read_mail
from app.notices.receiving import receive
from app.notices.refusing import Came
from app.notices.tokens import read_address

SECONDS = 10  # of the processor's, to read one mail; usual ones take a twentieth of one


@click.command("mail-in")
@with_appcontext
def mail_in() -> None:
    """Take one mail; the answer says what became of it.

    It ends with 0 also when a mail is refused or dropped, so that the mail server lets it go; only
    when Baton itself could not do its work is it left for another try (75, EX_TEMPFAIL).
    """
    try:
        came = _came(sys.stdin.buffer.read())
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        click.echo(f"not now: {type(error).__name__}", err=True)
        sys.exit(75)
    click.echo(f"{came.what}: {came.why}" if came.why else came.what)


def _came(raw: bytes) -> Came:
    settings: Settings = flask.current_app.extensions["baton"]
    try:
        mail = _read(raw)
    except Unreadable as reason:
        return Came("dropped", str(reason))
    secrets = [settings.secret_key, *settings.secret_key_fallbacks]
    if any(read_address(address, secrets=secrets) for address in mail.to):
        store(flask.current_app.extensions["baton_files"], mail)
    return receive(
        db.session,
        mail,
        secrets=secrets,
        url=settings.address,
        own=parseaddr(settings.mail_from)[1],
        at=clock.now(),
    )


def _read(raw: bytes) -> Incoming:
    try:
        with _in_time():
            return read_mail(raw)
    except TimeoutError:
        raise Unreadable("It takes too long to read.") from None


@contextmanager
def _in_time() -> Iterator[None]:
    """Stop what takes too long: some headers and lines cost the square or the cube of their length.

    :raises TimeoutError: then, and again each second, should somebody catch it.
    """

    def stop(*_: Any) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
