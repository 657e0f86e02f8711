"""What comes in and is mended while people act, on PostgreSQL, where nobody stands in one line."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import psycopg
import pytest
from freezegun import freeze_time
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from app.cli import logs_in
from app.imports.models import LogImport
from app.imports.rules import Ending
from app.people.models import Person
from app.requests.acts.raising import facts
from app.requests.acts.words import write_message
from app.requests.acts.work import pause, start
from app.requests.intervals import StageVisit
from app.requests.life.ledger import Happening
from app.requests.models import Message, Request
from app.requests.record.pasts import Past, Told, record_pasts
from app.requests.record.rebuilding import differences, repair
from app.requests.record.storing import clocks
from app.requests.rules import Kind, Side, WaitingOn
from app.worktime.actions import change_plan
from app.worktime.rules import parse_plan
from tests.support.apps import dispose
from tests.support.databases import empty
from tests.support.desk import MONDAY, act, ask
from tests.support.lives import NOW, live
from tests.support.logs_in import GOOD, HEADER, MAPPING, bring_in
from tests.support.running import command, elsewhere, until

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.fixture
def app(postgres_app):
    with psycopg.connect(postgres_app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        empty(connection)
    yield postgres_app
    dispose(postgres_app)


def test_who_raises_a_request_meanwhile_gets_a_number_of_their_own(app, db_session, cast):
    kim, laptop, clock_of = cast.kim.id, cast.laptop.id, clocks(db_session)
    data = facts(cast.laptop, asking_team_id=cast.field_office.id, at=MONDAY, clock_of=clock_of)
    raised = Happening(MONDAY, Kind.RAISED, kim, Side.ASKING, data)
    said = Happening(MONDAY, Kind.MESSAGE, kim, Side.ASKING, {})
    db_session.commit()
    meanwhile = []

    def raises(session):
        request = ask(session, session.get(type(cast.laptop), laptop), session.get(Person, kim))
        write_message(session, request, words="Now", act=act(session.get(Person, kim)))
        return request.id

    def pasts():
        for number in range(4):
            if number % 2:
                meanwhile.append(elsewhere(app, raises))
            told = [Told(raised), Told(said, words=f"Word {number}")]
            yield Past(f"Past {number}", laptop, kim, told)

    ids = record_pasts(db_session, pasts(), clock_of, size=1)
    db_session.commit()

    meanwhile.append(elsewhere(app, raises))
    assert len({*ids, *meanwhile}) == 7
    assert db_session.scalar(select(func.count()).select_from(Request)) == 7
    words = db_session.execute(select(Request.title, Message.body).join_from(Request, Message))
    assert {tuple(row) for row in words} == {("A laptop", "Now")} | {
        (f"Past {number}", f"Word {number}") for number in range(4)
    }
    assert list(differences(db_session)) == []


@pytest.fixture
def started(db_session, cast):
    log = LogImport(
        by=cast.eve,
        key="a-key-of-eve",
        name="desk.csv",
        content=(HEADER + GOOD).encode(),
        mapping=MAPPING.read_text("utf-8"),
        visibility="both teams",
        uploaded_at=MONDAY,
        started_at=MONDAY,
        moved_at=MONDAY,
        cases=1,
        report=dict.fromkeys(("taken", "repeating", "known", "cases_added"), 0),
    )
    db_session.add(log)
    db_session.commit()
    return log


def clashing(monkeypatch, times):
    """Let bringing in find that somebody made the same name meanwhile, so many times."""
    left, carry_on = iter(range(times)), logs_in.carry_on

    def carry(*values, **more):
        if next(left, None) is not None:
            raise IntegrityError("INSERT INTO team", {}, Exception("the name is taken"))
        return carry_on(*values, **more)

    monkeypatch.setattr(logs_in, "carry_on", carry)


@pytest.mark.parametrize(("times", "ending"), [(1, Ending.DONE), (2, Ending.STOPPED)])
def test_a_name_that_was_made_meanwhile_is_looked_up_anew(
    app, db_session, started, monkeypatch, times, ending
):
    clashing(monkeypatch, times)

    bring_in(app)

    db_session.refresh(started)
    assert started.ending == ending


def test_an_act_under_way_is_not_undone_by_mending(app, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    start(db_session, request, act=act(cast.ivo))
    db_session.execute(update(Request).values(reopenings=7))
    db_session.commit()
    number = request.id
    wait = {"waiting_on": WaitingOn.REQUESTER, "who": "", "until": None}
    pause(db_session, request, question="Which?", **wait, act=act(cast.ivo))

    mending = Thread(target=elsewhere, args=(app, lambda session: repair(session, number)))
    mending.start()
    until(lambda: elsewhere(app, lambda session: session.scalar(WAITING)))
    db_session.commit()
    mending.join()

    db_session.expire_all()
    assert list(differences(db_session)) == []
    assert request.state == "waiting"


def test_an_act_that_counted_by_the_hours_of_before_follows_too(app, db_session, cast):
    live(db_session, cast, 20)
    calendar = cast.it_help.calendar
    plan = parse_plan(calendar.plan).closed_on({date(2026, 3, 9): "Forgotten"})
    change_plan(db_session, calendar, plan, seen=calendar.version, at=NOW)
    left = StageVisit.left_at >= datetime(2026, 3, 9, tzinfo=UTC)
    db_session.execute(update(StageVisit).where(left).values(waiting_s=StageVisit.waiting_s + 60))
    db_session.commit()
    assert list(differences(db_session)) != []
    db_session.rollback()

    with freeze_time(NOW + timedelta(minutes=1)):
        command(app, "worker", "--once")

    db_session.rollback()
    assert list(differences(db_session)) == []
