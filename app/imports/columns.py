"""What a mapping understands of a log, before anything is brought in."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.imports.log_lines import UNKNOWN_STATE, Case, Report, read_log
from app.imports.mapping import LogMapping
from app.imports.records import readable, records
from app.language import gettext, gettext_noop

UNKNOWN = re.compile("unknown state “(.*)”", re.DOTALL)
FEW = 5
NAMES = {
    "case": gettext_noop("which case it is"),
    "time": gettext_noop("when it happened"),
    "opened": gettext_noop("when the case was opened"),
    "state": gettext_noop("the state it is in from then on"),
    "team": gettext_noop("the team that has it"),
    "person": gettext_noop("who has it"),
    "requester": gettext_noop("who asked for it"),
}


@dataclass(frozen=True)
class Column:
    """A column of the log: what it is taken for ("" for nothing), and what its first line says."""

    name: str
    means: str
    example: str
    known: bool


@dataclass(frozen=True)
class Look:
    """What is understood of a log: its columns, those that are missing, what the lines say."""

    columns: list[Column] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def as_text(content: bytes) -> io.StringIO:
    """Return a log to read line by line; what is no UTF-8 is escaped, and so will be rejected."""
    return io.StringIO(content.decode("utf-8-sig", "surrogateescape"), newline="")


def look_over(content: bytes, mapping: LogMapping) -> Look:
    """Read a log as far as it is understood; its lines only when no column is missing."""
    header, first = _beginning(content)
    meanings = {column: _meaning(name) for name, column in mapping.columns.items()}
    examples = dict(zip(header, first, strict=False))
    columns = [
        Column(
            _shown(name),
            meanings.get(name, ""),
            _shown(examples.get(name, "")),
            name in meanings or name in mapping.ignored,
        )
        for name in header
    ]
    columns.sort(key=lambda column: not column.means)
    missing = [name for name in meanings if name not in header]
    if missing:
        return Look(columns, missing)
    cases, report = read_log(as_text(content), mapping)
    return Look(columns, [], cases, report)


def why_not(reason: str) -> str:
    """Return the reason for which a line was not taken, which is kept in English, in words."""
    if named := UNKNOWN.fullmatch(reason):
        return gettext(UNKNOWN_STATE, state=named[1])
    return gettext(reason)


def as_ranges(lines: Sequence[Sequence[int]]) -> str:
    """Return the first and last lines of some records in words; the first few of many."""
    return ", ".join(
        gettext("%(first)s to %(last)s", first=first, last=last) for first, last in lines[:FEW]
    )


def _meaning(name: str) -> str:
    return gettext(NAMES[name]) if name in NAMES else name


def _shown(cell: str) -> str:
    """Return a cell as a page can show it, also where the file is no text at all."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in cell[:80])


def _beginning(content: bytes) -> tuple[list[str], list[str]]:
    found = records(as_text(content))
    header, first = next(found, None), next(found, None)
    return readable(header.cells) if header else [], first.cells if first else []
