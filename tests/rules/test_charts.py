"""The geometry of the drawings: to scale, in room, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.turnaround.charts import (
    LONGEST,
    NAMED,
    PLOT,
    TOP,
    every,
    lying_bars,
    round_scale,
    standing_pairs,
)

COUNT = st.integers(0, 10**6)
LENGTHS = (LONGEST, NAMED)


@given(st.lists(st.lists(COUNT, min_size=1, max_size=3), max_size=12), st.sampled_from(LENGTHS))
def test_lying_bars_are_to_scale_in_room_and_apart(values, longest):
    chart = lying_bars(values, longest=longest)
    greatest = max((value for group in values for value in group), default=0)
    assert [(b.index, b.series) for b in chart.bars] == [
        (index, series + 1) for index, group in enumerate(values) for series in range(len(group))
    ]
    for bar in chart.bars:
        value = values[bar.index][bar.series - 1]
        assert (bar.width > 0) == (value > 0)
        if value * 100 > greatest * 3:
            assert bar.width == pytest.approx(longest * value / greatest, abs=0.1)
        assert bar.width <= longest
    tops = [bar.y for bar in chart.bars]
    assert all(
        later - bar.y >= bar.height for bar, later in zip(chart.bars, tops[1:], strict=False)
    )
    assert all(bar.y + bar.height <= chart.height for bar in chart.bars)


@given(st.lists(st.tuples(COUNT, COUNT), max_size=300))
def test_standing_pairs_stand_on_one_line_side_by_side(pairs):
    chart = standing_pairs(pairs)
    assert len(chart.bars) == 2 * len(pairs)
    for bar in chart.bars:
        assert bar.y + bar.height == pytest.approx(TOP + PLOT)
        assert bar.y >= TOP - 0.1
        assert 0 <= bar.x <= bar.x + bar.width <= 100
        assert (bar.height > 0) == (pairs[bar.index][bar.series - 1] > 0)
    for left, right in zip(chart.bars, chart.bars[1:], strict=False):
        assert left.x + left.width <= right.x + 0.011  # rounded to hundredths


def test_a_value_twice_as_great_stands_twice_as_high():
    low, high = standing_pairs([(10, 20)]).bars
    assert high.height == 2 * low.height


@given(COUNT)
def test_a_scale_is_round_even_and_reaches_the_greatest(greatest):
    scale = round_scale(greatest)
    step = scale[1]
    assert scale == [step * number for number in range(len(scale))]
    assert scale[-1] >= greatest
    assert 3 <= len(scale) <= 6
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_labels_are_thinned_out_until_they_fit():
    assert [every(count, at_most=6) for count in (0, 1, 6, 7, 13, 53)] == [1, 1, 1, 2, 3, 9]
