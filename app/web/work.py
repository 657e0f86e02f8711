"""My work: what waits on me, what my teams have, what I asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import flask

from app.db import db
from app.requests.lists.mine import asked_by, thanks_to, waiting_on
from app.requests.lists.untouched import untouched
from app.web.headers import now
from app.web.render import me, page

bp = flask.Blueprint("work", __name__)

PAGE = 50
ASKED = 25
SHORT = 8
EACH = 5
THANKS_FOR = timedelta(days=30)


@bp.get("/")
def mine() -> Any:
    """Show what waits on me first, then what my teams have and what I asked for."""
    at = now()
    return page(
        "work/mine.html",
        waiting=waiting_on(db.session, me(), at=at, limit=PAGE),
        most=PAGE,
        free=list(untouched(db.session, me(), at=at, each=EACH)),
        asked=asked_by(db.session, me(), at=at, limit=SHORT, open_only=True),
        few=SHORT,
        thanks=thanks_to(db.session, me(), since=at - THANKS_FOR, limit=EACH),
    )


@bp.get("/asked")
def asked() -> Any:
    """Show everything I ever asked for, newest first."""
    lines = asked_by(db.session, me(), at=now(), limit=ASKED, before=_before())
    last = lines[ASKED - 1].request if len(lines) > ASKED else None
    key = last and f"{last.raised_at.astimezone(UTC):%Y%m%dT%H%M%S%f}.{last.id}"
    next_url = key and flask.url_for("work.asked", before=key)
    return page("work/asked.html", lines_shown=lines[:ASKED], next_url=next_url)


def _before() -> tuple[datetime, int] | None:
    text = flask.request.args.get("before", "")
    if not text:
        return None
    try:
        moment, request_id = text.split(".")
        return datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S%f%z"), int(request_id[:9])
    except ValueError:
        flask.abort(404)
