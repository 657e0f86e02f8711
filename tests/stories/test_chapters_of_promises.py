"""Promises, what is open now, what comes and goes, and the forecast: against a second count."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.people.queries import team_clock
from app.turnaround.expecting import curve_of
from app.turnaround.lives import Time
from app.turnaround.when_done import daily_done, steadiness_of
from tests.support.chapters import START, of_team, shared_percent, spans, tell_page, told, within
from tests.support.lives import NOW
from tests.support.recount import working

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)


def due(story):
    return datetime.fromisoformat(story.events[0][2]["due"])


def paused(story):
    kinds = [kind for kind, _, _, _ in story.events if kind in ("paused", "resumed")]
    return bool(kinds) and kinds[-1] == "paused"


def fates(story):
    """Return "kept", "late", "open", or None for a promise that does not count."""
    what, end = story.end()
    if what == "done":
        return "kept" if end <= due(story) else "late"
    return "open" if what is None and due(story) < NOW and not paused(story) else None


def test_promises_count_the_open_and_late(db_session, lived):
    sheets = told(db_session, "promises", lived.it_help)
    found = [s for s in of_team(db_session, lived.it_help) if within(due(s))]
    came = [fate for story in found if (fate := fates(story))]
    counts = [came.count(fate) for fate in ("kept", "late", "open")]
    share = shared_percent(counts[0], len(came))
    assert sheets["promises"]["Done"] == [len(came), *counts, share]
    assert min(counts) > 3
    for week, row in sheets["promises-by-week"].items():
        first, last = (date.fromisoformat(day) for day in week.split(" to "))
        there = [s for s in found if first <= due(s).astimezone(BERLIN).date() <= last]
        fated = [fates(story) for story in there]
        assert row == [fated.count(fate) for fate in ("kept", "late", "open")]


def fate_of_answer(by, answers, *, is_open):
    if by is None or not within(by):
        return None
    if answers:
        return "kept" if answers[0] <= by else "late"
    return "open" if is_open and by < NOW else None


def later_questions(story):
    """Yield (promised for, answers) of each question after the first answer."""
    ours = story.said("providing")
    dones = [t for kind, t, _, _ in story.events if kind == "done"]
    for kind, at, data, _ in story.events:
        if kind == "message" and "reply_by" in data and ours and at > ours[0]:
            answers = sorted(t for t in [*ours, *dones] if t > at)
            yield datetime.fromisoformat(data["reply_by"]), answers


def test_first_and_next_answers_are_kept_or_not(db_session, lived):
    rows = told(db_session, "promises", lived.it_help)["promises"]
    first, later = [], []
    for story in of_team(db_session, lived.it_help):
        by, still = story.events[0][2].get("respond_by"), story.end()[0] is None
        by = by and datetime.fromisoformat(by)
        first.append(fate_of_answer(by, story.said("providing"), is_open=still))
        later += [fate_of_answer(b, ts, is_open=still) for b, ts in later_questions(story)]
    for name, came in (("First answer", first), ("Next answer", later)):
        counts = [came.count(fate) for fate in ("kept", "late", "open")]
        assert rows[name] == [sum(counts), *counts, shared_percent(counts[0], sum(counts))]
        assert sum(counts) > 10


def test_right_the_first_time_stands_beside_every_speed(db_session, lived):
    rows = told(db_session, "promises", lived.it_help)["first-time-right"]
    done = [s for s in of_team(db_session, lived.it_help) if within(s.end()[1])]
    done = [story for story in done if story.end()[0] == "done"]
    again = sum(any(kind == "reopened" for kind, _, _, _ in s.events) for s in done)
    unripe = sum(NOW - story.end()[1] < 14 * DAY for story in done)
    right = len(done) - again
    share = shared_percent(right, len(done))
    assert rows["Together"] == [len(done), right, 0, again, unripe, share]
    assert again > 3


def test_open_work_is_counted_by_age_and_where_it_is(db_session, lived):
    sheets = told(db_session, "now", lived.it_help)
    still = [s for s in of_team(db_session, lived.it_help) if s.end()[0] is None]
    assert sheets["open-work"]["Together"][3] == len(still) > 10
    assert sheets["open-work"]["Together"][2] == sum(paused(story) for story in still)
    ages = [NOW - story.raised for story in still]
    assert sheets["open-work"]["Under a day"][3] == sum(age < DAY for age in ages)
    assert sheets["open-work"]["Over 4 weeks"][3] == sum(age >= 28 * DAY for age in ages)
    late = {s.id for s in still if due(s) < NOW and not paused(s)}
    silent = {
        s.id
        for s in still
        if not s.said("providing") and datetime.fromisoformat(s.events[0][2]["respond_by"]) < NOW
    }
    shown = [row[0] for row in sheets["late-and-silent"].values()]
    assert shown == [len(late & silent), len(late - silent), len(silent - late)]
    assert late


@pytest.mark.parametrize("time", list(Time))
def test_the_pace_of_open_work_is_its_age_as_a_percentile(db_session, lived, time):
    clock = team_clock(db_session, lived.it_help.id)
    found = of_team(db_session, lived.it_help)
    page = tell_page(db_session, "now", lived.it_help, time=time, viewer=lived.ivo)
    raised = [life for life in page.basis.lives if within(life.raised_at)]
    usual = curve_of(page.basis, raised)
    finished, opened = spans([s for s in found if within(s.raised)], clock, time)
    oldest = next(sheet for sheet in page.sheets if sheet.key == "oldest").rows
    by_id = {story.id: story for story in found}
    for named, age, pace, _ in oldest[:8]:
        story = by_id[named.value]
        expected = working(story, clock, NOW)
        if time is Time.ELAPSED:
            expected = int((NOW - story.raised).total_seconds())
        assert age.value == expected
        alive = 1.0
        for at in sorted({t for t in finished if t <= expected}):
            watched = sum(t >= at for t in [*finished, *opened])
            alive *= 1 - finished.count(at) / watched
        assert pace.value == int(100 * (1 - alive) + 1e-9) == usual.pace(expected)


def test_what_came_and_went_and_how_long_it_took_by_week(db_session, lived):
    sheets = told(db_session, "flow", lived.it_help)
    clock = team_clock(db_session, lived.it_help.id)
    found = of_team(db_session, lived.it_help)
    for week, row in sheets["throughput"].items():
        first, last = (date.fromisoformat(day) for day in week.split(" to "))
        came = [s for s in found if first <= s.raised.astimezone(BERLIN).date() <= last]
        ends = [(s, s.end()[1]) for s in found if s.end()[0] == "done"]
        went = [s for s, end in ends if first <= end.astimezone(BERLIN).date() <= last]
        assert row == [len(came), len(went)]
    done = [s for s in found if s.end()[0] == "done" and within(s.end()[1])]
    took = sorted(working(story, clock, NOW) for story in done)
    ranks = [took[-(-percent * len(took) // 100) - 1] for percent in (50, 85, 95)]
    assert sheets["scatter"]["Together"] == [len(done), *ranks]


def test_the_forecast_stands_on_what_was_done_each_day(db_session, lived):
    page = tell_page(db_session, "expect", lived.it_help)
    found = of_team(db_session, lived.it_help)
    days = [date(2026, 2, 2) + timedelta(days=n) for n in range(65)]  # today is not over
    ends = [s.end()[1].astimezone(BERLIN).date() for s in found if s.end()[0] == "done"]
    assert daily_done(page.basis) == [ends.count(day) for day in days]
    counts = []
    for day in days:
        at = datetime.combine(day + DAY, datetime.min.time(), BERLIN)
        counts.append(sum(s.raised < at and ((s.end()[1] or NOW) >= at) for s in found))
    steady = steadiness_of(page.basis)
    assert steady.mean_open == pytest.approx(sum(counts) / len(days))
    before = sum(s.raised < START and ((s.end()[1] or NOW) >= START) for s in found)
    assert (steady.left, steady.left - steady.came + steady.went) == (counts[-1], before)
    rows = next(sheet for sheet in page.sheets if sheet.key == "forecast").rows
    dates = [row[1].value for row in rows]
    assert [row[0].value for row in rows] == ["50 %", "85 %", "95 %"]
    assert dates == sorted(dates)
    assert dates[0] > date(2026, 4, 8)
