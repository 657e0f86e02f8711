"""`flask report`: the figures of the pages, for other programs and for reading."""

import json
import sys
from dataclasses import asdict, replace
from typing import Any

import click
from flask.cli import AppGroup

from app import clock
from app.cli.copies import from_copy
from app.cli.narrowing import CLOCK, days_of, narrowed, only, team_id, type_id
from app.db import db
from app.turnaround.figures import Figures
from app.turnaround.lives import Time
from app.turnaround.queries import all_figures, all_lines, team_by_id, team_story
from app.turnaround.rules import Choice
from app.turnaround.sheets import document
from app.turnaround.side_by_side import side_by_side
from app.turnaround.statistics import Spread, untold

report = AppGroup("report", help="Figures, as the pages show them.")


@report.command("turnaround")
@click.option("--format", "shape", type=click.Choice(["json", "text"]), default="text")
@click.option("--team", "name", help="Only this team, by its exact name.")
@narrowed
def turnaround(shape: str, name: str | None, **asked: Any) -> None:
    """Print the turnaround figures; without days, those of the last 90. Spans are in seconds."""
    answer = from_copy(lambda: _counted(name, asked))
    if shape == "json":
        head = {"unit": "seconds", "only": only(asked)}
        json.dump({**head, **_plain(answer)}, sys.stdout, indent=2, default=str)
        sys.stdout.write("\n")
    else:
        said = ", ".join(f"{what} {value}" for what, value in only(asked).items())
        texts = [_text(each) for group in answer.values() for each in _list(group)]
        click.echo("\n\n".join([*([f"Only: {said}"] if said else []), *texts]))


@report.command("teams")
@narrowed
@CLOCK
def teams(time: str, **asked: Any) -> None:
    """Print the table of all teams as JSON; without days, those of the last 90."""
    choice = _choice(asked, None)
    lines, together = from_copy(lambda: all_lines(db.session, choice, now=clock.now()))
    window = {"first": together.window.first, "last": together.window.last}
    told = document(side_by_side(lines, together, Time(time)))
    json.dump({"window": window, "only": only(asked), **told}, sys.stdout, indent=2, default=str)
    sys.stdout.write("\n")


def _choice(asked: dict[str, Any], team: int | None) -> Choice:
    return replace(
        days_of(asked),
        type_id=type_id(asked["kind"], team),
        asking_team_id=team_id(asked["asker"]),
        stage=asked["stage"],
    )


def _counted(name: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    now, of = clock.now(), team_id(name)
    choice = _choice(asked, of)
    if of is None:
        teams, together = all_figures(db.session, choice, now=now)
        return {"teams": teams, "together": together}
    team = team_by_id(db.session, of)
    return {"teams": [team_story(db.session, team, choice, now=now).figures] if team else []}


def _list(group: Figures | list[Figures]) -> list[Figures]:
    return group if isinstance(group, list) else [group]


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [_document(each) for each in group] if isinstance(group, list) else _document(group)
        for key, group in answer.items()
    }


def _document(figures: Figures) -> dict[str, Any]:
    """Return the figures with instants in ISO 8601."""
    document = asdict(figures)
    window = figures.window
    document["at"] = figures.at.isoformat()
    ends = {"start": window.start.isoformat(), "end": window.end.isoformat()}
    days = {"zone": window.zones, "first": window.first, "last": window.last, "days": window.days}
    document["window"] = days | ends
    document["open"]["ages"] = {label: n for _, label, n in figures.open.ages}
    oldest = figures.open.oldest_raised_at
    document["open"]["oldest_raised_at"] = oldest.isoformat() if oldest else None
    return _with_reasons(document)


def _with_reasons(value: Any) -> Any:
    """Return a document in which each spread that is not told says why in words."""
    if isinstance(value, dict):
        if value.get("why"):
            value["why"] = untold(value["why"], value["n"])
        return {key: _with_reasons(each) for key, each in value.items()}
    return [_with_reasons(each) for each in value] if isinstance(value, list | tuple) else value


def _text(figures: Figures) -> str:
    work, answer, done = figures.open, figures.response, figures.turnaround
    window = figures.window
    lines = [
        f"{figures.team}, {window.first} to {window.last} ({window.zones})",
        f"  Open now: {work.n} ({work.late} late, {work.silent} silent, {work.waiting} waiting)",
        f"  First response, working: {_spread(answer.working)}",
        f"  First response, elapsed: {_spread(answer.elapsed)}",
        f"  Unanswered: {answer.unanswered}, of these overdue: {answer.unanswered_late}",
        f"  Turnaround, working: {_spread(done.working)}",
        f"  Turnaround, elapsed: {_spread(done.elapsed)}",
        f"  Confirmed: {done.confirmed}, partly: {done.partly}, reopened: {done.reopened}",
        f"  Paused share: {'-' if done.paused_percent is None else done.paused_percent} %",
    ]
    for stage in figures.stages:
        lines += [
            f"  Stage {stage.stage}, waiting: {_spread(stage.waiting)}",
            f"  Stage {stage.stage}, in hand: {_spread(stage.in_hand)}",
            f"  Stage {stage.stage}, paused: {_spread(stage.paused)}",
        ]
    came, went = (sum(getattr(p, k) for p in figures.periods) for k in ("arrivals", "completions"))
    return "\n".join([*lines, f"  Arrived: {came}, done: {went}"])


def _spread(spread: Spread) -> str:
    if spread.why:
        return untold(spread.why, spread.n)
    half, most = (_known(value, spread) for value in (spread.median, spread.p85))
    return f"median {half}, 85 % within {most} (n = {spread.n})"


def _known(seconds: int | None, spread: Spread) -> str:
    return f"more than {_hours(spread.longest or 0)}" if seconds is None else _hours(seconds)


def _hours(seconds: int) -> str:
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
