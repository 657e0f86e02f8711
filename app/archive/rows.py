"""A row as one JSON object and back, the same from either engine.

Instants are RFC 3339 in UTC, days and times of day ISO 8601, bytes Base64; everything else is what
JSON has. The columns are those of the models, by their names.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import Date, LargeBinary, Table, Time

from app.archive.rules import NotTaken
from app.db import Moment

Change = Callable[[Any], Any]
OUT: Final[dict[type[Any], Change]] = {
    Moment: lambda at: at.isoformat().replace("+00:00", "Z"),
    Date: lambda day: day.isoformat(),
    Time: lambda clock: clock.isoformat(),
    LargeBinary: lambda content: base64.b64encode(content).decode(),
}
IN: Final[dict[type[Any], Change]] = {
    Moment: datetime.fromisoformat,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
    LargeBinary: lambda text: base64.b64decode(text, validate=True),
}


def as_line(table: Table, row: Mapping[str, Any]) -> str:
    """Return a row of `table` as one line of JSON."""
    values = as_object(table.columns, row)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_object(columns: Iterable[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `row` has in `columns` as JSON can hold it."""
    return {column.name: _changed(OUT, column.type, row[column.name]) for column in columns}


def from_line(table: Table, line: str | bytes) -> dict[str, Any]:
    """Read what `as_line` wrote. :raises NotTaken: when it is no row of `table`."""
    try:
        values = json.loads(line)
        if values.keys() != set(table.columns.keys()):
            raise NotTaken(f"{table.name}: not the columns of this Baton.")
        return {
            column.name: _changed(IN, column.type, values[column.name]) for column in table.columns
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise NotTaken(f"{table.name}: a line cannot be read ({error}).") from None


def _changed(changes: Mapping[type[Any], Change], type_: Any, value: Any) -> Any:
    change = changes.get(type(type_))
    return change(value) if change and value is not None else value
