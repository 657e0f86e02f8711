"""Rows behind figures as lists and exports tell them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """One request as the figures need it; times in UTC, spans in seconds.

    `title` is None unless whoever asks may open the request.
    """

    id: int
    team_id: int
    state: str
    raised_at: datetime
    due_at: datetime | None
    respond_by: datetime | None
    first_response_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    reopenings: int
    returns: int
    response_s: int | None
    working_s: int | None
    paused_s: int | None
    title: str | None

    @property
    def response_elapsed_s(self) -> int | None:
        """Elapsed seconds to the first response, or until it was over; beside `response_s`."""
        until = self.first_response_at or self.done_at or self.ended_at
        return _elapsed(self.raised_at, until)

    @property
    def elapsed_s(self) -> int | None:
        """Elapsed seconds from raised to done: never paused, what the requester felt."""
        return _elapsed(self.raised_at, self.done_at)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stage visit of one request; `request_id` tells which."""

    request_id: int
    team_id: int
    stage: str
    round: int
    raised_at: datetime
    entered_at: datetime
    left_at: datetime | None
    waiting_s: int | None
    in_hand_s: int | None
    paused_s: int | None
    calendar_version: int | None
    title: str | None

    @property
    def elapsed_s(self) -> int | None:
        """Elapsed seconds from entered to left."""
        return _elapsed(self.entered_at, self.left_at)


def _elapsed(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else int((end - start).total_seconds())
