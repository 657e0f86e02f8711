"""A chapter of figures as a page, as the list behind a mark, and as a table to take along."""

from typing import Any

import flask

from app.db import db
from app.language import gettext
from app.turnaround import queries
from app.turnaround.chapters import Page, tell
from app.turnaround.sheets import Listed, heads, plain
from app.web.chapter_view import Asked, frame_of, titles
from app.web.exports import csv_answer
from app.web.headers import now
from app.web.numbers import as_number, is_number
from app.web.render import me, page
from app.web.turnaround_view import row

PAGE = 50


def show_chapter(found: Asked, template: str) -> Any:
    """Show a chapter."""
    told = _tell(found)
    if found.span is None:
        found.form.show(told.basis.window)
    return page(
        template,
        status=422 if found.form.errors else 200,
        told=told,
        titles=titles(told),
        **frame_of(found, told),
    )


def show_list(found: Asked) -> Any:
    """List the requests behind one mark, those that I may open."""
    told = _tell(found)
    listed = told.lists.known.get(flask.request.args.get("of", "")) or flask.abort(404)
    shown, more = _slice(listed)
    return page(
        "turnaround/marked.html",
        told=told,
        listed=listed,
        n=len(set(listed.ids)),
        rows=[row(request) for request in queries.named(db.session, me(), shown, at=now())],
        more=more and found.url("behind", of=flask.request.args["of"], after=more),
        **frame_of(found, told),
    )


def send_table(found: Asked, sheet: str) -> flask.Response:
    """Send the table of one figure."""
    told = _tell(found)
    table = next((each for each in told.sheets if each.key == sheet), None) or flask.abort(404)
    window = told.basis.window
    days = gettext("%(first)s to %(last)s", first=window.first, last=window.last)
    name = f"{told.basis.scope.name} {sheet} {days}.csv"
    return csv_answer(name, heads(table), [[plain(cell) for cell in row] for row in table.rows])


def _tell(found: Asked) -> Page:
    return tell(db.session, found.chapter, found.wanted, now=now(), viewer=me())


def _slice(listed: Listed) -> tuple[list[int], int | None]:
    """Return the ids to show, and after which one the list goes on."""
    mine = sorted(set(listed.ids) & listed.mine)
    after = flask.request.args.get("after", "")
    later = [number for number in mine if number > (as_number(after) if is_number(after) else 0)]
    return later[:PAGE], later[PAGE - 1] if later[PAGE:] else None
