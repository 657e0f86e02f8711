"""Tables for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import flask

# A spreadsheet takes text that begins like this for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> flask.Response:
    """Answer with a CSV file called `name`, sent line by line, and read as it is sent."""
    lines = flask.stream_with_context(_lines([head], rows))
    answer = flask.Response(lines, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def neutral(cell: object) -> object:
    """Return `cell` so that a spreadsheet shows it: text like a formula gets an apostrophe."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _lines(*tables: Iterable[Sequence[object]]) -> Iterator[str]:
    for table in tables:
        for row in table:
            line = io.StringIO()
            csv.writer(line).writerow([neutral(cell) for cell in row])
            yield line.getvalue()
