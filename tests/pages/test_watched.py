"""What machines ask, and what they are told: readiness, figures, log lines."""

import json
import logging
import shutil

import pytest
from sqlalchemy import text

from app.archive.schema import code_head
from app.logs import JsonLines
from app.notices.models import Letter
from tests.support.desk import MONDAY, ask
from tests.support.servers import Server, Visitor

TOKEN = "t" * 40
AWAY = {"REMOTE_ADDR": "192.0.2.7"}


def test_ready_means_the_database_answers_and_is_of_this_code(client, db_session):
    assert client.raw("/healthz").text == "ok"
    assert client.raw("/readyz").text == "ready\n"

    db_session.execute(text("UPDATE alembic_version SET version_num = '0001_first_tables'"))
    answer = client.raw("/readyz")
    assert answer.status_code == 503
    assert answer.text == f"the database is at 0001_first_tables, this code wants {code_head()}\n"

    db_session.execute(text("DROP TABLE alembic_version"))
    assert "never migrated" in client.raw("/readyz").text


def test_figures_are_for_this_machine_and_for_whoever_has_the_token(make_app):
    browser = make_app(BATON_METRICS_TOKEN=TOKEN).test_client()

    def status(**headers):
        return browser.get("/metrics", environ_base=AWAY, headers=headers).status_code

    assert browser.get("/metrics").status_code == 200
    assert status() == status(Authorization="Bearer wrong") == 404
    assert status(Authorization=f"Bearer {TOKEN}") == 200
    # A proxy on this machine passes on what others ask.
    passed_on = browser.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})
    assert passed_on.status_code == 404


def test_without_a_token_nobody_has_it(make_app):
    browser = make_app().test_client()
    answer = browser.get("/metrics", environ_base=AWAY, headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


@pytest.mark.both
def test_the_figures_tell_what_waits_for_the_worker(client, db_session, cast):
    ask(db_session, cast.laptop, cast.kim)  # in March; its first reminder is long overdue
    for next_try in (MONDAY, None):
        db_session.add(
            Letter(to="x@y.z", subject="", body="", created_at=MONDAY, next_try_at=next_try)
        )
    client.raw("/sign-in")
    lines = client.raw("/metrics").text.splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    assert float(figures["baton_worker_lag_seconds"]) > 3600
    assert (figures["baton_letters_waiting"], figures["baton_letters_dead"]) == ("1.0", "1.0")
    counted = 'baton_answers_total{endpoint="door.sign_in",method="GET",status="200"}'
    assert float(figures[counted]) >= 1


@pytest.fixture
def visitor(app, tmp_path):
    """Somebody at two real workers that count in `tmp_path`."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    server = Server(url, PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "counts"))
    server.start()
    yield Visitor(server.port)
    server.stop()


def test_what_each_of_two_workers_counted_is_told_as_one_sum(visitor):
    assert {visitor.get("/sign-in")[0] for _ in range(20)} == {200}
    told = visitor.get("/metrics")[1]
    assert 'baton_answers_total{endpoint="door.sign_in",method="GET",status="200"} 20.0' in told


def test_a_folder_of_counts_that_was_tidied_away_keeps_no_answer_back(visitor, tmp_path):
    shutil.rmtree(tmp_path / "counts")
    for _ in range(6):  # either worker, and counters that are new to it
        assert visitor.get("/sign-in")[0] == visitor.get("/readyz")[0] == 200
    status, told = visitor.get("/metrics")
    assert status == 200
    assert "baton_database_up 1.0" in told


def test_an_id_is_believed_only_behind_our_own_proxy(make_app):
    given = {"X-Request-ID": "abcd-1234"}
    behind = make_app(BATON_TRUSTED_PROXIES="1").test_client()
    assert behind.get("/healthz", headers=given).headers["X-Request-ID"] == "abcd-1234"
    forged = behind.get("/healthz", headers={"X-Request-ID": 'a", "b": "c'}).headers["X-Request-ID"]
    assert len(forged) == 16

    direct = make_app().test_client()
    assert direct.get("/healthz", headers=given).headers["X-Request-ID"] != "abcd-1234"


def test_a_log_line_says_who_and_what_and_nothing_that_was_typed(client, db_session, cast, caplog):
    caplog.set_level(logging.INFO, "baton.requests")
    request = ask(db_session, cast.laptop, cast.kim, "A secret laptop")
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request.id}")
    client.submit(page, "Send", words="Secret words")

    lines = [JsonLines().format(record) for record in caplog.records]
    wrote = next(json.loads(line) for line in lines if "talk.create_message" in line)
    assert wrote["person_id"] == cast.kim.id
    assert (wrote["method"], wrote["status"], wrote["level"]) == ("POST", 303, "info")
    assert wrote["milliseconds"] > 0
    assert len(wrote["request_id"]) == 16
    everything = "\n".join(lines).lower()
    assert "secret" not in everything
    assert "baton.example" not in everything


def test_an_error_is_logged_by_its_kind_and_place_without_its_message():
    try:
        raise ValueError("a secret word")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("baton", logging.ERROR, "x.py", 1, "left undone: %s", (7,), info)

    line = json.loads(JsonLines().format(record))

    assert line["error"] == "builtins.ValueError"
    assert line["through"][-1].endswith("without_its_message")
    assert "secret" not in json.dumps(line)
