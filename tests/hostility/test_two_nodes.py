"""Two nodes, a worker and a replica on one PostgreSQL; one node is killed under load."""

import os
import signal
import subprocess
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text

from app import clock
from app.catalogue.models import RequestType
from app.config import ROOT
from app.db import db
from app.people.models import Person
from app.replica import replica_at
from app.requests.marks import ChangedDay
from app.requests.models import Message
from tests.support.apps import build, dispose, migrate
from tests.support.cast import make_cast
from tests.support.desk import ask
from tests.support.nodes import REQUESTS, WRITES, Load, visitor_of
from tests.support.postgres import NoPostgres, own_postgres_server
from tests.support.running import BIN, command, environment, until
from tests.support.servers import Server


@pytest.fixture(scope="module")
def postgres():
    try:
        with own_postgres_server() as server:
            yield server
    except NoPostgres as error:
        give_up = pytest.fail if os.environ.get("BATON_REQUIRE_POSTGRES") == "1" else pytest.skip
        give_up(f"no PostgreSQL here: {error}")


@pytest.fixture(scope="module")
def app(postgres):
    app = build(postgres.url)
    migrate(app)
    yield app
    dispose(app)


@pytest.fixture(scope="module")
def requests(app):
    with app.app_context():
        cast = make_cast(db.session)
        made = [ask(db.session, cast.laptop, cast.kim).id for _ in range(REQUESTS)]
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture(scope="module")
def standby(postgres, requests):
    with postgres.standby() as server:
        yield server


@pytest.fixture
def start_node(postgres, standby):
    """Return a starter of nodes that know the replica."""
    running = []

    def start():
        replica = {
            "BATON_REPORTS_DATABASE_URL": standby.url,
            "BATON_REPORTS_MAX_LAG_SECONDS": "900",
        }
        running.append(Server(postgres.url, **replica, BATON_WORKERS="1"))
        running[-1].start()
        return running[-1]

    yield start
    for node in running:
        node.stop()


@pytest.fixture
def worker(postgres):
    process = subprocess.Popen(
        [str(BIN / "flask"), "--app", "app", "worker"],
        cwd=ROOT,
        env=environment(postgres.url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def stored(app):
    with app.app_context():
        words = db.session.scalars(select(Message.body).where(Message.body.like("Word %"))).all()
        db.session.remove()
    return Counter(int(body.removeprefix("Word ")) for body in words)


def open_at_it_help(visitor):
    """Return what the page of figures says, and whether it says that it is of a copy."""
    status, page = visitor.get("/turnaround")
    assert status == 200
    soup = BeautifulSoup(page, "html.parser")
    row = next(tr for tr in soup.select("tbody tr") if tr.th.text.strip() == "IT Help")
    return int(row.td.text), "Counted from a copy" in page


def test_a_killed_node_loses_and_doubles_nothing_and_the_other_goes_on(
    app, start_node, worker, requests
):
    nodes = [start_node(), start_node()]
    load = Load(nodes, requests)
    until(lambda: len(load.acknowledged) >= WRITES // 3, seconds=60)
    nodes[0].kill()
    before, told = load.by_node[1], set(load.acknowledged)  # the other node goes on meanwhile
    assert told <= stored(app).keys()
    for thread in load.threads[:-1]:
        thread.join(90)
    load.over.set()
    load.threads[-1].join(30)

    assert load.acknowledged == set(range(WRITES))
    assert stored(app) == Counter(range(WRITES))
    assert load.by_node[1] > before
    assert set(load.failed) == {0}
    assert worker.poll() is None
    until(lambda: marks_left(app) == 0)
    assert command(app, "rebuild", "--check") == "0 differences\n"


def marks_left(app):
    with app.app_context():
        left = db.session.scalar(select(func.count()).select_from(ChangedDay))
        db.session.remove()
    return left


def test_figures_come_from_the_replica_while_it_is_near_and_has_ones_own_acts(
    app, standby, start_node
):
    node = start_node()
    kim, dov = (visitor_of(node, name) for name in ("kim", "dov"))
    replica = replica_at(standby.url, max_lag_s=900)
    with replica.engine.connect() as connection:
        connection.execute(text("SELECT pg_wal_replay_pause()"))
    raise_another(app)
    try:
        assert open_at_it_help(dov) == (REQUESTS, True)
        assert open_at_it_help(kim) == (REQUESTS + 1, False)  # it is her own act
        with app.app_context():
            assert replica.behind(db.session)
            replica.max_lag_s = -1
            assert replica.behind(db.session) is None
            db.session.remove()
        with replica.engine.connect() as connection:
            connection.execute(text("SELECT pg_wal_replay_resume()"))
        until(lambda: open_at_it_help(dov) == (REQUESTS + 1, False))
        standby.stop()
        assert open_at_it_help(dov) == (REQUESTS + 1, False)
        raise_another(app)
        assert open_at_it_help(dov) == (REQUESTS + 2, False)
    finally:
        replica.engine.dispose()


def raise_another(app):
    """Let Kim ask for one more, now."""
    with app.app_context():
        laptop = db.session.scalars(select(RequestType).where(RequestType.name == "Laptop")).one()
        kim = db.session.scalars(select(Person).where(Person.name == "Kim Sørensen")).one()
        ask(db.session, laptop, kim, at=clock.now())
        db.session.commit()
        db.session.remove()
