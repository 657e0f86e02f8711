"""How long each part of a request's life has lasted, up to now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.people.names import Named
from app.requests.happened import Carried
from app.requests.life.ledger import Ledger, tiles
from app.requests.life.stored import split_time
from app.requests.record.storing import clocks


@dataclass(frozen=True)
class VisitTimes:
    """One visit for the track; working seconds, counted up to now while it is open."""

    stage: str
    round: int
    team: Named
    holder: Named | None
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime | None
    waiting_s: int
    in_hand_s: int
    paused_s: int
    elapsed: timedelta


@dataclass(frozen=True)
class Totals:
    """The whole life by what happened in it: elapsed time, and the age of the request."""

    visits: timedelta
    pauses: timedelta
    confirmation: timedelta

    @property
    def age(self) -> timedelta:
        """The sum of the pieces, which is the whole life."""
        return self.visits + self.pauses + self.confirmation


def visit_times(
    session: Session, ledger: Ledger, carried: Sequence[Carried], *, now: datetime
) -> list[VisitTimes]:
    """Return the times of each visit up to `now` (UTC); `carried` says whose hands they were in."""
    clock_of = clocks(session)
    found = []
    for visit, row in zip(ledger.visits, carried, strict=True):
        pauses = [pause for pause in ledger.pauses if pause.visit_seq == visit.seq]
        until = visit.left_at or now
        waiting, in_hand, paused = split_time(visit, pauses, clock_of(visit.team_id), until=until)
        found.append(
            VisitTimes(
                stage=visit.stage,
                round=visit.round,
                team=row.team,
                holder=row.holder,
                entered_at=visit.entered_at,
                left_at=visit.left_at,
                due_at=visit.due_at,
                waiting_s=waiting,
                in_hand_s=in_hand,
                paused_s=paused,
                elapsed=until - visit.entered_at,
            )
        )
    return found


def totals(ledger: Ledger, *, now: datetime) -> Totals:
    """Return the whole life by what happened in it, up to `now` (UTC)."""
    sums = dict.fromkeys(("visit", "pause", "confirmation"), timedelta())
    for what, start, end in tiles(ledger, now=now):
        sums[what] += end - start
    return Totals(sums["visit"], sums["pause"], sums["confirmation"])
