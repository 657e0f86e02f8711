"""What counts no more is forgotten by the worker, a little at a time; the history stays."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import delete, func, select, update

from app import rows
from app.notices.models import Letter, Notice
from app.people.answered import ApiAnswer
from app.people.links import SignInLink
from app.people.models import Invitation, LoginSession
from app.people.programs import ApiToken
from app.requests.attention import ActKey, Presence
from app.requests.intervals import Timer
from app.requests.models import Event, Request
from app.requests.rules import Kind
from app.webhooks.actions import make_webhook
from app.webhooks.models import Delivery
from tests.support.desk import MONDAY, ask
from tests.support.running import command

DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)
SENT = {"to": "kim@baton.example", "subject": "A laptop", "body": "Dear Kim"}
HOW_MANY = 3


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    return request.id


def add(session, model, at, **values):
    """Add one row of `model` for each instant in `at`, by the name of its column."""
    ((name, instants),) = at.items()
    session.add_all(
        model(**{name: each}, **_numbered(values, n)) for n, each in enumerate(instants)
    )
    session.commit()


def _numbered(values, number):
    return {name: value(number) if callable(value) else value for name, value in values.items()}


def around(kept):
    """Return instants that are just too old on Monday, and one that is not."""
    return [MONDAY - kept - MOMENT * (HOW_MANY - n) for n in range(HOW_MANY)] + [MONDAY - kept]


def sweep(app, session):
    session.commit()
    with freeze_time(MONDAY):
        command(app, "worker", "--once")
    session.rollback()


def left(session, model, column):
    return session.scalars(select(column).select_from(model).order_by(column)).all()


@pytest.fixture(autouse=True)
def a_little_at_a_time(monkeypatch):
    monkeypatch.setattr(rows, "FORGOTTEN_AT_ONCE", 2)


KEYS = {"key_hash": str, "seen_at": MONDAY}
OPEN = {"token_hash": str, "created_at": MONDAY}


@pytest.mark.parametrize(
    ("model", "name", "kept", "values"),
    [
        (LoginSession, "created_at", 60 * DAY, KEYS),
        (Invitation, "expires_at", 30 * DAY, OPEN),
        (SignInLink, "asked_at", DAY, {"token_hash": str, "email": "kim@baton.example"}),
        (ActKey, "at", 60 * DAY, {"key": str, "request_id": 1}),
        (Presence, "at", DAY, {"request_id": lambda n: n + 1}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_opens_or_guards_nothing_any_more_goes(
    app, db_session, cast, model, name, kept, values
):
    for _ in range(HOW_MANY + 1):
        ask(db_session, cast.laptop, cast.lou)
    instants = around(kept)
    add(db_session, model, {name: instants}, person_id=cast.kim.id, **values)
    sweep(app, db_session)
    mine = select(getattr(model, name)).where(model.person_id == cast.kim.id)
    assert db_session.scalars(mine).all() == [instants[-1]]


def test_answers_to_programs_go_after_a_day(app, db_session, cast):
    secret = {"secret_hash": "x", "form_key": "x", "name": "A script", "created_at": MONDAY}
    db_session.add(ApiToken(id=1, person_id=cast.kim.id, expires_at=MONDAY, **secret))
    db_session.flush()
    answer = {"fingerprint": "x", "status": 200, "headers": {}, "body": "{}"}
    add(db_session, ApiAnswer, {"at": around(DAY)}, token_id=1, key=str, **answer)
    sweep(app, db_session)
    assert left(db_session, ApiAnswer, ApiAnswer.at) == [MONDAY - DAY]


def test_the_words_of_letters_go_after_a_week_and_letters_after_a_year(app, db_session):
    for days in (367, 366, 364, 91, 89, 8, 6):
        for ended in ({"sent_at": MONDAY - days * DAY}, {"error": "550 no such person"}):
            db_session.add(Letter(created_at=MONDAY - days * DAY, **SENT, **ended))
    db_session.add(Letter(created_at=MONDAY - 8 * DAY, next_try_at=MONDAY + DAY, **SENT))
    sweep(app, db_session)
    there = db_session.scalars(select(Letter).order_by(Letter.id)).all()
    ages = [(MONDAY - letter.created_at).days for letter in there]
    assert ages == [364, 364, 91, 91, 89, 89, 8, 8, 6, 6, 8]
    words = [bool(letter.body) for letter in there]
    assert words == [*[False] * 5, True, False, True, True, True, True]


def test_what_people_were_told_goes_after_a_year_and_what_happened_stays(app, db_session, cast):
    old = MONDAY - 366 * DAY
    ask(db_session, cast.laptop, cast.kim, at=old)
    letter = Letter(created_at=old, sent_at=old, person_id=cast.ivo.id, **SENT)
    db_session.add(letter)
    db_session.flush()
    db_session.execute(update(Notice).values(letter_id=letter.id, mail_at=old))
    ask(db_session, cast.laptop, cast.kim)
    db_session.execute(delete(Timer))  # else the worker reminds of what was due a year ago
    db_session.commit()
    told = db_session.scalar(select(func.count()).select_from(Notice))
    sweep(app, db_session)
    assert left(db_session, Notice, Notice.at) == [MONDAY] * (told // 2)
    assert left(db_session, Letter, Letter.created_at) == []
    assert left(db_session, Event, Event.at)[0] == old
    assert db_session.scalars(select(Request.raised_at)).all() == [old, MONDAY]


def test_messages_to_programs_go_after_a_month(app, db_session, cast, request_id):
    about = {"by": cast.ivo, "form_key": "x", "plain": False, "at": MONDAY}
    events, address = [Kind.RAISED.value], "https://example.org/"
    hook = make_webhook(db_session, cast.it_help, address=address, events=events, **about)
    db_session.flush()
    sent = {"webhook_id": hook.id, "request_id": request_id, "body": "{}", "tries": 8}
    for number, (days, waits) in enumerate([(31, False), (31, True), (29, False)]):
        request = ask(db_session, cast.laptop, cast.lou)
        event = db_session.scalar(select(Event.id).where(Event.request_id == request.id))
        at = {"created_at": MONDAY - days * DAY, "next_try_at": MONDAY + DAY if waits else None}
        db_session.query(Delivery).filter(Delivery.event_id == event).delete()
        db_session.add(Delivery(event_id=event, error=str(number), **sent, **at))
    sweep(app, db_session)
    assert left(db_session, Delivery, Delivery.error) == ["1", "2"]


def test_what_cannot_be_forgotten_holds_up_nothing_else(app, db_session, cast, monkeypatch):
    monkeypatch.setattr("app.cli.forgetting.forget_old_links", lambda *_, **__: 1 / 0)
    written = MONDAY - 8 * DAY
    db_session.add(Letter(created_at=written, sent_at=written, **SENT))
    sweep(app, db_session)
    assert db_session.scalar(select(Letter.body)) == ""
