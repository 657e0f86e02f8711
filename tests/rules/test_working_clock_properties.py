"""What must hold for every calendar, and a minute-by-minute walk that counts the slow way."""

import functools
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.worktime.rules import WorkingClock, parse_plan, plan_as_doc
from tests.support.working_hours import ALWAYS, DAYS, clock

NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
# Around these UTC dates the zone changes its clocks, or Samoa leaves a date out.
CHANGES = {
    "Europe/Berlin": ["2024-03-31", "2024-10-27"],
    "America/New_York": ["2024-03-10", "2024-11-03"],
    "America/St_Johns": ["2024-03-10", "2009-11-01"],
    "America/Sao_Paulo": ["2018-11-04", "2019-02-17"],
    "Australia/Lord_Howe": ["2024-04-06", "2024-10-05"],
    "Pacific/Chatham": ["2024-04-06", "2024-09-28"],
    "Pacific/Apia": ["2011-12-30", "2012-04-01"],
    "Africa/Cairo": ["2014-05-15", "2014-07-31"],
    "Africa/Casablanca": ["2024-03-10", "2024-04-14"],
    "Asia/Tehran": ["2021-03-21", "2021-09-21"],
    "Asia/Gaza": ["2023-04-29", "2024-04-20"],
    "Europe/Lisbon": ["1992-09-27", "1996-03-31"],
    "Asia/Kathmandu": ["2024-03-31"],
    "UTC": ["2024-12-31"],
}


def open_minutes(doc: dict, start: datetime, end: datetime) -> list[datetime]:
    """Ask the wall clock at each minute whether it is open; knows nothing of offsets."""
    zone, found, hours = ZoneInfo(doc["tz"]), [], functools.cache(lambda day: hours_of(doc, day))
    for step in range((end - start) // timedelta(minutes=1)):
        at = start + timedelta(minutes=step)
        wall = at.astimezone(zone)
        day, minute = wall.toordinal(), wall.hour * 60 + wall.minute
        if any(first <= minute < last for first, last in hours(day)) or any(
            first <= minute + 1440 < last for first, last in hours(day - 1)
        ):
            found.append(at)
    return found


def hours_of(doc: dict, ordinal: int) -> list[tuple[int, int]]:
    parsed = []
    for opens, closes in windows_of(doc, date.fromordinal(ordinal)):
        first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (opens, closes))
        parsed.append((first, last if last > first else last + 1440))
    return parsed


def windows_of(doc: dict, day: date) -> list:
    iso = day.isoformat()
    if iso in doc["special"]:
        return doc["special"][iso]
    if iso in doc["holidays"]:
        return []
    weekly = doc["weekly"]
    for change in sorted(doc["changes"], key=lambda change: change["from"]):
        weekly = change["weekly"] if change["from"] <= iso else weekly
    return weekly.get(DAYS[day.weekday()], [])


def random_hours(rng: random.Random) -> list:
    edges = ["00:00", "01:30", "02:00", "02:30", "03:00", "06:15", "09:00", "17:00", "22:00"]
    return [
        [rng.choice(edges), rng.choice([*edges, "24:00"])] for _ in range(rng.choice([0, 1, 2]))
    ]


def random_doc(rng: random.Random, tz: str, days: list[str]) -> dict:
    return {
        "tz": tz,
        "weekly": {day: random_hours(rng) for day in DAYS},
        "holidays": rng.sample(days, 1),
        "special": {day: random_hours(rng) for day in rng.sample(days, 1)},
        "changes": [
            {"from": day, "weekly": {name: random_hours(rng) for name in DAYS}}
            for day in rng.sample(days, rng.choice([0, 1]))
        ],
    }


@pytest.mark.parametrize("tz", CHANGES)
def test_a_walk_minute_by_minute_counts_the_same(tz):
    rng = random.Random(tz)
    for _ in range(20):
        around = datetime.fromisoformat(rng.choice(CHANGES[tz])).replace(tzinfo=UTC)
        days = [(around + timedelta(days=n)).date().isoformat() for n in (-2, -1, 0, 1, 2)]
        doc = random_doc(rng, tz, days)
        minutes = sorted(rng.randrange(-2000, 2000) for _ in range(5))
        start, stop, go, _, end = (around + timedelta(minutes=minute) for minute in minutes)
        pauses = [(stop, go), (stop, go + timedelta(minutes=rng.randrange(90)))]
        tool = WorkingClock(parse_plan(doc))
        minutes = open_minutes(doc, start, end)
        unpaused = [at for at in minutes if not any(stop <= at < go for stop, go in pauses)]
        assert tool.between(start, end) == 60 * len(minutes), doc
        assert tool.between_excluding(start, end, pauses) == 60 * len(unpaused), doc


times = st.from_regex(r"([01][0-9]|2[0-3]):[0-5][0-9]", fullmatch=True)
windows = st.lists(st.tuples(times, times | st.just("24:00")).map(list), max_size=3)
weeklies = st.dictionaries(st.sampled_from(DAYS), windows)
dates = st.dates(date(2023, 12, 1), date(2025, 2, 1)).map(str)
docs = st.fixed_dictionaries(
    {
        "tz": st.sampled_from(sorted(CHANGES)),
        "weekly": weeklies,
        "holidays": st.lists(dates, max_size=5),
        "special": st.dictionaries(dates, windows, max_size=5),
        "changes": st.lists(
            st.fixed_dictionaries({"from": dates, "weekly": weeklies}),
            max_size=2,
            unique_by=lambda change: change["from"],
        ),
    }
)
clocks = docs.map(lambda doc: WorkingClock(parse_plan(doc)))
instants = st.integers(0, 366 * 86_400).map(lambda second: NEW_YEAR + timedelta(seconds=second))
some = settings(max_examples=60, deadline=None)


@some
@given(clocks, instants, instants, instants)
def test_working_time_adds_up_grows_and_never_exceeds_elapsed_time(tool, one, two, three):
    first, then, last = sorted((one, two, three))
    assert tool.between(first, then) + tool.between(then, last) == tool.between(first, last)
    assert 0 <= tool.between(first, then) <= tool.between(first, last)
    assert tool.between(first, last) <= (last - first).total_seconds()


@some
@given(st.sampled_from(sorted(CHANGES)), instants, instants)
def test_round_the_clock_working_time_is_elapsed_time(tz, one, other):
    first, last = sorted((one, other))
    assert clock(ALWAYS, tz).between(first, last) == (last - first).total_seconds()


@some
@given(clocks, instants, instants)
def test_adding_what_lies_between_comes_no_later_than_the_end(tool, one, other):
    first, last = sorted((one, other))
    due = tool.add(first, tool.between(first, last))
    assert due is not None
    assert due <= last
    assert tool.between(first, due) == tool.between(first, last)


@some
@given(clocks, instants, st.integers(1, 400_000))
def test_a_due_time_is_the_earliest_at_which_the_time_has_passed(tool, start, seconds):
    due = tool.add(start, seconds)
    if due is not None:
        assert tool.between(start, due) == seconds
        assert tool.between(start, due - timedelta(seconds=1)) == seconds - 1


@some
@given(clocks, instants)
def test_the_next_opening_is_open_and_nothing_before_it_is(tool, at):
    opening = tool.next_open(at)
    if opening is not None:
        assert tool.is_open(opening)
        assert tool.between(at, opening) == 0


@some
@given(weeklies, st.integers(0, 6 * 1440), st.integers(0, 3 * 1440))
def test_a_week_later_the_same_hours_count_the_same(weekly, minute, length):
    office = clock(weekly)  # no zone of Europe changes its clocks in May
    start = datetime(2024, 5, 6, tzinfo=UTC) + timedelta(minutes=minute)
    end, week = start + timedelta(minutes=length), timedelta(days=7)
    assert office.between(start, end) == office.between(start + week, end + week)


@some
@given(docs, instants, instants)
def test_answers_do_not_depend_on_what_was_asked_before(doc, one, other):
    first, last = sorted((one, other))
    asked, fresh = (WorkingClock(parse_plan(doc)) for _ in range(2))
    asked.between(last + timedelta(days=400), last + timedelta(days=800))
    asked.between(first - timedelta(days=800), first - timedelta(days=400))
    assert asked.between(first, last) == fresh.between(first, last)
    assert asked.add(first, 7200) == fresh.add(first, 7200)


@some
@given(docs)
def test_a_plan_survives_being_stored(doc):
    plan = parse_plan(doc)
    assert parse_plan(plan_as_doc(plan)) == plan
    assert hash(parse_plan(plan_as_doc(plan))) == hash(plan)
