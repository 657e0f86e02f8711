"""What became of advice, as counts: hidden while somebody could be guessed."""

from datetime import date, timedelta

import pytest

from app.feedback.rules import AnswerKind, RemarkKind, RemarkWords, Weight
from app.people.queries import team_clock
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS
from app.turnaround.rules import Choice
from app.turnaround.sheets import plain
from tests.support.chapters import as_told
from tests.support.crowds import crowd
from tests.support.desk import MONDAY
from tests.support.pieces import STRENGTH, answer, remarks_of, returned

MARCH = Choice(None, date(2026, 3, 1), date(2026, 3, 31))
NOW = MONDAY + timedelta(days=9)
KINDS = (AnswerKind.TAKEN, AnswerKind.TAKEN_OWN_WAY, AnswerKind.NOT_TAKEN)


def ask(number):
    return RemarkWords(RemarkKind.QUESTION, Weight.MUST, f"Who says so? {number}", "It matters")


@pytest.fixture
def piece(db_session, cast):
    crowd(db_session, cast)
    return returned(db_session, cast, [STRENGTH, *(ask(number) for number in range(24))])


def look(session, cast):
    scope = Scope("team", "Content", team_id=cast.content.id)
    page = tell(session, CHAPTERS["advice"], Wanted(scope, MARCH), now=NOW, viewer=None)
    assert page.lists.known == {}  # no list leads from a count to who said what
    return {sheet.key: [[plain(c) for c in row] for row in sheet.rows] for sheet in page.sheets}


def reply(session, cast, piece, number):
    at = MONDAY + timedelta(hours=3 + 5 * number)
    kind = KINDS[number % 3]
    answer(session, piece, cast.ada, f"Who says so? {number}", kind, "Because", at=at)
    return at


def test_counts_are_hidden_until_ten_answers(db_session, cast, piece):
    for number in range(9):
        reply(db_session, cast, piece, number)
    assert set(map(len, look(db_session, cast).values())) == {0}
    reply(db_session, cast, piece, 9)
    assert [row[1] for row in look(db_session, cast)["advice-taken"]] == [4, 3, 3, 0]


def test_counts_are_hidden_for_a_team_under_five(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, *(ask(number) for number in range(12))])
    for number in range(12):
        reply(db_session, cast, piece, number)
    assert set(map(len, look(db_session, cast).values())) == {0}


def test_time_to_answer_what_was_made_of_it_and_what_was_praised(db_session, cast, piece):
    clock = team_clock(db_session, cast.content.id)
    given = remarks_of(db_session, piece)[0].released_at
    waits = [clock.between(given, reply(db_session, cast, piece, number)) for number in range(22)]
    # Said once more: the time stays that of the first answer.
    answer(db_session, piece, cast.ada, "Who says so? 1", KINDS[1], "Again", at=NOW)
    remarks_of(db_session, piece)[24].withdrawn_at = NOW
    db_session.flush()
    open_ones = [clock.between(given, NOW)]
    sheets = look(db_session, cast)
    ((_, n, unanswered, *spans),) = sheets["advice-answered"]
    assert (n, unanswered, spans) == (23, 1, as_told(waits, open_ones))
    taken, own_way, not_taken, question = sheets["advice-taken"]
    assert [taken[1:], own_way[1:], not_taken[1:]] == [[8, 36], [7, 32], [7, 32]]
    assert question[1:] == [0, 0]
    rounds, remarks = sheets["advice-strengths"]
    assert (rounds[1:], remarks[1:]) == ([1, 1, 100], [24, 1, 4])
