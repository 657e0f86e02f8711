"""The desk of IT Help at given hours: laptops asked for, answered, paused and done.

Everybody works Monday to Friday, 9 to 17 in Berlin. A laptop is promised an answer within 4 hours,
a reply within 2, and the work within 16.
"""

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from freezegun import freeze_time

from app.handoffs.actions import say_done
from app.requests.acts import words, work
from app.requests.acts.raising import Wish, raise_request
from app.requests.life.promises import LateCard
from app.requests.models import Event
from app.requests.record.recording import Act
from app.requests.rules import WaitingOn

BERLIN = ZoneInfo("Europe/Berlin")
KEYS = count()
HOUR = 3600
MON, TUE, WED, THU, FRI = (date(2026, 3, day) for day in range(2, 7))
NEXT_MON, NEXT_TUE = date(2026, 3, 9), date(2026, 3, 10)


def at(day, clock):
    """Return an instant in Berlin."""
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=BERLIN)


def act(person, day, clock):
    """Return an act with a key of its own."""
    return Act(person, at(day, clock), f"clock-key-{next(KEYS)}")


@pytest.fixture
def desk(db_session, cast):
    """Return a desk at which laptops are asked for by Kim."""
    cast.laptop.reply_promise_s = 2 * HOUR
    return Desk(db_session, cast)


@pytest.fixture
def worker(app, desk, mailbox):
    """Return the worker, at a time, with the mail server of `mailbox`."""
    before = app.extensions["baton"]
    app.extensions["baton"] = replace(
        before,
        mail_server=mailbox.url,
        mail_from="Baton <baton@baton.example>",
        mailbox="in@baton.example",
        address="https://baton.example",
    )

    def run(day, clock):
        desk.session.commit()
        with freeze_time(at(day, clock)):
            result = app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output
        desk.session.rollback()

    yield run
    app.extensions["baton"] = before


class Desk:
    def __init__(self, session, cast):
        self.session, self.cast = session, cast

    def ask(self, day, clock, by=None, team=None):
        cast = self.cast
        wish = Wish("A laptop", "", [], (team or cast.field_office).id)
        return raise_request(self.session, cast.laptop, wish, act=act(by or cast.kim, day, clock))

    def say(self, request, who, day, clock):
        words.write_message(self.session, request, words="Hello", act=act(who, day, clock))

    def pause(self, request, day, clock, until=None):
        work.pause(
            self.session,
            request,
            question="Which size?",
            waiting_on=WaitingOn.REQUESTER,
            who="",
            until=until,
            act=act(self.cast.ivo, day, clock),
        )

    def promise(self, request, expected, *, day, clock):
        work.promise_anew(
            self.session,
            request,
            card=LateCard("Sorry", "The lorry is late"),
            expected=expected,
            act=act(self.cast.ivo, day, clock),
        )

    def done(self, request, day, clock):
        say_done(self.session, request, words="Here", act=act(self.cast.ivo, day, clock))

    def kinds(self, request):
        events = self.session.query(Event).filter_by(request_id=request.id).order_by(Event.seq)
        return [event.kind for event in events]
