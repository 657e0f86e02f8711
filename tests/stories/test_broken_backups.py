"""A backup that breaks half-way while it is put back: what was there before stays."""

import hashlib
import json
import shutil
import zipfile

import pytest

from tests.support.desk import ask
from tests.support.lives import live
from tests.support.postgres import programs
from tests.support.running import command, refused
from tests.support.walking import snapshot

PARTS = {"sqlite": "database.sqlite3", "postgres": "database.dump"}


@pytest.fixture(autouse=True)
def with_programs(engine, monkeypatch):
    if engine == "postgres":
        monkeypatch.setenv("PATH", str(programs()), prepend=":")


@pytest.fixture
def file(app, db_session, cast, tmp_path):
    """Return a backup; after it somebody has asked for something more."""
    live(db_session, cast, 20)
    db_session.commit()
    command(app, "backup", str(tmp_path / "baton.zip"))
    ask(db_session, cast.laptop, cast.lou, "Raised after the backup")
    db_session.commit()
    return tmp_path / "baton.zip"


def broken(file, engine, break_it):
    """Write the backup anew with a broken database whose checksum is right all the same."""
    target, name = file.with_name("broken.zip"), PARTS[engine]
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as into:
        manifest = json.loads(source.read("manifest.json"))
        content = break_it(source.read(name))
        manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
        for each in source.namelist():
            if each not in (name, "manifest.json"):
                into.writestr(each, source.read(each))
        into.writestr(name, content)
        into.writestr("manifest.json", json.dumps(manifest))
    return target


def cut(content):
    return content[: len(content) * 2 // 3]


def test_a_database_that_ends_in_the_middle_changes_nothing(app, engine, db_session, file):
    before = snapshot(db_session)
    db_session.rollback()

    assert refused(app, "restore", str(broken(file, engine, cut)), "--replace")

    assert snapshot(db_session) == before
    db_session.rollback()
    command(app, "restore", str(file), "--replace")
    assert snapshot(db_session)["request"] == before["request"][:-1]


def test_one_that_a_server_refuses_half_way_changes_nothing(
    app, engine, db_session, file, tmp_path, monkeypatch
):
    """On PostgreSQL the data goes in and its constraints fail; on SQLite a page is no page."""
    before = snapshot(db_session)
    db_session.rollback()
    whole = file
    if engine == "sqlite":
        whole = broken(file, engine, _without_a_page)
    else:
        _let_psql_meet_a_double(tmp_path, monkeypatch)

    said = refused(app, "restore", str(whole), "--replace")

    assert "psql says" in said or "damaged" in said
    assert snapshot(db_session) == before


def _without_a_page(content):
    page = 4096
    middle = len(content) // page // 2 * page
    return content[:middle] + b"\xff" * page + content[middle + page :]


def _let_psql_meet_a_double(folder, monkeypatch):
    """Put a psql in front that finds one row twice in the script, before the keys are made."""
    real = shutil.which("psql")
    front = folder / "bin" / "psql"
    front.parent.mkdir()
    front.write_text(
        "#!/bin/sh\n"
        'for each in "$@"; do case "$each" in --file=*) script="${each#--file=}";; esac; done\n'
        # the first row of the table of people stands twice
        "sed -i '/^COPY public.person /{n;p}' \"$script\"\n"
        f'exec {real} "$@"\n'
    )
    front.chmod(0o755)
    monkeypatch.setenv("PATH", str(front.parent), prepend=":")
