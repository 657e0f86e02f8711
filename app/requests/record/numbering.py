"""Ids taken before their rows are written, for histories that are recorded in batches."""

from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.db import has_one_writer

NEXT = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")


def next_ids(session: Session, model: Any, count: int) -> list[int]:
    """Take `count` ids for new rows of `model`, ascending.

    On PostgreSQL others add rows meanwhile; nobody waits, since all of them ask the same sequence.
    """
    if has_one_writer(session):
        last = session.scalar(select(func.max(model.id))) or 0
        return list(range(last + 1, last + count + 1))
    values = {"name": model.__tablename__, "count": count}
    return sorted(session.scalars(NEXT, values))
