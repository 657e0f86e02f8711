"""The migrations: they build what the models say, go back, and lose no row."""

import logging
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade
from sqlalchemy.schema import CreateIndex

from app.cli.demo.building import build_demo
from app.cli.demo.showpiece import add_showpiece
from app.config import ROOT
from app.db import db
from app.people.models import Person
from app.requests.intervals import Thanked

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PARENT_AND_CHILD = """
import sqlalchemy as sa
from alembic import op

revision = "test_{number}"
down_revision = {below!r}


def upgrade():
    {step}


def downgrade():
    pass
"""
SEED = """for statement in (
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(9))",
        "CREATE TABLE child (id INTEGER PRIMARY KEY,"
        " parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1, 'one')",
        "INSERT INTO child VALUES (1, 1), (2, 1)",
    ):
        op.execute(statement)"""
REBUILD = """with op.batch_alter_table("parent", recreate="auto") as batch:
        batch.alter_column("name", existing_type=sa.String(9), nullable=False)"""
FAIL = 'op.execute("CREATE TABLE half (id INTEGER)")\n    op.execute("no SQL at all")'


@pytest.fixture
def with_steps(tmp_path: Path) -> Callable[..., str]:
    """Return a maker of migration folders: ours, with more steps on top."""

    def make(*steps: str) -> str:
        folder = Path(shutil.copytree(ROOT / "migrations", tmp_path / "migrations"))
        below = max(path.stem for path in (folder / "versions").glob("0*.py"))
        for number, step in enumerate(steps):
            text = PARENT_AND_CHILD.format(number=number, below=below, step=step)
            (folder / "versions" / f"test_{number}.py").write_text(text, "utf-8")
            below = f"test_{number}"
        return str(folder)

    return make


@pytest.mark.both
@pytest.mark.filterwarnings("ignore:.*expression-based index")  # compared by the next test
def test_the_models_say_what_the_migrations_build(empty_app: flask.Flask) -> None:
    upgrade()
    check()  # exits when autogenerate would write anything


@pytest.mark.both
@pytest.mark.parametrize("name", ["ix_request_queue", "ix_request_promised"])
def test_indexes_over_expressions_are_built_as_the_models_say(
    empty_app: flask.Flask, name: str
) -> None:
    """A table that SQLite rebuilds would lose them without a word."""
    upgrade()
    index = next(i for i in db.metadata.tables["request"].indexes if i.name == name)
    said = str(CreateIndex(index).compile(db.engine)).replace(name, "as_said")
    with db.engine.begin() as connection:
        connection.execute(sa.text(re.sub(r"(?<=[ ,])(CASE .*? END)", r"(\1)", said)))
        built, again = (_definition(connection, each) for each in (name, "as_said"))
    assert built
    assert again == built


def _definition(connection: sa.Connection, name: str) -> str:
    """Return how the engine says an index, without what means nothing in it."""
    known = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = :name",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = :name",
    }
    said = connection.scalar(sa.text(known[connection.dialect.name]), {"name": name})
    return re.sub(r"[\s()]", "", str(said)).replace(name, "")


@pytest.mark.both
def test_every_migration_goes_back_and_forth(empty_app: flask.Flask) -> None:
    upgrade()
    built = set(sa.inspect(db.engine).get_table_names())
    downgrade(revision="base")
    left = set(sa.inspect(db.engine).get_table_names())
    upgrade()

    assert left == {"alembic_version"}
    assert built == set(sa.inspect(db.engine).get_table_names()) >= set(db.metadata.tables)


@pytest.mark.both
def test_what_people_did_survives_every_step_down_and_up(empty_app: flask.Flask) -> None:
    """Go down one step after the other and up again; what a step's tables held before, stays."""
    upgrade()
    build_demo(db.session, requests=40, seed=3, now=NOW)
    add_showpiece(db.session, now=NOW)
    db.session.commit()
    thanked, names = _thanked(), _folded_names()
    assert thanked
    assert all(names)
    revisions = [
        each.revision for each in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
    ]
    for below in revisions[1:]:
        before = _rows()
        downgrade(revision=below)
        kept = _rows()
        assert kept == {name: before[name] for name in kept}, f"down to {below}"
    upgrade()
    assert {name: count for name, count in _rows().items() if name in kept} == kept
    assert _thanked() == thanked  # the events know whom it was for
    assert _folded_names() == names


def _folded_names() -> list[str]:
    with db.engine.begin() as connection:
        query = sa.select(Person.folded_name).order_by(Person.id)
        return list(connection.scalars(query))


def _thanked() -> list[sa.Row[tuple[int, int, int, int, datetime]]]:
    told = sa.select(Thanked.request_id, Thanked.seq, Thanked.event_seq, Thanked.person_id)
    with db.engine.begin() as connection:
        query = told.add_columns(Thanked.at).order_by(Thanked.request_id, Thanked.seq)
        return list(connection.execute(query))


def _rows() -> dict[str, int]:
    """Return how many rows each table of people's work has; the index of SQLite has its own."""
    names = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    with db.engine.begin() as connection:
        return {
            name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0
            for name in sorted(names)
            if not name.startswith("request_fts")
        }


@pytest.mark.both
def test_rebuilding_a_parent_keeps_its_children(
    empty_app: flask.Flask, with_steps: Callable[..., str]
) -> None:
    upgrade(directory=with_steps(SEED, REBUILD))
    assert db.session.scalar(sa.text("SELECT count(*) FROM child")) == 2


@pytest.mark.both
def test_a_failing_migration_leaves_nothing_half_done(
    empty_app: flask.Flask, with_steps: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    with pytest.raises((SystemExit, sa.exc.DatabaseError)):
        upgrade(directory=with_steps(FAIL))
    assert "half" not in sa.inspect(db.engine).get_table_names()
