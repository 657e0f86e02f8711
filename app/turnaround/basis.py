"""Everything the chapters of a page count from: whose figures, which days, and the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from app.catalogue.rules import stage_word
from app.language import gettext
from app.turnaround.lives import Confirming, Life, Remarked, Thanks, Time, Visit, Wait
from app.turnaround.rules import Window
from app.turnaround.sheets import LEAST


@dataclass(frozen=True)
class Scope:
    """Whose figures: of a "team", a "type", a "pair" of teams, or the "organisation".

    "own" are those of whoever looks, by the days of their team.
    """

    kind: str
    name: str
    team_id: int | None = None
    type_id: int | None = None
    other_id: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether somebody looks at their own figures."""
        return self.kind == "own"

    @property
    def is_of_a_team(self) -> bool:
        """Whether all of it was done by one team, in its hours."""
        return self.kind in ("team", "type")


@dataclass(frozen=True)
class Basis:
    """Everything a chapter may count from; what it does not need is empty.

    `people` counts those who work in each team (`crowds`), `crowd` those whose work the scope
    tells of, nobody twice.
    """

    scope: Scope
    window: Window
    now: datetime
    time: Time
    teams: Mapping[int, str]
    types: Mapping[int, str]
    people: Mapping[int, int]
    crowd: int
    calendar: str
    stage: str | None = None
    lives: Sequence[Life] = ()
    visits: Sequence[Visit] = ()
    questions: Sequence[Wait] = ()
    replies: Sequence[Wait] = ()
    confirming: Sequence[Confirming] = ()
    thanks: Sequence[Thanks] = ()
    remarks: Sequence[Remarked] = ()

    @property
    def clock(self) -> str:
        """Say by which clock spans are read."""
        if self.time is Time.WORKING:
            return self.calendar
        return gettext("all hours, nights and weekends too")

    @property
    def days(self) -> str:
        """Say by which days it is counted what fell on one."""
        return gettext("days of %(zones)s", zones=self.window.zones)

    @property
    def unit(self) -> str:
        """Say what spans are."""
        working = self.time is Time.WORKING
        return gettext("working time") if working else gettext("elapsed time")

    def whole(self, counted: str) -> str:
        """Say whom a figure of whole requests counts: a chosen stage changes nothing there."""
        if self.stage is None:
            return counted
        return gettext("%(counted)s; whole requests, whatever the stage", counted=counted)

    def at_stage(self, counted: str) -> str:
        """Say whom a figure counts that is about one stage, where one was chosen."""
        if self.stage is None:
            return counted
        name = stage_word(self.stage)
        return gettext("%(counted)s; only at the stage “%(stage)s”", counted=counted, stage=name)

    @cached_property
    def team_at(self) -> Mapping[tuple[int, int], int]:
        """The team of each visit, by request and number of the visit."""
        return {(visit.request_id, visit.seq): visit.team_id for visit in self.visits}

    @cached_property
    def so_far(self) -> Window:
        """The days of the window that have begun; nobody knows yet what the others bring."""
        today = self.window.wall.day_of(self.now)
        return replace(self.window, last=min(self.window.last, today))

    def crowd_of(self, part: str) -> int:
        """Return how many people did what stands under this key of `parts`."""
        is_team = self.scope.kind == "organisation" and part != "all"
        return self.people.get(int(part), 0) if is_team else self.crowd

    def by_name(self, team: int) -> tuple[str, int]:
        """Return what to sort a team by: its name, never its figures."""
        return self.teams.get(team, "?"), team

    def parts(self, lives: Iterable[Life]) -> list[tuple[str, str, list[Life]]]:
        """Return (key, name, requests) by type, or by team for the organisation; then all.

        Types with fewer than `LEAST` requests stand together: each alone would say nothing.
        """
        known, by = list(lives), defaultdict(list)
        whole = self.scope.kind == "organisation"
        names = self.teams if whole else self.types
        for life in known:
            by[life.team_id if whole else life.type_id].append(life)
        few = [] if whole else [key for key, found in by.items() if len(found) < LEAST]
        shown = [key for key in by if key not in few] if len(few) > 1 else list(by)
        each = [
            (str(key), names.get(key, "?"), by[key])
            for key in sorted(shown, key=lambda key: (names.get(key, "?"), key))
        ]
        if len(few) > 1:
            rest = [life for life in known if life.type_id in few]
            each.append(("rest", gettext("%(num)s rarer types", num=len(few)), rest))
        return [*(each if len(each) > 1 else []), ("all", gettext("Together"), known)]
