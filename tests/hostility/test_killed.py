"""SIGKILL among a thousand writes: what was acknowledged is there, once."""

import copy
from collections import Counter
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest
from sqlalchemy import select

from app.requests.models import Message
from tests.support.desk import ask
from tests.support.running import command, until
from tests.support.servers import Server, Visitor, fresh_key

WRITES, AT_ONCE, REQUESTS = 1000, 16, 20


@pytest.fixture
def server(app):
    running = Server(app.config["SQLALCHEMY_DATABASE_URI"])
    running.start()
    yield running
    running.stop()


class Writers:
    """Sixteen browsers that send a thousand messages; each keeps sending one until it is told."""

    def __init__(self, port, requests, visitors):
        self.acknowledged = set()
        self.served = Event()  # cleared while there is no server
        self.served.set()
        self._waiting = SimpleQueue()
        for number in range(WRITES):
            self._waiting.put((number, fresh_key()))
        self._requests = requests
        self.threads = [Thread(target=self._write, args=(visitor,)) for visitor in visitors]

    def _write(self, visitor):
        while True:
            try:
                number, key = self._waiting.get_nowait()
            except Empty:
                return
            while not self._send(visitor, number, key):
                self.served.wait(30)

    def _send(self, visitor, number, key):
        path = f"/requests/{self._requests[number % REQUESTS]}/messages"
        try:
            status, _ = visitor.post(path, {"words": f"Word {number}", "key": key})
        except OSError:
            return False
        assert status in (303, 503), status
        if status == 303:
            self.acknowledged.add(number)
        return status == 303


def stored(session):
    session.rollback()
    words = session.scalars(select(Message.body).where(Message.body.like("Word %"))).all()
    session.rollback()  # else nobody could write meanwhile
    return Counter(int(body.removeprefix("Word ")) for body in words)


def test_no_acknowledged_write_is_lost_and_none_is_doubled(app, db_session, cast, server):
    requests = [ask(db_session, cast.laptop, cast.kim).id for _ in range(REQUESTS)]
    db_session.commit()
    kim = Visitor(server.port)
    kim.sign_in("kim@baton.example")
    visitors = [copy.deepcopy(kim) for _ in range(AT_ONCE)]
    writers = Writers(server.port, requests, visitors)
    for thread in writers.threads:
        thread.start()

    for killed_at in (200, 600):
        until(lambda at=killed_at: len(writers.acknowledged) >= at, seconds=300)
        writers.served.clear()
        server.kill()
        acknowledged = set(writers.acknowledged)
        assert acknowledged <= stored(db_session).keys()
        server.start()
        writers.served.set()
    for thread in writers.threads:
        thread.join(300)

    assert writers.acknowledged == set(range(WRITES))
    assert stored(db_session) == Counter(range(WRITES))
    assert command(app, "rebuild", "--check") == "0 differences\n"
