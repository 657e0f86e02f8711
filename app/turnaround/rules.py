"""What the turnaround figures mean: windows of time, thresholds, age bands, and who counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from app.catalogue.rules import Stage
from app.language import gettext, gettext_noop
from app.requests.rules import OPEN, State
from app.worktime.walls import Moves, Wall, wall_of

MIN_N: Final = 20
"""From how many pieces on a median and a percentile are shown.

Below twenty, the 85th percentile by nearest rank is one of the three slowest pieces: an anecdote.
Such a group is called "too few to say", with its n. Before asking, ten are enough (`outlook`):
somebody who has to decide now is helped by little more than by nothing.
"""

CROWD: Final = 5
"""From how many people on a group's times are shown; below they would be somebody's own."""

PRESETS: Final = (7, 30, 90, 365)
DEFAULT_DAYS: Final = 90
MAX_DAYS: Final = 1830
DAY: Final = 86_400
STAGES: Final = tuple(stage.value for stage in Stage)
ALWAYS: Final = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


class BadWindow(ValueError):
    """A span of days that cannot be shown; the message is a sentence for whoever chose it."""


class Band(NamedTuple):
    """A range of ages, elapsed since raised; `below` (seconds) is None for the last one."""

    key: str
    label: str
    below: int | None


BANDS: Final = (
    Band("day", gettext_noop("Under a day"), DAY),
    Band("3-days", gettext_noop("1 to 3 days"), 3 * DAY),
    Band("week", gettext_noop("3 to 7 days"), 7 * DAY),
    Band("2-weeks", gettext_noop("1 to 2 weeks"), 14 * DAY),
    Band("4-weeks", gettext_noop("2 to 4 weeks"), 28 * DAY),
    Band("older", gettext_noop("Over 4 weeks"), None),
)


@dataclass(frozen=True)
class Choice:
    """The days somebody wants to look at: from `first` to `last`, the `days` up to today, or all.

    Without any of them it is all time. The rest narrows what is counted: requests of one type,
    asked for by one team, or that have been at one `stage`; of visits, only those to that stage.
    """

    days: int | None = DEFAULT_DAYS
    first: date | None = None
    last: date | None = None
    type_id: int | None = None
    asking_team_id: int | None = None
    stage: str | None = None

    @property
    def is_all_time(self) -> bool:
        """Whether the days begin with the first one there is."""
        return self.days is None and self.first is None

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the requests counts."""
        return any((self.type_id, self.asking_team_id, self.stage))

    @property
    def narrowing(self) -> "Choice":
        """What it is narrowed by, without its days: by this statements are kept."""
        return Choice(None, None, None, self.type_id, self.asking_team_id, self.stage)


@dataclass(frozen=True)
class Window:
    """Whole days on one wall: `first` and `last` belong to it.

    Its instants are [start, end), in UTC: from the beginning of `first` to the end of `last`, by
    the wall clock of `zone`, and of other zones from the dates of `moves` on (`worktime.walls`).
    `days` says that it is the last so many.
    """

    zone: str
    first: date
    last: date
    days: int | None = None
    moves: Moves = ()

    @cached_property
    def wall(self) -> Wall:
        """By which days are told."""
        return wall_of(self.zone, self.moves)

    @property
    def zones(self) -> str:
        """The time zones of its days, in words."""
        return self.wall.zones_in(self.first, self.last)

    @cached_property
    def start(self) -> datetime:
        """The first instant (UTC)."""
        return self.wall.begins(self.first)

    @cached_property
    def end(self) -> datetime:
        """The first instant after it (UTC)."""
        return self.wall.begins(self.last + timedelta(days=1))

    def holds(self, at: datetime | None) -> bool:
        """Say whether the instant lies in the window; no instant does not."""
        return at is not None and self.start <= at < self.end


def choose(days: int | None, first: date | None, last: date | None) -> Choice:
    """Return the choice of `first` to `last`, else of the last `days`, else the usual one.

    :raises BadWindow: when only one end is given, they are swapped, or lie too far apart.
    """
    if first is None and last is None:
        return Choice(days if days in PRESETS else DEFAULT_DAYS)
    if first is None or last is None:
        raise BadWindow(gettext("Please give both the first and the last day."))
    if last < first:
        raise BadWindow(gettext("The last day lies before the first."))
    if first.year < 1970 or last.year > 2199:
        raise BadWindow(gettext("Please stay between 1970 and 2199."))
    if (last - first).days >= MAX_DAYS:
        raise BadWindow(gettext("Please stay within five years."))
    return Choice(None, first, last)


def window_of(choice: Choice, *, wall: Wall, now: datetime, earliest: date | None = None) -> Window:
    """Return the days of `choice` on a wall; the last `days` end with today.

    All time begins with `earliest`, the first day on which anything was counted, if any.
    """
    if choice.first is not None and choice.last is not None:
        return Window(wall.zone, choice.first, choice.last, None, wall.moves)
    today = wall.day_of(now)
    if choice.is_all_time:
        return Window(wall.zone, min(earliest or today, today), today, None, wall.moves)
    days = choice.days or DEFAULT_DAYS
    return Window(wall.zone, today - timedelta(days=days - 1), today, days, wall.moves)


def band_of(age_s: int) -> Band:
    """Return the age band of a request that has been open for `age_s` elapsed seconds."""
    return next(band for band in BANDS if band.below is None or age_s < band.below)


def is_open(state: str) -> bool:
    """Whether the providing side still has something to do or to wait for."""
    return state in OPEN


def is_late(state: str, due_at: datetime | None, now: datetime) -> bool:
    """Whether open work is past its due time. Not while it waits: that moves the due time."""
    return is_open(state) and state != State.WAITING and due_at is not None and due_at < now


def is_silent(
    state: str, respond_by: datetime | None, first_response_at: datetime | None, now: datetime
) -> bool:
    """Whether an open request is past its promised answer without one; a pause does not help."""
    unanswered = is_open(state) and first_response_at is None
    return unanswered and respond_by is not None and respond_by < now
