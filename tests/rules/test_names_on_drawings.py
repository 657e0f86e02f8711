"""Names on a drawing keep off each other and off what they name, on the narrowest phone too."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.turnaround.plots import LETTER, day_names, feet
from app.turnaround.rules import Window
from app.turnaround.scatter import LAST, LINE, scatter
from tests.support.made_up import a_life


def extent(label):
    """Return from where to where a name reaches, in percent of a drawing 250 pixels wide."""
    width = LETTER * len(label.text)
    left = label.x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    return left, left + width


@pytest.mark.parametrize("days", [2, 7, 14, 30, 90, 365, 1000])
@pytest.mark.parametrize("right", [86, 97])
def test_days_below_a_drawing_stand_apart_and_inside(days, right):
    some = [date(2026, 8, 20) + timedelta(days=n) for n in range(days)]
    places = [8 + (right - 8) * n / (days - 1) for n in range(days)]
    shown = feet(day_names(some), places)
    assert shown[0].text == day_names(some)[0]
    for one, other in pairwise(shown):
        assert extent(other)[0] - extent(one)[1] >= LETTER
    assert all(0 <= extent(one)[0] <= extent(one)[1] <= 100 for one in shown)


@pytest.mark.parametrize("spans", [range(1, 61), [50] * 60, [1] * 40 + [1000] * 20])
def test_the_lines_of_a_scatterplot_are_named_beside_the_dots(basis, spans):
    done = [
        a_life(number, took=hours * 3600, days_ago=number % 30)
        for number, hours in enumerate(spans, start=1)
    ]
    window = Window("UTC", date(2026, 3, 1), date(2026, 4, 8))
    plot = scatter(replace(basis, window=window), done)
    names = [label for label in plot.labels if label.text.endswith(" %")]
    assert [label.text for label in names] == ["50 %", "85 %", "95 %"]
    for lower, upper in pairwise(names):
        assert lower.y - upper.y >= LINE - 0.01
    assert max(mark.x for mark in plot.marks) <= LAST
    assert min(extent(label)[0] for label in names) > LAST
    assert all(extent(label)[1] <= 100 for label in names)
    assert all(label.y >= 12 for label in names)
