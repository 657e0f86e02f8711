"""What the deeper figures are told from: requests, visits, questions and waits, as plain rows.

Times are in UTC, spans in whole seconds; what is not over yet is measured up to now.
`mine` says whether whoever asks may open the request. They are tuples because there may be
thousands: those are made in a fifth of the time, and the collector soon leaves them alone.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.requests.rules import State
from app.turnaround.rules import is_open


class Time(StrEnum):
    """Which clock spans are read from: the team's working hours, or all hours."""

    WORKING = "working"
    ELAPSED = "elapsed"


class Split(NamedTuple):
    """What happened in a visit, in seconds; `elsewhere` are third parties and parts."""

    waiting: int
    in_hand: int
    with_requester: int
    elsewhere: int


class Life(NamedTuple):
    """One request. `working_s` and `elapsed_s` are its turnaround, so far while it is open."""

    id: int
    type_id: int
    team_id: int
    asking_team_id: int
    state: str
    stage: str
    raised_at: datetime
    due_at: datetime | None
    respond_by: datetime | None
    first_response_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    reopenings: int
    returns: int
    second_promises: int
    mine: bool
    working_s: int
    elapsed_s: int
    response_s: int
    response_elapsed_s: int

    def took(self, time: Time) -> int:
        """Return its turnaround by the chosen clock."""
        return self.working_s if time is Time.WORKING else self.elapsed_s

    def answered_in(self, time: Time) -> int:
        """Return the time until the first answer by the chosen clock, so far without one."""
        return self.response_s if time is Time.WORKING else self.response_elapsed_s

    @property
    def is_open(self) -> bool:
        """Whether the providing side still has something to do or to wait for."""
        return is_open(self.state)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == State.WAITING

    @property
    def came_back(self) -> bool:
        """Whether it was handed back between stages, or got a "not yet"."""
        return self.returns > 0 or self.reopenings > 0


class Visit(NamedTuple):
    """One stage visit; `giver_id` is the team it came from: for the first one, who asked."""

    request_id: int
    seq: int
    type_id: int
    asking_team_id: int
    stage: str
    round: int
    team_id: int
    giver_id: int
    raised_at: datetime
    entered_at: datetime
    started_at: datetime | None
    left_at: datetime | None
    ended_by: str | None
    mine: bool
    working: Split
    elapsed: Split
    pauses: tuple[tuple[datetime, datetime | None, str], ...] = ()

    def split(self, time: Time) -> Split:
        """Return what happened in it by the chosen clock."""
        return self.working if time is Time.WORKING else self.elapsed


class Wait(NamedTuple):
    """Somebody waits for an answer: a question to `asking_team_id`, or one of theirs to us.

    Working time is that of the side which is to answer.
    """

    request_id: int
    asking_team_id: int
    team_id: int
    raised_at: datetime
    from_at: datetime
    due_at: datetime | None
    to_at: datetime | None
    answered: bool
    mine: bool
    working_s: int
    elapsed_s: int

    def took(self, time: Time) -> int:
        """Return how long it took by the chosen clock."""
        return self.working_s if time is Time.WORKING else self.elapsed_s


class Confirming(NamedTuple):
    """A wait for the requester's last word."""

    request_id: int
    from_at: datetime
    to_at: datetime | None
    mine: bool


class Thanks(NamedTuple):
    """A thanks of the team that asked to the one that has the request."""

    request_id: int
    asking_team_id: int
    team_id: int
    mine: bool


class Remarked(NamedTuple):
    """One remark without its words: what kind, when the author could read it, and the answer.

    `handoff` is the visit it was given with. `answer` is the author's last one.
    """

    handoff: tuple[int, int]
    kind: str
    asks: bool
    at: datetime
    answered_at: datetime | None
    answer: str | None
    working_s: int
    elapsed_s: int
