"""A real service desk's log, against figures computed straight from its CSV without our code."""

import csv
import itertools
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.catalogue.rules import Visibility
from app.cli.import_log import add_log
from app.imports.log_lines import read_log
from app.imports.mapping import BadMapping, read_mapping
from app.requests.intervals import Pause
from app.requests.models import Event, Request
from app.requests.record.rebuilding import differences
from tests.support.running import command

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "tests" / "support" / "data" / "incident_event_log.csv"
MAPPING = ROOT / "app" / "imports" / "mappings" / "incident_event_log.toml"


def moment(text):
    return datetime.strptime(f"{text} +0000", "%d-%m-%Y %H:%M %z")


@pytest.fixture(scope="module")
def truth():
    """Return what the CSV itself says: kept lines per case, and the lines that make no sense."""
    kept, rejected = defaultdict(list), 0
    with LOG.open(newline="") as file:
        for row in csv.DictReader(file):
            lines = kept[row["number"]]
            at, state = moment(row["sys_updated_at"]), row["incident_state"]
            ended = lines and lines[-1][1] == "Closed"
            if ended or at < moment(row["opened_at"]) or (lines and at < lines[-1][0]):
                rejected += 1
                continue
            lines.append((at, state, moment(row["opened_at"])))
    return kept, rejected


def import_it(session):
    return add_log(LOG, MAPPING, visibility=Visibility.BOTH_TEAMS)


def test_the_imported_desk_agrees_with_its_own_csv(db_session, truth):
    kept, rejected = truth
    report = import_it(db_session)

    reopened, paused, took = 0, timedelta(), []
    for lines in kept.values():
        states = [state for _, state, _ in lines]
        reopened += sum(
            before == "Resolved" and after not in ("Resolved", "Closed")
            for before, after in itertools.pairwise(states)
        )
        paused += sum(
            (
                later[0] - line[0]
                for line, later in itertools.pairwise(lines)
                if line[1].startswith("Awaiting")
            ),
            timedelta(),
        )
        done = [
            line[0]
            for number, line in enumerate(lines)
            if line[1] in ("Resolved", "Closed")
            and (number == 0 or lines[number - 1][1] not in ("Resolved", "Closed"))
        ]
        took.append(done[-1] - lines[0][2])
    ours = db_session.scalars(select(Request)).all()
    assert len(ours) == len(kept) == 890
    assert sum(request.reopenings for request in ours) == reopened
    assert (
        sum(
            ((pause.to_at - pause.from_at) for pause in db_session.scalars(select(Pause))),
            timedelta(),
        )
        == paused
    )
    elapsed = sorted(request.done_at - request.raised_at for request in ours)
    assert elapsed == sorted(took)
    assert elapsed[444] == sorted(took)[444]  # the median of 890 by nearest rank
    assert sum(map(len, report.rejected.values())) == rejected == 14
    assert report.adds_up
    assert list(differences(db_session)) == []


def test_running_it_twice_adds_nothing(db_session):
    import_it(db_session)
    events = db_session.scalar(select(func.count()).select_from(Event))

    report = import_it(db_session)

    assert report.cases_added == 0
    assert report.adds_up
    assert report.known == report.lines - 14
    assert db_session.scalar(select(func.count()).select_from(Event)) == events


def test_a_dry_run_reports_and_writes_nothing(app, db_session):
    result = app.test_cli_runner().invoke(
        args=["import-log", str(LOG), "--mapping", str(MAPPING), "--dry-run"]
    )

    assert "890 requests would be added" in result.output
    assert "Rejected, before its opening: 5, in line 330, 336, 346, 351, 438" in result.output
    db_session.rollback()
    assert db_session.scalar(select(func.count()).select_from(Request)) == 0


def test_the_command_reads_a_mark_of_utf_8_and_names_what_is_none(app, db_session, tmp_path):
    file = tmp_path / "desk.csv"
    lines = [HEADER, GOOD, GOOD.replace("Ann", "M\xfcller")]
    file.write_bytes(b"\xef\xbb\xbf" + "".join(lines).encode("latin-1"))

    args = ["import-log", str(file), "--mapping", str(MAPPING), "--dry-run"]
    assert "Rejected, not written in UTF-8: 1, in line 3" in command(app, *args)


MAP = read_mapping(MAPPING.read_text())
HEADER = ",".join(MAP.columns.values()) + ",surprise\n"
GOOD = "INC1,01-03-2016 10:00,01-03-2016 09:00,New,Group 1,Ann,Caller 1,x\n"


def read(*lines):
    return read_log([HEADER, *lines], MAP)


def test_what_cannot_be_taken_is_listed_with_its_line():
    cases, report = read(
        GOOD,
        GOOD.replace("New", "Strange"),
        GOOD.replace("01-03-2016 10:00", "yesterday"),
        GOOD.replace("01-03-2016 10:00", "01-03-2016 09:30"),
        "INC1,too,few\n",
        GOOD.replace("New", "Closed"),
        GOOD,
        GOOD.replace("INC1", "?"),
        GOOD.replace("INC1", "IN\0C2").replace("Group 1", "?"),
    )

    assert dict(report.rejected) == {
        "unknown state “Strange”": [3],
        "unparsable time": [4],
        "out of order": [5],
        "wrong number of cells": [6],
        "after its end": [8],
        "no case": [9],
    }
    assert dict(report.unknown_values) == {"team": [10]}
    assert report.unknown_columns == ["surprise"]
    assert [case.ref for case in cases] == ["INC1", "IN\ufffdC2"]


def test_a_log_without_a_column_that_is_needed_is_refused_at_once():
    with pytest.raises(BadMapping, match="incident_state"):
        read_log([HEADER.replace("incident_state", "status")], MAP)
    with pytest.raises(BadMapping):
        read_log([], MAP)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"New" = "raised"', '"New" = "begun"', "begun"),
        ('zone = "UTC"', 'zone = "Mars/North"', "Mars/North"),
        ('case = "number"', "", "case"),
        ('tz = "America/Sao_Paulo"', 'tz = "Nowhere"', "Nowhere"),
        ("[calendar.weekly]", "[calendar.weekly]\n[elsewhere]", "never opens"),
        ("[columns]", "[columns", "TOML"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(old, new, said):
    with pytest.raises(BadMapping, match=said):
        read_mapping(MAPPING.read_text().replace(old, new, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=80), max_size=20))
def test_no_garbage_stops_it_and_every_line_is_counted(lines):
    _, report = read(GOOD, *lines)

    assert report.lines == sum(map(len, report.rejected.values())) + sum(
        len(case.lines) for case in read(GOOD, *lines)[0]
    )
