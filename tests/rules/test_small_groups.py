"""What is told of few people, of few pieces, and of one stage: in chapters, with the reason."""

from dataclasses import replace

import pytest

from app.turnaround import expecting, fairness, how_long, kept, open_now
from app.turnaround.lives import Split
from app.turnaround.sheets import Lists, plain
from tests.support.made_up import HOUR, a_life, a_visit, sheet


def kinds(told, index):
    return [row[index].kind for row in told.rows]


@pytest.mark.parametrize(
    ("asker", "server", "kind"), [(2, 1, "time"), (4, 1, "crowd"), (2, 4, "crowd")]
)
def test_a_wait_is_told_where_enough_people_ask_and_are_asked(basis, asker, server, kind):
    """Team 4 has four people: neither their waiting nor their beginning is told."""
    visits = [a_visit(n, asker, waited=100)._replace(team_id=server) for n in range(20)]
    told = sheet(fairness, replace(basis, visits=visits), "waits-by-asker")
    assert kinds(told, 2) == [kind]


def test_nobody_is_mentioned_for_waits_of_a_small_team(basis):
    visits = [a_visit(n, 2 + n % 2, waited=900 * (n % 2) + 1) for n in range(60)]
    assert sheet(fairness, replace(basis, visits=visits), "waits-by-asker").flag
    small = [visit._replace(team_id=4) for visit in visits]
    assert sheet(fairness, replace(basis, visits=small), "waits-by-asker").flag is None


def test_the_pace_of_few_people_is_told_nowhere(basis):
    lives = [a_life(n, took=n * HOUR) for n in range(1, 41)]
    lives += [a_life(n, took=n * HOUR, done=False) for n in range(41, 46)]
    many, few = replace(basis, lives=lives), replace(basis, lives=lives, crowd=4)
    assert len(sheet(open_now, many, "pace").rows) == 4
    assert kinds(sheet(open_now, many, "oldest"), 2) == ["count"] * 5
    told = sheet(open_now, few, "pace")
    assert (told.rows, told.empty) == ((), "Too few people to say")
    told = sheet(open_now, few, "oldest")
    assert [plain(row[2]) for row in told.rows] == ["too few people to say"] * 5
    one = replace(basis, lives=lives[-6:])
    assert [plain(row[2]) for row in sheet(open_now, one, "oldest").rows] == [
        "too few to say (n = 6)"
    ] * 5


def test_a_share_of_the_time_at_a_stage_is_told_from_twenty_visits_on(basis):
    visits = [
        a_visit(n, 2, waited=HOUR)._replace(left_at=basis.now, working=Split(HOUR, HOUR, 0, 0))
        for n in range(20)
    ]
    told = sheet(how_long, replace(basis, visits=visits), "stage-times")
    assert [plain(row[2]) for row in told.rows] == [50, 50, 0, 0]
    assert told.plot
    told = sheet(how_long, replace(basis, visits=visits[1:]), "stage-times")
    assert [plain(row[2]) for row in told.rows] == ["too few to say (n = 19)"] * 4
    assert not told.plot


@pytest.mark.parametrize(("chapter", "key"), [(how_long, "done"), (expecting, "expectation")])
def test_what_is_read_first_says_of_how_many(basis, chapter, key):
    lives = [a_life(n, took=HOUR) for n in range(30)]
    lives += [a_life(n, took=HOUR, done=False) for n in range(30, 34)]
    told = sheet(chapter, replace(basis, lives=lives), key)
    assert [n for _, _, n in told.stats] == [34] * 3


def test_a_stage_is_said_to_narrow_visits_and_open_work_alone(basis):
    lives = [a_life(n, done=n > 3) for n in range(30)]
    plain_one, at_work = (replace(basis, lives=lives, stage=stage) for stage in (None, "work"))
    for key in ("first-response", "next-response", "done"):
        assert "whatever the stage" in sheet(how_long, at_work, key).cohort
    for chapter, key in ((how_long, "stage-times"), *((open_now, key) for key in NOW)):
        assert sheet(chapter, at_work, key).cohort.endswith("; only at the stage “work”")
    for chapter in (how_long, open_now, kept):
        for each in chapter.tell(plain_one, Lists()):
            assert "stage “" not in each.cohort
            assert "whatever the stage" not in each.cohort


NOW = ("open-work", "late-and-silent", "pace", "oldest")
