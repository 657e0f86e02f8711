"""Each deeper figure against a second count from the raw events, on both engines."""

from datetime import date, datetime, time, timedelta

import pytest

from app.people.queries import team_clock
from app.turnaround.lives import Time
from app.turnaround.rules import Choice
from tests.support.chapters import BERLIN, as_told, of_team, spans, tell_page, told, within
from tests.support.lives import NOW
from tests.support.recount import stories


@pytest.mark.parametrize("time", list(Time))
@pytest.mark.parametrize("team", ["it_help", "field_office"])
def test_what_to_expect_counts_the_open_ones(db_session, lived, team, time):
    clock = team_clock(db_session, lived.it_help.id)
    raised = [s for s in of_team(db_session, getattr(lived, team)) if within(s.raised)]
    finished, opened = spans(raised, clock, time)
    together = told(db_session, "expect", getattr(lived, team), time=time)["expectation"][
        "Together"
    ]
    still = sum(story.end()[0] is None for story in raised)
    assert together[:3] == [len(raised), len(finished), still]
    assert together[3:] == as_told(finished, opened)
    assert len(opened) > 3
    done = told(db_session, "how-long", getattr(lived, team), time=time)["done"]["Together"]
    assert done[2:5] == together[3:]


@pytest.mark.parametrize("time", list(Time))
def test_first_and_next_response_count_the_unanswered(db_session, lived, time):
    clock = team_clock(db_session, lived.it_help.id)
    found = of_team(db_session, lived.it_help)
    sheets = told(db_session, "how-long", lived.it_help, time=time)

    def span(a, b):
        return clock.between(a, b) if time is Time.WORKING else int((b - a).total_seconds())

    first, never, later, waiting = [], [], [], []
    for story in found:
        ours, theirs = story.said("providing"), story.said("asking")
        end = story.end()[1] or NOW
        if within(story.raised):
            (first if ours else never).append(span(story.raised, ours[0] if ours else end))
        for at in (at for at in theirs if ours and at > ours[0] and within(at)):
            dones = [t for kind, t, _, _ in story.events if kind == "done"]
            answers = sorted(t for t in [*ours, *dones] if t > at)
            (later if answers else waiting).append(span(at, answers[0] if answers else end))
    assert sheets["first-response"]["Together"][2:] == as_told(first, never)
    assert sheets["first-response"]["Together"][0] == len(first) + len(never)
    assert sheets["next-response"]["Together"][0] == len(later) + len(waiting) >= 20
    assert sheets["next-response"]["Together"][2:] == as_told(later, waiting)


def test_stage_times_part_every_stay_into_what_happened(db_session, lived):
    clock = team_clock(db_session, lived.it_help.id)
    sums, had = [0, 0, 0, 0], [0, 0, 0, 0]
    for story in stories(db_session):
        for _, team, entered, started, left, pauses in story.stays():
            if team != lived.it_help.id or not within(left):
                continue
            begun = started or left
            cuts = [(a, b or left) for a, b, _ in pauses]
            parts = (
                clock.between_excluding(entered, begun, cuts),
                clock.between_excluding(begun, left, cuts),
                sum(clock.between(a, b or left) for a, b, on in pauses if on == "requester"),
                sum(clock.between(a, b or left) for a, b, on in pauses if on != "requester"),
            )
            for index, seconds in enumerate(parts):
                sums[index] += seconds
                had[index] += seconds > 0
    rows = told(db_session, "how-long", lived.it_help)["stage-times"]
    names = ("waiting to begin", "in hand", "with the requester", "with a third team")
    for name, seconds, count in zip(names, sums, had, strict=True):
        assert rows[f"Work: {name}"][:2] == [count, round(100 * seconds / sum(sums))]
    assert min(had) > 3


def test_what_lay_where_is_what_was_happening_at_that_instant(db_session, lived):
    rows = told(db_session, "flow", lived.it_help)["flow"]
    found, mine = stories(db_session), lived.it_help.id
    for day, counts in rows.items():
        next_day = date.fromisoformat(day) + timedelta(days=1)
        at = min(datetime.combine(next_day, time(), BERLIN), NOW)
        bands = [
            story.band(at)
            for story in found
            if (story.team() if story.band(at) == "confirm" else team_before(story, at)) == mine
        ]
        assert counts == [
            bands.count(b) for b in ("begin", "hand", "requester", "elsewhere", "confirm")
        ]
    assert sum(rows["2026-03-08"]) > 10


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (date(2026, 3, 23), date(2026, 5, 31), ["2026-03-29", "2026-04-05", "2026-04-08"]),
        (date(2026, 4, 8), date(2026, 4, 30), ["2026-04-08"]),
        (date(2026, 4, 9), date(2026, 4, 30), []),
        (date(2030, 1, 1), date(2030, 12, 31), []),
    ],
)
def test_nothing_is_told_of_weeks_to_come(db_session, lived, first, last, ends):
    """It is Wednesday 8 April: the week that has begun ends for now, the next ones tell nothing."""
    page = tell_page(db_session, "flow", lived.it_help, choice=Choice(None, first, last))
    bands = next(sheet for sheet in page.sheets if sheet.key == "flow")
    assert [str(row[0].value) for row in bands.rows] == ends
    for sheet in page.sheets:
        weeks = [row[0].value for row in sheet.rows if row[0].kind == "days"]
        assert [str(week[1]) for week in weeks] == (ends if sheet is not bands else [])
        assert sheet.plot is None or ends


def team_before(story, at):
    return story.team(at - timedelta(microseconds=1)) if story.raised < at else None
