"""How another tool's log is to be read; checked whole before the first line."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.language import gettext, gettext_noop
from app.worktime.plan import NEVER
from app.worktime.rules import BadCalendar, never_opens, parse_plan

STATES = (
    "raised",
    "in work",
    "waiting on requester",
    "waiting on third party",
    "done",
    "confirmed",
)
NEEDED = ("case", "time", "state", "team", "person", "requester")
NO_COLUMN = gettext_noop("The log has no column “%(name)s”.")


class BadMapping(ValueError):
    """A mapping that cannot be used; the sentence says why."""


@dataclass(frozen=True)
class LogMapping:
    """Which column says what, and how states become ours."""

    source: str
    title: str
    time_format: str
    zone: ZoneInfo
    unknown: frozenset[str]
    columns: Mapping[str, str]
    states: Mapping[str, str]
    organisation: Mapping[str, str]
    calendar: Mapping[str, Any]
    ignored: frozenset[str]


def read_mapping(text: str) -> LogMapping:
    """Read a mapping from TOML. :raises BadMapping: with the first thing that is wrong."""
    try:
        doc = tomllib.loads(text)
        mapping = _mapping(doc)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(gettext("The mapping is not TOML: %(error)s.", error=error)) from None
    except KeyError as error:
        raise BadMapping(gettext("The mapping lacks %(what)s.", what=error)) from None
    except (TypeError, AttributeError):
        raise BadMapping(gettext("The mapping has a value of the wrong kind.")) from None
    _check(mapping)
    return mapping


def _mapping(doc: Mapping[str, Any]) -> LogMapping:
    try:
        zone = ZoneInfo(doc.get("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        raise BadMapping(
            gettext("There is no time zone “%(name)s”.", name=doc.get("zone"))
        ) from None
    return LogMapping(
        source=str(doc["source"])[:40],
        title=str(doc.get("title", "{case}")),
        time_format=str(doc["time_format"]),
        zone=zone,
        unknown=frozenset(doc.get("unknown", [""])),
        columns=dict(doc["columns"].items()),
        states=dict(doc["states"].items()),
        organisation=dict(doc["organisation"].items()),
        calendar=dict(doc["calendar"].items()),
        ignored=frozenset(doc.get("ignore", {}).get("columns", [])),
    )


def _check(mapping: LogMapping) -> None:
    for name in NEEDED:
        if not isinstance(mapping.columns.get(name), str):
            raise BadMapping(
                gettext("The mapping does not say which column is the %(name)s.", name=name)
            )
    for theirs, ours in mapping.states.items():
        if ours not in STATES:
            known = ", ".join(STATES)
            raise BadMapping(
                gettext(
                    "The state “%(theirs)s” cannot become “%(ours)s”; ours are: %(known)s.",
                    theirs=theirs,
                    ours=ours,
                    known=known,
                )
            )
    for name in ("department", "asking_team", "unknown_team", "request_type"):
        if not mapping.organisation.get(name):
            what = f"organisation.{name}"
            raise BadMapping(gettext("The mapping lacks %(what)s.", what=what))
    _check_calendar(mapping)


def _check_calendar(mapping: LogMapping) -> None:
    try:
        if never_opens(parse_plan(dict(mapping.calendar))):
            raise BadCalendar(gettext(NEVER))
    except BadCalendar as error:
        raise BadMapping(gettext("The calendar of the mapping: %(error)s", error=error)) from None
