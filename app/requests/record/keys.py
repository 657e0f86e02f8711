"""Keys of forms: one that has been acted on does nothing a second time."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.people.models import Person
from app.requests.attention import ActKey
from app.rows import add_rows, forget

KEPT_AFTERWARDS = timedelta(days=30)


class AlreadyDone(RuntimeError):
    """A form that came in twice; `request_id` is what the first one acted on."""

    def __init__(self, request_id: int) -> None:
        super().__init__(f"this form has been acted on, see request {request_id}")
        self.request_id = request_id


def refuse_repeat(session: Session, person: Person, key: str) -> None:
    """:raises AlreadyDone: when `person` has acted with this key before."""
    used = rows_of(session, _used(), {"person_id": person.id, "key": key}).scalar()
    if used is not None:
        raise AlreadyDone(used)


@cache
def _used() -> Select[int]:
    mine = ActKey.person_id == bindparam("person_id"), ActKey.key == bindparam("key")
    return select(ActKey.request_id).where(*mine)


def keep_key(session: Session, person: Person, key: str, request_id: int, *, at: datetime) -> None:
    """Keep that `person` has acted with this key, on the request with this id."""
    row = {"person_id": person.id, "key": key, "request_id": request_id, "at": at}
    add_rows(session, ActKey, [row])


def forget_keys(session: Session, *, at: datetime, longest: timedelta) -> int:
    """Forget the keys of forms that no page shows any more; return how many.

    At `at` (UTC), where no browser stays signed in for longer than `longest`.
    """
    old = ActKey.at < at - longest - KEPT_AFTERWARDS
    return forget(session, ActKey, old, by=ActKey.at)
