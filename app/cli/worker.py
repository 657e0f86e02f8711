"""`flask worker`: what happens by itself, as its time comes."""

import contextlib
import logging
import logging.config
import sys
import time

import click
import flask
from flask.cli import with_appcontext

from app import clock
from app.cli.forgetting import forget_old
from app.cli.hours_followed import follow_changed_hours
from app.cli.logs_in import bring_in_logs
from app.cli.one_by_one import do_each
from app.cli.webhooks import send_webhooks
from app.config import Settings
from app.db import AWAY, db
from app.logs import CONFIG
from app.notices import posting, sending
from app.notices.door_letters import write_link_letter
from app.notices.models import Letter
from app.notices.smtp import MailSettings, Postman, Refused
from app.people.links import links_asked
from app.requests.acts.ticking import fire, timers_due
from app.turnaround.refreshing import refresh, teams_changed
from app.turnaround.week_letters import tell_week, weeks_to_tell

log = logging.getLogger("baton.worker")
AT_ONCE = 100
NAP = 5  # seconds between looks when nothing was due


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Remind, end waits, confirm what nobody objected to, send mail and webhooks, count days anew.

    Several may run at once. With --once it ends with 1 when something could not be done.
    """
    if not once:
        logging.config.dictConfig(CONFIG)
    failed: set[object] = set()
    while True:
        did, well = _look(failed)
        if once and not did:
            sys.exit(0 if well else 1)
        if not did:
            time.sleep(NAP)


def _look(failed: set[object]) -> tuple[int, bool]:
    """Do what is due; return how much, and whether every job could do its own.

    One that cannot holds up no other, and is tried again at the next look.
    """
    did, told = 0, set()
    for job in JOBS:
        try:
            did += job(failed)
        except Exception as error:
            with contextlib.suppress(*AWAY):
                db.session.rollback()
            away = isinstance(error, AWAY)
            said = "the database is away or busy" if away else f"left undone: {job.__name__}"
            if said not in told:  # once a look: without a database no job can do anything
                log.exception(said)
            told.add(said)
    return did, not told


def mail_settings() -> MailSettings | None:
    """Return how mail leaves this installation, None when no mail server is set."""
    settings: Settings = flask.current_app.extensions["baton"]
    if not settings.mail_server:
        return None
    return MailSettings(
        server=settings.mail_server,
        sender=settings.mail_from,
        mailbox=settings.mailbox,
        url=settings.address,
        secret=settings.secret_key,
    )


def _fire_timers(failed: set[object]) -> int:
    at = clock.now()
    due = timers_due(db.session, at=at, limit=AT_ONCE + len(failed))
    db.session.commit()
    return do_each(due, lambda one: fire(db.session, one, at=at), failed)


def _write_links(failed: set[object]) -> int:
    mail, at = mail_settings(), clock.now()
    if mail is None:
        return 0
    asked = links_asked(db.session, limit=AT_ONCE + len(failed))
    db.session.commit()
    return do_each(
        asked, lambda one: write_link_letter(db.session, one, url=mail.url, at=at), failed
    )


def _write_letters(failed: set[object]) -> int:
    mail, at = mail_settings(), clock.now()
    if mail is None:
        return 0
    house = posting.House(mail.url, can_answer=bool(mail.mailbox))
    people = posting.people_with_mail_due(db.session, at=at, limit=AT_ONCE + len(failed))
    db.session.commit()
    return do_each(people, lambda who: posting.write_letter(db.session, who, house, at=at), failed)


def _send_letters(_failed: set[object]) -> int:
    """Send what is due; a server that is away is not asked once more for each letter."""
    mail, at, tried = mail_settings(), clock.now(), 0
    if mail is None:
        return 0
    waiting = sending.letters_due(db.session, at=at, limit=AT_ONCE)
    db.session.rollback()
    with Postman(mail) as postman:
        for one in waiting:
            tried += 1
            if not _send(postman, one):
                break
    return tried


def _count_days(failed: set[object]) -> int:
    """Count the changed days of each team anew, a team at a time."""
    changed = [("days of team", team_id) for team_id in teams_changed(db.session)]
    db.session.commit()
    return do_each(changed, lambda one: refresh(db.session, one[1]), failed)


def _send(postman: Postman, waiting: sending.Waiting) -> bool:
    """Claim in one short transaction, speak SMTP in none, note the end in another.

    False when the server is away.
    """
    claimed = sending.claim(db.session, waiting, at=clock.now())
    db.session.commit()
    if not claimed:
        return True
    letter = db.session.get_one(Letter, waiting.id, populate_existing=True)
    db.session.expunge(letter)
    db.session.rollback()
    try:
        postman.send(letter)
    except Refused as refused:
        reason, for_good = str(refused), refused.for_good
        sending.was_refused(
            db.session, waiting.id, reason=reason, for_good=for_good, at=clock.now()
        )
        db.session.commit()
        return not refused.away
    sending.was_sent(db.session, waiting.id, at=clock.now())
    db.session.commit()
    return True


def _write_weeks(failed: set[object]) -> int:
    mail, at = mail_settings(), clock.now()
    if mail is None:
        return 0
    due = weeks_to_tell(db.session, at=at)
    db.session.commit()
    return do_each(due, lambda one: tell_week(db.session, one, url=mail.url, at=at), failed)


JOBS = (
    *(_write_links, _fire_timers, _write_letters, _write_weeks, _send_letters, send_webhooks),
    *(bring_in_logs, follow_changed_hours, _count_days, forget_old),
)
