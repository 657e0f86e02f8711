"""Which requests a figure counts. Numbers, lists and exports are all taken from these cohorts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.catalogue.rules import Stage
from app.requests.rules import Outcome, State
from app.turnaround.rules import (
    BANDS,
    Window,
    band_of,
    is_late,
    is_open,
    is_silent,
    local_date,
)
from app.turnaround.statistics import weeks_of


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
        """Elapsed seconds from raised to the first response."""
        return _elapsed(self.raised_at, self.first_response_at)

    @property
    def elapsed_s(self) -> int | None:
        """Elapsed seconds from raised to done: never paused, what the requester felt."""
        return _elapsed(self.raised_at, self.done_at)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stage visit of one request; `piece` tells which."""

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
    title: str | None


@dataclass(frozen=True)
class Cohort:
    """A named set of requests, or of stage visits; `about` says in words what it holds."""

    key: str
    about: str
    rows: Sequence[Piece] | Sequence[Stay]


STAGES: Final = tuple(stage.value for stage in Stage)
FIGURES: Final = ("open", "response", "turnaround", *(f"stage-{s}" for s in STAGES), "throughput")


def pieces_of(pieces: Iterable[Piece], window: Window, now: datetime) -> dict[str, Cohort]:
    """Return every cohort of requests by key: what the window holds, and what is open at `now`."""
    known = list(pieces)
    raised = [piece for piece in known if window.holds(piece.raised_at)]
    done = [piece for piece in known if window.holds(piece.done_at)]
    cohorts = [*_open_now(known, now), *_answers(raised, now), *_done(done)]
    cohorts += _weeks(window, raised, done)
    return {cohort.key: cohort for cohort in cohorts}


def stays_of(stays: Iterable[Stay], window: Window) -> dict[str, Cohort]:
    """Return the cohorts of stage visits by key: left in the window, or still running."""
    known = list(stays)
    cohorts = {}
    for stage in STAGES:
        left = [s for s in known if s.stage == stage and window.holds(s.left_at)]
        here = [s for s in known if s.stage == stage and s.left_at is None]
        name = f"Stage visits: {stage}"
        cohorts[f"stage-{stage}"] = Cohort(f"stage-{stage}", f"{name}, left in these days", left)
        key = f"stage-{stage}-now"
        cohorts[key] = Cohort(key, f"{name}, running now", here)
    return cohorts


def _open_now(known: list[Piece], now: datetime) -> list[Cohort]:
    work = [piece for piece in known if is_open(piece.state)]
    late = [piece for piece in work if is_late(piece.state, piece.due_at, now)]
    silent = [p for p in work if is_silent(p.state, p.respond_by, p.first_response_at, now)]
    ages = {piece.id: band_of(int((now - piece.raised_at).total_seconds())) for piece in work}
    return [
        Cohort("open", "Open now", work),
        Cohort("late", "Open now and past their due time", late),
        Cohort("silent", "Open now and past their promised first answer", silent),
        Cohort("waiting", "Open now, waiting for an answer", _in(work, State.WAITING)),
        Cohort("open-again", "Open now, after a “not yet”", [p for p in work if p.reopenings]),
        *(
            Cohort(
                f"open-{band.key}",
                f"Open now, raised {band.label[0].lower()}{band.label[1:]} ago",
                [piece for piece in work if ages[piece.id] == band],
            )
            for band in BANDS
        ),
    ]


def _answers(raised: list[Piece], now: datetime) -> list[Cohort]:
    without = [piece for piece in raised if piece.first_response_at is None]
    unanswered = [piece for piece in without if is_open(piece.state)]
    overdue = [p for p in unanswered if is_silent(p.state, p.respond_by, None, now)]
    return [
        Cohort(
            "response",
            "Raised in these days and answered",
            [piece for piece in raised if piece.first_response_at is not None],
        ),
        Cohort("unanswered", "Raised in these days, open, no answer yet", unanswered),
        Cohort("unanswered-late", "Raised in these days, answer overdue", overdue),
        Cohort(
            "ended-unanswered",
            "Raised in these days, over without an answer",
            [piece for piece in without if not is_open(piece.state)],
        ),
    ]


def _done(done: list[Piece]) -> list[Cohort]:
    partly = [piece for piece in done if piece.outcome == Outcome.PARTLY]
    return [
        Cohort("turnaround", "Done in these days", done),
        Cohort("confirmed", "Done, and confirmed", [p for p in done if p.outcome == Outcome.YES]),
        Cohort("partly", "Done, confirmed in part", partly),
        Cohort("unconfirmed", "Done, not confirmed yet", _in(done, State.DONE)),
        Cohort("reopened", "Done, after a “not yet”", [p for p in done if p.reopenings]),
    ]


def _weeks(window: Window, raised: list[Piece], done: list[Piece]) -> list[Cohort]:
    either = {piece.id: piece for piece in [*raised, *done]}
    cohorts = [
        Cohort("throughput", "Raised or done in these days", list(either.values())),
        Cohort("arrivals", "Raised in these days", raised),
        Cohort("completions", "Done in these days", done),
    ]
    came = [(local_date(piece.raised_at, window.zone), piece) for piece in raised]
    went = [(local_date(p.done_at, window.zone), p) for p in done if p.done_at is not None]
    for first, last in weeks_of(window):
        for name, what, dated in (("arrivals", "Raised", came), ("completions", "Done", went)):
            rows = [piece for day, piece in dated if first <= day <= last]
            about = f"{what} from {first.day} {first:%B} to {last.day} {last:%B %Y}"
            cohorts.append(Cohort(f"{name}-{first}", about, rows))
    return cohorts


def _in(pieces: list[Piece], state: State) -> list[Piece]:
    return [piece for piece in pieces if piece.state == state]


def _elapsed(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else int((end - start).total_seconds())
