"""What one person may learn, for them alone; what a team may, as counts and from ten answers on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.feedback.actions import answer_remarks
from app.feedback.models import NudgeCount, Remark
from app.feedback.rules import AnswerKind
from app.turnaround.echoes import echoes_of
from app.turnaround.queries import scope_of
from app.turnaround.rules import Choice
from tests.support.desk import act
from tests.support.pieces import COULD, LATER, MUST, STRENGTH, answer, returned

MANY = [replace(COULD, see=f"Idea {number}") for number in range(9)]


@pytest.fixture(autouse=True)
def later():
    with freeze_time(LATER + timedelta(hours=1)):
        yield


def test_only_the_author_learns_what_recurs_and_what_to_keep(client, db_session, cast):
    returned(db_session, cast, [STRENGTH, MUST, COULD, replace(COULD, see="Another")])
    db_session.commit()
    client.sign_in(cast.ada)
    page = client.get("/me/learning")
    assert STRENGTH.see in page.one("section[aria-labelledby=kept]").get_text()
    rows = page.texts("tbody tr")
    assert rows == ["Suggestion 0 0 0 0 0 2 2", "Problem 0 0 0 0 0 1 1"]
    assert MUST.see in page.text
    for other in (cast.bea, cast.dov, cast.kim):
        client.sign_in(other)
        assert "Nothing to learn from yet" in client.get("/me/learning").text


def test_a_team_reads_counts_from_ten_answers_on(client, db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST, *MANY])
    ideas = db_session.scalars(select(Remark.id).where(Remark.weight == "could")).all()
    taken = (AnswerKind.TAKEN, "")
    said = {n: taken for n in ideas if db_session.get(Remark, n).kind != "strength"}
    answer_remarks(db_session, piece, said, act=act(cast.ada, LATER))
    day = LATER.date()
    db_session.add(
        NudgeCount(day=day, team_id=cast.content.id, rule="insult", shown=12, changed=4, kept=8)
    )
    db_session.add(
        NudgeCount(day=day, team_id=cast.content.id, rule="why", shown=3, changed=1, kept=2)
    )
    db_session.commit()
    client.sign_in(cast.dov)
    url = f"/teams/{cast.content.id}/turnaround"
    assert "Shown from ten answers on" in client.get(url).one("#echoes").get_text()
    answer(db_session, piece, cast.ada, MUST.see, AnswerKind.NOT_TAKEN, "No source")
    db_session.commit()
    page = client.get(url)
    rows = page.texts("#echoes tbody tr")
    assert rows == ["Taken 9", "Not taken because 1", "Insult 12 4 8"]
    assert "No source" not in page.html
    assert "Idea 1" not in page.html


def test_of_several_answers_to_a_remark_only_the_last_one_is_counted(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST, *MANY])
    for see in [MUST.see, *(remark.see for remark in MANY)]:
        answer(db_session, piece, cast.ada, see)
    for _ in range(2):
        answer(db_session, piece, cast.ada, MUST.see, AnswerKind.NOT_TAKEN, "No source")
    scope = scope_of(db_session, cast.content, Choice(90), now=LATER)
    found = echoes_of(db_session, cast.content.id, scope.window)
    assert found.answers == {"taken": 9, "not taken because": 1}
