"""What there is beside a request, asked all at once.

Most requests have no files, no links, no drafts of the reader and nobody who is away. One
statement finds that out; the page then asks further only for what is there.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Exists, Integer, Select, bindparam, exists, literal, or_, select

from app.attachments.queries import all_files, files_kept
from app.db import db, rows_of
from app.people.absences import day_of_absence, lasts_over
from app.people.drafts import drafts_kept
from app.people.models import Absence
from app.requests.attention import Watch
from app.requests.intervals import Link
from app.requests.models import Request
from app.web.headers import now
from app.web.render import me


class There(NamedTuple):
    """Which of these there are, for one reader of one request."""

    drafts: bool
    files: bool
    kept_files: bool
    watching: bool
    links: bool
    away: bool


def there_is(request: Request, address: str) -> There:
    """Look what there is beside a request whose page is at `address`."""
    values: dict[str, Any] = {
        "request_id": request.id,
        "viewer": me().id,
        "owner": me().id,
        "address": address,
        "below": f"{address}/",
        "holder": request.holder_id,
        "requester": request.requester_id,
        "asked": request.asked_id,
        "today": day_of_absence(me(), now()),
    }
    return There(*rows_of(db.session, _there(), values).one())


@cache
def _there() -> Select[bool, bool, bool, bool, bool, bool]:
    this, viewer = (bindparam(name, type_=Integer) for name in ("request_id", "viewer"))
    them = [bindparam(name, type_=Integer) for name in ("holder", "requester", "asked")]
    today = bindparam("today", type_=Date)
    return select(
        _any(drafts_kept()),
        _any(all_files()),
        _any(files_kept()),
        exists().where(Watch.request_id == this, Watch.person_id == viewer),
        exists().where(or_(Link.request_id == this, Link.to_id == this)),
        exists().where(*lasts_over(today), Absence.person_id.in_(them)),
    )


def _any(rows: Select[Any]) -> Exists:
    return rows.with_only_columns(literal(1)).order_by(None).exists()
