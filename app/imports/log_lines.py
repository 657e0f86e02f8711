"""From lines of a log to cases; every line is taken, or says why not. Nothing aborts half-way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.imports.mapping import NO_COLUMN, BadMapping, LogMapping
from app.imports.records import Record, readable, records
from app.language import gettext, gettext_noop

UNKNOWN_STATE = gettext_noop("unknown state “%(state)s”")


@dataclass(frozen=True)
class Line:
    """One line that can be taken; `team` and `person` are "" where the log says nothing."""

    number: int
    at: datetime
    state: str
    team: str
    person: str


@dataclass
class Case:
    """The lines of one case, in order, from its opening on."""

    ref: str
    opened_at: datetime
    requester: str
    lines: list[Line] = field(default_factory=list)
    ended: bool = False


@dataclass
class Report:
    """What became of every line: `lines` is the sum of taken, repeating, known and rejected.

    `joined` are the first and the last of those that are one, since a quoted cell goes on.
    """

    lines: int = 0
    taken: int = 0
    repeating: int = 0
    known: int = 0
    rejected: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unknown_values: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unknown_columns: list[str] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)
    cases: int = 0
    cases_added: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return it in plain types, as JSON holds them."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        # By hand: `asdict` cannot copy a defaultdict on Python before 3.11.5.
        return plain | {name: dict(plain[name]) for name in ("rejected", "unknown_values")}

    @property
    def adds_up(self) -> bool:
        """Whether every line is accounted for."""
        rejected = sum(map(len, self.rejected.values()))
        return self.lines == self.taken + self.repeating + self.known + rejected


def read_log(rows: Iterable[str], mapping: LogMapping) -> tuple[list[Case], Report]:
    """Read a CSV with a header.

    :raises BadMapping: when a column that the mapping names is missing from the header.
    """
    report, found = Report(), records(rows)
    head = next(found, None)
    header = readable(head.cells) if head else []
    missing = [name for name in mapping.columns.values() if name not in header]
    if missing:
        raise BadMapping(gettext(NO_COLUMN, name=missing[0]))
    known = set(mapping.columns.values()) | mapping.ignored
    report.unknown_columns = [name for name in header if name not in known]
    places = {name: header.index(column) for name, column in mapping.columns.items()}
    cases: dict[str, Case] = {}
    for record in found:
        _take(record, places, mapping, cases, report)
    report.cases = len(cases)
    return list(cases.values()), report


def _take(
    record: Record,
    places: dict[str, int],
    mapping: LogMapping,
    cases: dict[str, Case],
    report: Report,
) -> None:
    report.lines += 1
    if record.last > record.first:
        report.joined.append((record.first, record.last))
    reason = record.wrong
    if reason is None:
        said = {name: record.cells[place].strip() for name, place in places.items()}
        reason = _add(said, record.first, mapping, cases, report)
    if reason:
        report.rejected[reason].append(record.first)


def _add(
    said: dict[str, str],
    number: int,
    mapping: LogMapping,
    cases: dict[str, Case],
    report: Report,
) -> str | None:
    """Add a line to its case, or return why it cannot be taken."""
    if said["case"] in mapping.unknown:
        return gettext_noop("no case")
    at = _time(said["time"], mapping)
    opened = _time(said["opened"], mapping) if "opened" in said else at
    if at is None or opened is None:
        return gettext_noop("unparsable time")
    state = mapping.states.get(said["state"])
    if state is None:
        return UNKNOWN_STATE % {"state": said["state"][:40]}
    for name in ("team", "person", "requester"):
        if said[name] in mapping.unknown:
            report.unknown_values[name].append(number)
            said[name] = ""
    case = cases.get(said["case"]) or Case(said["case"][:80], opened, said["requester"])
    if misplaced := _misplaced(case, at):
        return misplaced
    cases[said["case"]] = case
    case.lines.append(Line(number, at, state, said["team"][:80], said["person"][:80]))
    case.ended = state == "confirmed"
    return None


def _misplaced(case: Case, at: datetime) -> str | None:
    if at < case.opened_at:
        return gettext_noop("before its opening")
    if case.ended:
        return gettext_noop("after its end")
    out_of_order = case.lines and at < case.lines[-1].at
    return gettext_noop("out of order") if out_of_order else None


def _time(text: str, mapping: LogMapping) -> datetime | None:
    try:
        read = datetime.strptime(text, mapping.time_format)  # noqa: DTZ007  the zone comes next
        return read.replace(tzinfo=read.tzinfo or mapping.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
