"""What those who bring in logs read."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.imports.models import LogImport


def imports(limit: int) -> Select[LogImport]:
    """Select logs, the latest first."""
    by = joinedload(LogImport.by)
    return select(LogImport).options(by).order_by(LogImport.id.desc()).limit(limit)


def started() -> Select[LogImport]:
    """Select the log that the worker is to bring in, if any."""
    query = select(LogImport).where(LogImport.slot == 1, LogImport.started_at.is_not(None))
    return query.order_by(LogImport.id)


def rejected(report: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield number and reason of each line that was not taken, in the order of the log."""
    found = report.get("rejected", {})
    yield from sorted((number, reason) for reason, numbers in found.items() for number in numbers)
