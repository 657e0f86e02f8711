"""Which stage visits a figure counts, as conditions."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.catalogue.rules import stage_word
from app.language import gettext, gettext_noop
from app.requests.intervals import StageVisit
from app.turnaround.rules import STAGES, Window

Condition = ColumnElement[bool]
Row = tuple[str, str, Condition]

LEFT = gettext_noop("Stage visits: %(stage)s, left in these days")
WAITED = gettext_noop("Stage visits: %(stage)s, left in these days, that had to wait")
IN_HAND = gettext_noop("Stage visits: %(stage)s, left in these days, that were in hand")
PAUSED = gettext_noop("Stage visits: %(stage)s, left in these days, that were paused")
RUNNING = gettext_noop("Stage visits: %(stage)s, running now")
BEGUN = gettext_noop("Stage visits: %(stage)s, begun in these days")
AGAIN = gettext_noop("Stage visits: %(stage)s, begun in these days for another round")


def visits(window: Window) -> Iterator[Row]:
    """Yield (key, label, condition) of each set of visits that is counted, stage by stage."""
    for stage in STAGES:
        here, name = StageVisit.stage == stage, stage_word(stage)
        for key, about, where in _of_a_stage(window):
            yield f"stage-{stage}{key}", gettext(about, stage=name), and_(here, where)


def _of_a_stage(window: Window) -> Iterator[Row]:
    left, begun = within(StageVisit.left_at, window), within(StageVisit.entered_at, window)
    yield "", LEFT, left
    yield "-waiting", WAITED, and_(left, StageVisit.waiting_s > 0)
    yield "-in-hand", IN_HAND, and_(left, StageVisit.in_hand_s > 0)
    yield "-paused", PAUSED, and_(left, StageVisit.paused_s > 0)
    yield "-now", RUNNING, StageVisit.left_at.is_(None)
    yield "-begun", BEGUN, begun
    yield "-again", AGAIN, and_(begun, StageVisit.round > 1)


def within(instant: Any, window: Window) -> Condition:
    """Return the condition that an instant lies in the window."""
    return and_(instant >= window.start, instant < window.end)
