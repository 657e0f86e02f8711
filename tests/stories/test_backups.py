"""Backups while others write, and everything put back as it was."""

import json
import zipfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.attachments.actions import keep_file, send_files, store_file
from app.attachments.storage import storage_at
from app.db import db
from app.people.models import Person
from app.requests.acts.words import write_message
from app.requests.models import Message, Request
from tests.support.apps import build, dispose
from tests.support.databases import database_at
from tests.support.desk import MONDAY, act, ask
from tests.support.lives import live
from tests.support.postgres import programs
from tests.support.running import command, going_on, refused, until
from tests.support.walking import snapshot


@pytest.fixture(autouse=True)
def with_programs(engine, monkeypatch):
    """Have the programs of the very server that is tested; another one's may be too old."""
    if engine == "postgres":
        monkeypatch.setenv("PATH", str(programs()), prepend=":")


@pytest.fixture
def other(engine, tmp_path, request):
    """Yield a second installation on the same engine, with no table and no file."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
        if engine == "postgres":
            url = stack.enter_context(database_at(request.getfixturevalue("postgres")))
        app = build(url, BATON_FILES=str(tmp_path / "other-files"))
        stack.callback(dispose, app)
        yield app


@pytest.fixture
def request_id(app, db_session, cast):
    """Some lives, and a request with a file."""
    live(db_session, cast, 40)
    request = ask(db_session, cast.laptop, cast.kim)
    kept = keep_file(
        db_session,
        store_file(
            app.extensions["baton_files"], name="list.txt", source=BytesIO(b"one, two, three")
        ),
        person_id=cast.kim.id,
        form="words",
        at=MONDAY,
    )
    send_files(db_session, [kept], request, None)
    db_session.commit()
    return request.id


def writes(app, request_id, person_id):
    def deed(number):
        with app.app_context():
            request = db.session.get(Request, request_id)
            who = act(db.session.get(Person, person_id))
            write_message(db.session, request, words=f"Word {number}", act=who)
            db.session.commit()
            db.session.remove()

    return deed


def test_a_backup_while_others_write_is_one_true_state(
    app, db_session, cast, request_id, other, tmp_path
):
    file, kim = tmp_path / "baton.zip", cast.kim.id
    db_session.commit()
    with going_on(writes(app, request_id, kim)) as done:
        until(lambda: len(done) >= 10)
        before = len(done)
        said = command(app, "backup", str(file))
        after = len(done)
        until(lambda: len(done) >= after + 5)
    assert said == f"{file}: the database and 1 files.\n"

    command(other, "restore", str(file))

    assert command(other, "rebuild", "--check") == "0 differences\n"
    with other.app_context():
        kept = db.session.scalar(
            select(func.count()).select_from(Message).where(Message.body.like("Word %"))
        )
        db.session.remove()
    assert before <= kept <= after + 2
    with storage_at(other.extensions["baton"].files).open(_only_hash(file)) as content:
        assert content.read() == b"one, two, three"


def _only_hash(file):
    [name] = [name for name in zipfile.ZipFile(file).namelist() if name.startswith("files/")]
    return name.rpartition("/")[2]


def test_a_database_somebody_lives_in_is_let_go_only_when_told(
    app, db_session, cast, request_id, tmp_path
):
    file = tmp_path / "baton.zip"
    before = snapshot(db_session)
    db_session.rollback()
    command(app, "backup", str(file))
    ask(db_session, cast.laptop, cast.lou, "Raised after the backup")
    db_session.commit()
    count = len(snapshot(db_session)["request"])
    db_session.rollback()

    assert "is not empty" in refused(app, "restore", str(file))
    assert len(snapshot(db_session)["request"]) == count
    db_session.rollback()

    command(app, "restore", str(file), "--replace")
    assert snapshot(db_session) == before
    db_session.rollback()
    ask(db_session, cast.laptop, cast.lou, "Life goes on")
    db_session.commit()


def test_a_backup_is_never_written_over(app, request_id, tmp_path):
    file = tmp_path / "baton.zip"
    file.write_text("somebody's")

    assert "is there already" in refused(app, "backup", str(file))
    assert file.read_text() == "somebody's"


def test_a_file_that_is_gone_is_named_and_stops_nothing(app, request_id, tmp_path):
    storage = app.extensions["baton_files"]
    app.extensions["baton_files"] = storage_at(str(tmp_path / "nothing"))
    try:
        said = command(app, "backup", str(tmp_path / "baton.zip"))
    finally:
        app.extensions["baton_files"] = storage
    assert "0 files" in said
    assert "Not found in BATON_FILES" in said


def changed(file: Path, **change) -> Path:
    """Write the backup `file` anew, with members or the manifest changed."""
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as into:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | change).encode()
            elif name.startswith("files/") and not change:
                content = b"one, two, four!"
            into.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "is damaged"),
        ({"schema": "9999_tomorrow"}, "made by a newer Baton"),
        ({"engine": "oracle"}, "`flask export` and `flask import`"),
        ({"format": "holiday-photos"}, "no baton-backup"),
        ({"version": 2}, "of version 2"),
    ],
)
def test_what_is_not_a_whole_backup_of_ours_changes_nothing(
    app, db_session, request_id, tmp_path, change, sentence
):
    file = tmp_path / "baton.zip"
    command(app, "backup", str(file))
    before = snapshot(db_session)
    db_session.rollback()

    assert sentence in refused(app, "restore", str(changed(file, **change)), "--replace")
    assert snapshot(db_session) == before


def test_half_a_file_is_no_backup(app, request_id, tmp_path):
    file = tmp_path / "baton.zip"
    command(app, "backup", str(file))
    half = tmp_path / "half.zip"
    half.write_bytes(file.read_bytes()[:2000])

    assert "cannot be read" in refused(app, "restore", str(half), "--replace")


def test_without_postgres_programs_it_says_what_to_install(app, engine, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    if engine == "sqlite":
        command(app, "backup", str(tmp_path / "b.zip"))
    else:
        assert "Install PostgreSQL's client" in refused(app, "backup", str(tmp_path / "b.zip"))
