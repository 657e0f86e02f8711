"""The figures themselves: what page, list, export and report all show, from one function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.turnaround.cohorts import STAGES, Cohort, Piece, Stay, pieces_of, stays_of
from app.turnaround.rules import BANDS, Window
from app.turnaround.statistics import Spread, Week, share, spread, weekly


@dataclass(frozen=True)
class OpenWork:
    """What is open at the moment of looking; `ages` are (key, label, n) by age band."""

    n: int
    late: int
    silent: int
    late_and_silent: int
    waiting: int
    open_again: int
    ages: tuple[tuple[str, str, int], ...]
    oldest: tuple[int, ...]
    oldest_raised_at: datetime | None


@dataclass(frozen=True)
class FirstResponse:
    """Of the requests raised in the window: how long until a person answered."""

    raised: int
    working: Spread
    elapsed: Spread
    unanswered: int
    unanswered_late: int
    ended_unanswered: int


@dataclass(frozen=True)
class Turnaround:
    """Of the requests done in the window: how long they took, and how well it held."""

    n: int
    working: Spread
    elapsed: Spread
    confirmed: int
    partly: int
    unconfirmed: int
    confirmed_percent: int | None
    reopened: int
    reopenings: int
    returns: int
    working_s: int
    paused_s: int
    paused_percent: int | None


@dataclass(frozen=True)
class StageTimes:
    """Of the visits to one stage left in the window: working seconds by what happened in them."""

    stage: str
    n: int
    running: int
    waiting: Spread
    in_hand: Spread
    paused: Spread


@dataclass(frozen=True)
class Figures:
    """Everything the page of one team says; `team` is "Everybody" for all teams together."""

    team_id: int | None
    team: str
    window: Window
    at: datetime
    open: OpenWork
    response: FirstResponse
    turnaround: Turnaround
    stages: tuple[StageTimes, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Story:
    """The figures with the cohorts they were counted from."""

    figures: Figures
    cohorts: Mapping[str, Cohort]


def tell(
    pieces: Iterable[Piece],
    stays: Iterable[Stay],
    *,
    team_id: int | None,
    team: str,
    window: Window,
    now: datetime,
) -> Story:
    """Count everything about `pieces` and `stays`, which must all be the team's own."""
    by_key = pieces_of(pieces, window, now)
    visits = stays_of(stays, window)
    rows: dict[str, list[Piece]] = {key: list(c.rows) for key, c in by_key.items()}  # type: ignore[arg-type]
    figures = Figures(
        team_id=team_id,
        team=team,
        window=window,
        at=now,
        open=_open(rows),
        response=_response(rows),
        turnaround=_turnaround(rows),
        stages=tuple(_stages(visits)),
        weeks=tuple(
            weekly(
                window,
                (piece.raised_at for piece in rows["arrivals"]),
                (piece.done_at for piece in rows["completions"] if piece.done_at is not None),
            )
        ),
    )
    return Story(figures, by_key | visits)


def _open(rows: Mapping[str, list[Piece]]) -> OpenWork:
    silent = {piece.id for piece in rows["silent"]}
    oldest = sorted(rows["open"], key=lambda piece: (piece.raised_at, piece.id))
    return OpenWork(
        n=len(rows["open"]),
        late=len(rows["late"]),
        silent=len(silent),
        late_and_silent=sum(piece.id in silent for piece in rows["late"]),
        waiting=len(rows["waiting"]),
        open_again=len(rows["open-again"]),
        ages=tuple(
            (f"open-{band.key}", band.label, len(rows[f"open-{band.key}"])) for band in BANDS
        ),
        oldest=tuple(piece.id for piece in oldest[:5]),
        oldest_raised_at=oldest[0].raised_at if oldest else None,
    )


def _response(rows: Mapping[str, list[Piece]]) -> FirstResponse:
    answered = rows["response"]
    return FirstResponse(
        raised=len(rows["arrivals"]),
        working=spread(piece.response_s or 0 for piece in answered),
        elapsed=spread(piece.response_elapsed_s or 0 for piece in answered),
        unanswered=len(rows["unanswered"]),
        unanswered_late=len(rows["unanswered-late"]),
        ended_unanswered=len(rows["ended-unanswered"]),
    )


def _turnaround(rows: Mapping[str, list[Piece]]) -> Turnaround:
    done = rows["turnaround"]
    working, paused = sum(p.working_s or 0 for p in done), sum(p.paused_s or 0 for p in done)
    settled = len(rows["confirmed"]) + len(rows["partly"])
    return Turnaround(
        n=len(done),
        working=spread(piece.working_s or 0 for piece in done),
        elapsed=spread(piece.elapsed_s or 0 for piece in done),
        confirmed=len(rows["confirmed"]),
        partly=len(rows["partly"]),
        unconfirmed=len(rows["unconfirmed"]),
        confirmed_percent=share(settled, len(done)),
        reopened=len(rows["reopened"]),
        reopenings=sum(piece.reopenings for piece in done),
        returns=sum(piece.returns for piece in done),
        working_s=working,
        paused_s=paused,
        paused_percent=share(paused, working + paused),
    )


def _stages(visits: Mapping[str, Cohort]) -> Iterable[StageTimes]:
    for stage in STAGES:
        left: list[Stay] = list(visits[f"stage-{stage}"].rows)  # type: ignore[arg-type]
        running = len(visits[f"stage-{stage}-now"].rows)
        if left or running:
            yield StageTimes(
                stage=stage,
                n=len(left),
                running=running,
                waiting=spread(visit.waiting_s or 0 for visit in left),
                in_hand=spread(visit.in_hand_s or 0 for visit in left),
                paused=spread(visit.paused_s or 0 for visit in left),
            )
