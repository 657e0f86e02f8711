"""The working clock for other programs: a JSON object a line in, a JSON object a line out."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any, NoReturn

from app.worktime.rules import WorkingClock, parse_plan


def answer_line(line: str) -> str:
    """Answer one question about working time; a bad question gets an error and never raises.

    The question is {"calendar": a document as `parse_plan` reads it, "start": ISO time,
    "end": ISO time} and, if wanted, "pauses": [[ISO time, ISO time], ...]; times carry their
    offset or Z. Other keys, such as a name for the case, are left alone. The answer is
    {"working_seconds": n}, without the pauses, or {"error": a sentence}.
    """
    try:
        return json.dumps({"working_seconds": _working_seconds(_question(line))})
    except ValueError as error:
        return json.dumps({"error": str(error)})
    except RecursionError:
        return json.dumps({"error": "The line is nested too deeply."})


def _question(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line, parse_constant=_refuse_constant)
    except ValueError as error:
        raise ValueError(f"The line is not JSON: {error}.") from None
    if not isinstance(question, dict):
        raise ValueError("The line must be a JSON object.")
    for key in ("calendar", "start", "end"):
        if key not in question:
            raise ValueError(f'The line has no "{key}".')
    return question


def _working_seconds(question: dict[str, Any]) -> int:
    clock = _clock(json.dumps(question["calendar"]))
    return clock.between_excluding(
        _time(question["start"], '"start"'),
        _time(question["end"], '"end"'),
        _pauses(question.get("pauses", [])),
    )


@lru_cache(maxsize=32)
def _clock(calendar: str) -> WorkingClock:
    """Keep the clocks of the calendars last asked about, for lines that share a calendar."""
    return WorkingClock(parse_plan(json.loads(calendar)))


def _pauses(value: object) -> list[tuple[datetime, datetime]]:
    if not isinstance(value, list):
        raise ValueError('"pauses" must be a list of pairs of times.')
    pauses = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError("Each pause must be a pair of times, from and to.")
        pauses.append((_time(pair[0], "A pause"), _time(pair[1], "A pause")))
    return pauses


def _time(value: object, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]  # TypeError is caught
    except (TypeError, ValueError):
        raise ValueError(f"{what} must be an ISO time such as 2024-03-29T17:00:00Z.") from None
    if moment.utcoffset() is None:
        raise ValueError(f"{what} must say its offset from UTC, or end in Z.")
    return moment


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
