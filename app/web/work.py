"""My work: what waits on me, what my teams have, what I asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import flask

from app.db import db
from app.people.absences import away_among, day_of_absence
from app.requests.lists.asked import asked_by
from app.requests.lists.lines import Line
from app.requests.lists.mine import thanks_to, waiting_on
from app.requests.lists.untouched import untouched
from app.requests.rules import Side
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
        **_waiting(at),
        most=PAGE,
        free=list(untouched(db.session, me(), at=at, each=EACH)),
        asked=asked_by(db.session, me(), at=at, limit=SHORT, open_only=True),
        few=SHORT,
        thanks=thanks_to(db.session, me(), since=at - THANKS_FOR, limit=EACH),
    )


def _waiting(at: datetime) -> dict[str, Any]:
    """Return what waits on me: all of it, what is mine, and what is by whom I stand in for."""
    lines = waiting_on(db.session, me(), at=at, limit=PAGE)
    reader = me().id
    shown = [(line, _in_place_of(line, reader)) for line in lines[:PAGE]]
    holders = {holder for _, holder in shown if holder}
    away = away_among(db.session, holders, on=day_of_absence(me(), at)) if holders else {}
    instead = [
        (absence.last_day, [line for line, holder in shown if holder == away_id])
        for away_id, absence in away.items()
    ]
    mine = [line for line, holder in shown if holder not in away]
    return {"waiting": lines, "mine": mine, "instead": instead}


def _in_place_of(line: Line, reader: int) -> int | None:
    """Return who has what the reader finds as their substitute; None where it is their own."""
    request = line.request
    theirs = request.turn_side == Side.PROVIDING and request.holder_id != reader
    return request.holder_id if theirs else None


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
