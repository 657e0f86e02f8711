"""What the command line says when something is not as it should be: a line, no traceback."""

import pytest

from tests.support.apps import build, dispose

NOBODY_THERE = "postgresql://nobody@127.0.0.1:1/none"
COMMANDS = (
    ["person", "add", "--name", "Noa Lind", "--email", "noa@baton.example"],
    ["report", "flow", "--team", "Content"],
    ["rebuild"],
    ["db", "upgrade"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_is_away_is_told_in_a_line(command):
    app = build(NOBODY_THERE)
    told = app.test_cli_runner().invoke(args=command)
    dispose(app)
    assert told.exit_code == 1
    assert told.output.startswith("Error: The database says: connection")
    assert "Traceback" not in told.output


def test_a_database_without_its_tables_is_told_in_a_line(tmp_path):
    app = build(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    told = app.test_cli_runner().invoke(args=COMMANDS[0])
    dispose(app)
    assert told.exit_code == 1
    assert told.output == "Error: The database says: no such table: person\n"


def test_more_days_than_there_are_is_told_in_a_line(app, db_session):
    told = app.test_cli_runner().invoke(args=["demo", "build", "--days", "9999999"])
    assert told.exit_code == 2
    assert "is not in the range" in told.output
