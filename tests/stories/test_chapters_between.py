"""What goes between teams, both ways, and who is passed in line: against a second count."""

from collections import Counter

import pytest

from app.people.queries import team_clock
from app.turnaround.basis import Scope
from app.turnaround.lives import Time
from tests.support.chapters import (
    as_told,
    passes,
    shared_percent,
    spans,
    told,
    waited,
    within,
)
from tests.support.lives import NOW
from tests.support.recount import stories
from tests.support.traffic import teams_of

ALL = Scope("organisation", "Everybody")


@pytest.fixture
def clock(db_session, lived):
    return team_clock(db_session, lived.it_help.id)


def came_back(story, stay, after):
    """A pass that was given back, or met with a question to the team that had asked."""
    asked = stay[0] == story.asking and any(on == "requester" for _, _, on in stay[5])
    return asked or (after is not None and after[1] == stay[0])


def half(found, clock):
    begun = [waited(stay, clock) for _, stay, _ in found if stay[3]]
    waiting = [waited(stay, clock) for _, stay, _ in found if not stay[3]]
    return as_told(begun, waiting)[0]


def test_every_cell_of_the_matrix_is_counted_from_the_handoffs(db_session, lived, clock):
    sheets = told(db_session, "between", ALL)
    found = list(passes(stories(db_session)))
    teams = sorted(teams_of(lived), key=lambda team: team.name)
    for giver in teams:
        for index, taker in enumerate(teams):
            way = [p for p in found if (p[1][0], p[1][1]) == (giver.id, taker.id)]
            if giver is taker:
                assert (sheets["handoffs"][giver.name][index], way) == ("", [])
                continue
            assert sheets["handoffs"][giver.name][index] == len(way)
            if not way:
                continue
            back = sum(came_back(*each) for each in way)
            assert sheets["handoff-waits"][giver.name][index] == half(way, clock)
            shared = shared_percent(back, len(way))
            assert sheets["handoff-returns"][giver.name][index] == shared
    assert len(found) > 300


def test_a_team_reads_both_directions_of_each_other_team(db_session, lived, clock):
    rows = told(db_session, "between", lived.content)["handoffs"]
    found, mine = list(passes(stories(db_session))), lived.content.id
    for team in (lived.field_office, lived.it_help, lived.finance):
        expected = []
        for giver, taker in ((team.id, mine), (mine, team.id)):
            way = [each for each in found if (each[1][0], each[1][1]) == (giver, taker)]
            back = sum(came_back(*each) for each in way)
            if way:
                expected += [len(way), half(way, clock), shared_percent(back, len(way))]
            else:
                expected += [0, "", ""]
        assert rows[team.name] == expected


def test_two_teams_read_the_same_of_each_other(db_session, lived, clock):
    one, other = lived.it_help, lived.field_office
    scope = Scope("pair", "Both", team_id=one.id, other_id=other.id)
    sheets, found = told(db_session, "pair", scope), stories(db_session)
    for index, (a, b) in enumerate(((one.id, other.id), (other.id, one.id))):
        lives = [s for s in found if (s.asking, s.team()) == (a, b)]
        raised = [story for story in lives if within(story.raised)]
        done = [s for s in lives if s.end()[0] == "done" and within(s.end()[1])]
        way = [p for p in passes(found) if (p[1][0], p[1][1]) == (a, b)]
        said = [at for s in lives for kind, at, _, _ in s.events if kind == "thanked"]
        volume = [sheets["volume"][name][index] for name in sheets["volume"]]
        still = sum(story.end()[0] is None for story in lives)
        thanks = sum(within(at) for at in said)
        assert volume == [len(raised), len(done), still, len(way), thanks]
        right = sum(all(k != "reopened" for k, _, _, _ in s.events) for s in done)
        held = {name: values[2 * index :][:2] for name, values in sheets["held"].items()}
        assert held["Right the first time"] == [shared_percent(right, len(done)), len(done)]
        back = sum(came_back(*each) for each in way)
        assert held["Came back to who passed it"] == [shared_percent(back, len(way)), len(way)]
        waits = {name: values[2 * index :][:2] for name, values in sheets["waits"].items()}
        assert waits["Until somebody began, half within"] == [half(way, clock), len(way)]
        told_done = as_told(*spans(raised, clock, Time.WORKING))
        for name, expected in zip(("half", "85 %"), told_done, strict=False):
            assert waits[f"Done, {name} within"] == [expected, len(raised)]
            assert waits[f"First answer, {name} within"][1] == len(raised)


def test_those_who_ask_are_asked_how_soon_they_answer(db_session, lived, clock):
    rows = told(db_session, "fair", ALL)["askers-answer"]
    answers, waiting = Counter(), Counter()
    spans_of = {}
    for story in stories(db_session):
        for stay in story.stays():
            for start, end, on in stay[5]:
                if on == "requester" and within(start):
                    took = clock.between(start, end or NOW)
                    answered = end is not None and any(
                        k == "resumed" and t == end for k, t, _, _ in story.events
                    )
                    kinds = spans_of.setdefault(story.asking, ([], []))
                    kinds[not answered].append(took)
                    (answers if answered else waiting)[story.asking] += 1
    for team in teams_of(lived):
        n = answers[team.id] + waiting[team.id]
        assert rows[team.name] == [n, *as_told(*spans_of[team.id])]
    assert sum(answers.values()) > 60


def test_waits_are_compared_by_who_asks_within_one_type(db_session, lived, clock):
    rows = told(db_session, "fair", lived.it_help)["waits-by-asker"]
    for team in (lived.content, lived.field_office, lived.finance):
        firsts = [
            story.stays()[0]
            for story in stories(db_session)
            if story.asking == team.id and story.type_id == lived.laptop.id and within(story.raised)
        ]
        begun = [waited(stay, clock) for stay in firsts if stay[3]]
        waiting = [waited(stay, clock) for stay in firsts if not stay[3]]
        assert rows[f"Laptop: {team.name}"] == [len(firsts), *as_told(begun, waiting)]


def test_who_was_begun_before_an_older_one_is_found_by_looking_at_every_pair(db_session, lived):
    rows = told(db_session, "fair", lived.it_help)["overtaking"]
    lines = {}
    for story in stories(db_session):
        for stay in story.stays():
            if stay[1] == lived.it_help.id:
                lines.setdefault(story.type_id, []).append((story, stay))
    began, passed, over = Counter(), Counter(), {}
    for line in lines.values():
        for story, stay in line:
            began[story.asking] += within(stay[3])
            older = [
                (other[2], who)
                for who, other in line
                if within(stay[3]) and other[2] < stay[2] and stood(other, stay[3])
            ]
            if older:
                oldest = min(older, key=lambda pair: pair[0])[1]
                passed[story.asking] += 1
                over.setdefault(oldest.asking, set()).add(oldest.id)
    for team in (lived.content, lived.field_office, lived.finance):
        shown = rows[team.name]
        assert shown[:2] == [began[team.id], passed[team.id]]
        assert shown[3] == len(over.get(team.id, ()))
    assert sum(passed.values()) > 30


def stood(stay, at):
    """Say whether a stay still waited in line just after an instant, and was not paused."""
    _, _, entered, started, left, pauses = stay
    paused = any(a <= at and (b is None or b > at) for a, b, _ in pauses)
    begun = (started is not None and started <= at) or (left is not None and left <= at)
    return entered <= at and not begun and not paused
