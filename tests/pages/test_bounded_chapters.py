"""No chapter walks the archive: each query of theirs begins with ids that its days bound."""

import re
from datetime import date

import pytest
from sqlalchemy import event

from app.db import db
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS, OWN
from app.turnaround.rules import Choice
from tests.support.chapters import tell_page
from tests.support.lives import NOW

GROWS = "request|stage_visit|pause|reply_wait|confirmation_wait|remark|answer|event|party"
WALKS = re.compile(
    rf"SCAN (?:{GROWS})\b"
    rf"|SEARCH (?:{GROWS})\w* USING (?!INDEX ix_\w+_open )"  # of what is open, which stays few
    r".*\((?:team_id|asking_team_id|type_id|holder_id|kind)=\?\)$"
)
CHOICES = [Choice(30), Choice(None, date(2026, 2, 9), date(2026, 3, 1))]


@pytest.fixture
def plans(db_session):
    """Return the steps of every plan that was followed, as SQLite tells them, with the query."""
    steps = []

    def note(connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            raw = connection.connection.dbapi_connection
            found = raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend((row[3], statement) for row in found)

    event.listen(db.engine, "before_cursor_execute", note)
    yield steps
    event.remove(db.engine, "before_cursor_execute", note)


def test_ones_own_figures_read_what_one_held_in_these_days(db_session, lived, plans):
    for choice in CHOICES:
        wanted = Wanted(Scope("own", "Bea", team_id=lived.content.id), choice)
        page = tell(db_session, OWN, wanted, now=NOW, viewer=lived.bea)
        assert page.basis.visits
    held = [step for step, _ in plans if "ix_stage_visit_holder_left" in step]
    assert any("left_at>?" in step for step in held)
    assert [step for step in plans if WALKS.match(step[0])] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_reads_its_days_and_not_the_archive(db_session, lived, plans, chapter):
    one, other = lived.it_help, lived.content
    scopes = [
        Scope("team", one.name, team_id=one.id),
        Scope("organisation", "Everybody"),
        Scope("type", "Anything", type_id=lived.article.id),
    ]
    if chapter == "pair":
        scopes = [Scope("pair", "Two", team_id=one.id, other_id=other.id)]
    for scope in scopes:
        for choice in CHOICES:
            for more in ({}, {"type_id": lived.article.id}, {"asker_id": other.id}):
                tell_page(db_session, chapter, scope, choice=choice, viewer=lived.kim, **more)
    assert plans
    assert [step for step in plans if WALKS.match(step[0])] == []


@pytest.mark.parametrize(
    ("chapter", "kind"), [("between", "team"), ("flow", "type"), ("pair", "pair")]
)
def test_the_visits_of_all_teams_are_not_gone_through_for_a_few_of_them(
    db_session, lived, plans, chapter, kind
):
    """They are found by the requests of a type, of two teams, or that one had or asked for."""
    one, other = lived.it_help.id, lived.content.id
    scope = {
        "team": Scope("team", "One", team_id=one),
        "type": Scope("type", "Laptops", type_id=lived.laptop.id),
        "pair": Scope("pair", "Both", team_id=one, other_id=other),
    }[kind]
    tell_page(db_session, chapter, scope, choice=CHOICES[0], viewer=lived.kim)
    all_teams = ", ".join("?" for _ in range(4))
    asked = {query for _, query in plans if "FROM stage_visit" in query}
    assert asked
    assert [query for query in asked if f"stage_visit.team_id IN ({all_teams})" in query] == []
