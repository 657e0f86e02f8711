"""A whole organisation out of one database and into another, on either engine."""

import hashlib
import json
import shutil
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from app.archive.exporting import tables
from app.attachments.actions import keep_file, store_file
from app.catalogue.models import RequestType
from app.cli.demo.building import build_demo
from app.cli.demo.showpiece import add_showpiece
from app.db import db
from app.people.models import Department, Membership
from app.requests.acts.merging import merge
from app.requests.search.matching import any_of
from tests.support.apps import build, dispose
from tests.support.databases import database_at, refresh
from tests.support.desk import act, ask
from tests.support.running import command, refused
from tests.support.walking import snapshot

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def elsewhere(engine, request, sqlite_template, tmp_path):
    """Yield two empty installations: one on the other engine, one on SQLite to come back to."""
    back, there = (f"sqlite:///{tmp_path / name}.sqlite3" for name in ("back", "there"))
    with ExitStack() as stack:
        if engine == "sqlite":
            server, template = map(request.getfixturevalue, ("postgres", "postgres_template"))
            there = stack.enter_context(database_at(server, like=template))
        made = []
        for url in (there, back):
            if url.startswith("sqlite"):
                refresh(Path(url.removeprefix("sqlite:///")), template=sqlite_template)
            made.append(build(url, BATON_FILES=str(tmp_path / f"files-{len(made)}")))
            stack.callback(dispose, made[-1])
        yield made


@pytest.fixture
def organisation(app, db_session):
    """Two months of a made-up museum, a file, and one request merged into a later one."""
    build_demo(db_session, requests=60, seed=7, now=NOW)
    add_showpiece(db_session, now=NOW)
    _merge_into_a_later_one(db_session)
    list_ = {"name": "list.txt", "source": BytesIO(b"one, two")}
    stored = store_file(app.extensions["baton_files"], **list_)
    keep_file(db_session, stored, person_id=1, form="x", at=NOW)
    db_session.commit()


def _merge_into_a_later_one(session):
    offered = session.scalars(select(RequestType)).first()
    here = Membership.team_id == offered.team_id
    members = (session.scalars(select(Membership).where(each)).first() for each in (here, ~here))
    provider, asker = (member.person for member in members)
    first, later = (ask(session, offered, asker, at=NOW) for _ in range(2))
    merge(session, first, later, words="The same", act=act(provider, NOW))


def everything(app):
    with app.app_context():
        rows = {name: sorted(rows, key=repr) for name, rows in snapshot(db.session).items()}
        db.session.remove()
    return rows


def words_of(app):
    """Return how many requests are found by a word of the showpiece."""
    with app.app_context():
        count = db.session.scalar(select(func.count()).where(any_of(db.session, ["ice"])))
        db.session.remove()
    return count


def test_every_row_and_file_goes_to_the_other_engine_and_back(
    app, organisation, db_session, elsewhere, tmp_path
):
    before, source = everything(app), app
    for number, target in enumerate(elsewhere):
        folder = tmp_path / f"export-{number}"
        command(source, "export", str(folder))
        assert "and 1 files" in command(target, "import", str(folder))
        assert everything(target) == before
        assert words_of(target) == words_of(app) > 0
        assert command(target, "rebuild", "--check") == command(app, "rebuild", "--check")
        source = target

    assert sum(map(len, before.values())) > 2000
    assert contents(tmp_path / "export-0") == contents(tmp_path / "export-1")


def contents(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return {path.relative_to(folder): path.read_bytes() for path in paths}


def test_life_goes_on_where_it_was_taken_in(app, organisation, elsewhere, tmp_path):
    command(app, "export", str(tmp_path / "export"))
    for target in elsewhere:
        command(target, "import", str(tmp_path / "export"))
        with target.app_context():
            last = db.session.scalar(select(func.max(Department.id)))
            db.session.add(Department(name="Night shift"))
            db.session.commit()
            assert db.session.scalar(select(func.max(Department.id))) == last + 1
            db.session.remove()


def test_the_export_names_every_table_that_there_is(app, db_session):
    there = set(inspect(db.engine).get_table_names())
    own = {name for name in there if not name.startswith("request_fts")} - {"alembic_version"}
    assert {table.name for table in tables()} == own


def test_a_folder_or_a_baton_that_is_not_empty_is_left_alone(app, organisation, tmp_path):
    folder = tmp_path / "export"
    command(app, "export", str(folder))
    before = everything(app)

    assert "is not empty" in refused(app, "export", str(folder))
    assert "This Baton is not empty" in refused(app, "import", str(folder))
    assert everything(app) == before


def damage(folder, how):
    manifest = json.loads((folder / "manifest.json").read_text())
    people = folder / "tables" / "person.jsonl"
    if how == "a line":
        people.write_text(people.read_text().replace("Ada", "Eva"))
    elif how == "a table":
        people.unlink()
    elif how == "a file":
        next(path for path in (folder / "files").rglob("*") if path.is_file()).write_text("else")
    elif how == "the manifest":
        (folder / "manifest.json").unlink()
    elif how == "the schema":
        (folder / "manifest.json").write_text(json.dumps(manifest | {"schema": "0001_first"}))
    elif how == "a row":
        alter(folder, "person", lambda rows: rows + "[1]\n")
    elif how == "a row twice":
        alter(folder, "person", lambda rows: rows[: rows.index("\n") + 1] + rows)


def alter(folder, table, change):
    """Change a table as somebody does who also writes its sum anew."""
    path, manifest = folder / "tables" / f"{table}.jsonl", folder / "manifest.json"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(change(path.read_text()))
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text().replace(before, after))


DAMAGED = {
    "a line": "person.jsonl is damaged",
    "a table": "person.jsonl is missing",
    "a file": "is damaged",
    "the manifest": "no whole export",
    "the schema": "they must be the same",
    "a row": "person: a line cannot be read",
    "a row twice": "tables/person.jsonl, line 2: ",
}


def test_what_is_damaged_is_named_and_nothing_is_taken_in(app, organisation, elsewhere, tmp_path):
    whole, target = tmp_path / "export", elsewhere[0]
    command(app, "export", str(whole))
    for how, sentence in DAMAGED.items():
        folder = tmp_path / how
        shutil.copytree(whole, folder)
        damage(folder, how)

        assert sentence in refused(target, "import", str(folder)), how
        assert not any(everything(target).values()), how
    assert "and 1 files" in command(target, "import", str(whole))


def test_what_the_other_engine_does_not_take_is_named(
    app, engine, organisation, db_session, elsewhere, tmp_path
):
    target, folder = elsewhere[0], tmp_path / "export"
    command(app, "export", str(folder))
    alter(folder, "calendar", lambda rows: rows.replace('"name":"', '"name":"' + "x" * 80, 1))
    if engine == "postgres":
        command(target, "import", str(folder))  # SQLite counts no letters
    else:
        said = refused(target, "import", str(folder))
        assert "tables/calendar.jsonl, line 1: value too long" in said
