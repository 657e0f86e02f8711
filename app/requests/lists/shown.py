"""What a row of a list shows of a request, and what a list has to know of its reader."""

from datetime import datetime
from typing import NamedTuple

from app.people.models import Person
from app.people.names import Named
from app.people.queries import teams_of
from app.requests.rules import OPEN


class Shown(NamedTuple):
    """What a row shows of a request, with the names that it says: columns, never whole rows."""

    id: int
    title: str
    version: int
    state: str
    stage: str
    visibility: str
    type_id: int
    requester_id: int
    asking_team_id: int
    team_id: int
    holder_id: int | None
    turn_side: str
    turn_since: datetime
    raised_at: datetime
    due_at: datetime | None
    expected_at: datetime | None
    stage_due_at: datetime | None
    respond_by: datetime | None
    reply_by: datetime | None
    first_response_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None
    last_event_at: datetime
    last_public_at: datetime
    second_promises: int
    waits_for: str | None
    asked_id: int | None
    merged_into_id: int | None
    type_name: str
    requester_name: str
    asking_team_name: str
    team_name: str
    holder_name: str | None

    @property
    def type(self) -> Named:
        """What was asked for."""
        return Named(self.type_id, self.type_name)

    @property
    def requester(self) -> Named:
        """Who asked."""
        return Named(self.requester_id, self.requester_name)

    @property
    def asking_team(self) -> Named:
        """The team that asked."""
        return Named(self.asking_team_id, self.asking_team_name)

    @property
    def team(self) -> Named:
        """The team that has it."""
        return Named(self.team_id, self.team_name)

    @property
    def holder(self) -> Named | None:
        """Who has it in hand."""
        if self.holder_id is None or self.holder_name is None:
            return None
        return Named(self.holder_id, self.holder_name)

    @property
    def due_now(self) -> datetime | None:
        """When it is expected by the last word given: the second promise, else the first."""
        return self.expected_at or self.due_at

    @property
    def is_open(self) -> bool:
        """Whether the providing side still has something to do or to wait for."""
        return self.state in OPEN


class Viewer(NamedTuple):
    """Whoever reads a list: their id and their teams'."""

    id: int
    teams: frozenset[int]


def viewer_of(person: Person) -> Viewer:
    """Return what a list has to know of its reader."""
    return Viewer(person.id, frozenset(teams_of(person)))
