"""How long things take with the open ones counted: against lifelines, and by hand."""

import time
from bisect import bisect_right
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from app.turnaround.statistics import nearest_rank
from app.turnaround.survival import PERCENTS, curve

SPANS = st.lists(st.integers(0, 40), max_size=60)


def arrivals(seed, count, *, window=90.0):
    """Durations in seconds as (finished, still open): three easy ones to one that is hard."""
    rng, finished, opened = Random(seed), [], []
    for _ in range(count):
        took = rng.expovariate(1 / 2 if rng.random() < 0.7 else 1 / 25)
        age = rng.random() * window
        (finished if took <= age else opened).append(int(86_400 * min(took, age)))
    return finished, opened


def by_lifelines(finished, opened):
    """Return the survival function as lifelines estimates it."""
    seen = [1] * len(finished) + [0] * len(opened)
    table = KaplanMeierFitter().fit(finished + opened, seen).survival_function_
    times, shares = list(table.index), list(table.iloc[:, 0])
    return lambda at: shares[bisect_right(times, at) - 1]


@pytest.mark.parametrize("seed", range(8))
def test_the_curve_is_that_of_lifelines(seed):
    finished, opened = arrivals(seed, 300 + 200 * seed, window=[10, 30, 90, 400][seed % 4])
    ours = curve(finished, opened)
    theirs = by_lifelines(finished, opened)
    for at in [0, 3600, *finished[:200], *opened[:50], ours.longest, ours.longest + 1]:
        assert ours.still_open(at) == pytest.approx(theirs(at), abs=1e-9)
    for percent in PERCENTS:
        reached = [at for at in finished if theirs(at) <= 1 - percent / 100 + 1e-9]
        assert ours.within(percent) == min(reached, default=None)


@given(SPANS, SPANS)
def test_ties_and_small_sets_are_those_of_lifelines_too(finished, opened):
    if not finished:
        assert curve(finished, opened).within(50) is None
        return
    ours = curve(finished, opened)
    theirs = by_lifelines(finished, opened)
    for at in range(42):
        assert ours.still_open(at) == pytest.approx(theirs(at), abs=1e-9)


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=300), st.integers(1, 99))
def test_with_nothing_open_it_is_the_nearest_rank(finished, percent):
    assert curve(finished, []).within(percent) == nearest_rank(sorted(finished), percent)


def test_what_is_open_makes_it_longer():
    """Ten done on days 1 to 10 look like a median of 5; ten more that still wait say otherwise."""
    done = list(range(1, 11))
    assert curve(done, []).within(50) == 5
    assert curve(done, [10] * 10).within(50) == 10
    told = curve(done, [30] * 11)
    assert (told.within(50), told.longest) == (None, 30)


def test_pace_is_the_age_as_a_percentile():
    told = curve(range(1, 101), [])
    assert [told.pace(age) for age in (0, 1, 50, 85, 99, 100, 500)] == [0, 1, 50, 85, 99, 100, 100]
    assert told.chance(by=100, age=50) == pytest.approx(1)
    assert told.chance(by=75, age=50) == pytest.approx(0.5)
    assert told.chance(by=200, age=100) is None


def test_a_hundred_thousand_pieces_take_a_moment():
    finished, opened = arrivals(1, 100_000)
    before = time.perf_counter()
    told = curve(finished, opened)
    assert time.perf_counter() - before < 0.5  # about 0.06 s on an idle core
    assert told.n == 100_000
    truth = {50: 2.27, 85: 17.3, 95: 44.8}  # days in which 0.7 e^(-t/2) + 0.3 e^(-t/25) are left
    for percent, days in truth.items():
        assert told.within(percent) / 86_400 == pytest.approx(days, rel=0.03)
    assert nearest_rank(sorted(finished), 95) / 86_400 < 0.8 * truth[95]  # what counting those says
