"""Requests as rows of a list and as cards of a board.

A page shows hundreds of them, and a template takes several times as long for each as this does;
so they are drawn here, and the only templates are the pages around them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.requests.lists.lines import Line
from app.requests.rules import Side
from app.web import marks
from app.web.filters import Reader, reader, request_address
from app.web.wording import plain_time

NEW = Markup('<span class="new-mark">new</span> ')


def rows(
    lines: Iterable[Line],
    *,
    state: bool = False,
    promised: bool = False,
    new_key: Callable[[], str] | None = None,
) -> Markup:
    """Return lines as a list of rows.

    `state` shows the state of each; `promised` calls the due time what was promised; with
    `new_key`, which makes the key of a form, those that the viewer may claim can be claimed.
    """
    there = reader()
    drawn = []
    for line in lines:
        tone = marks.state_chip(line.request.state) if state else marks.NOTHING
        claim = _claim(line, new_key()) if new_key and line.may_claim else marks.NOTHING
        drawn.append(
            f'<li class="row"><div class="row-main">{_said(line, there, "row")}</div>'
            f'<div class="row-side">{tone}{_due(line, there, promised=promised)}{who(line)}{claim}'
            "</div></li>\n"
        )
    return Markup(f'<ul class="rows">\n{"".join(drawn)}</ul>')


def cards(lines: Iterable[Line]) -> Markup:
    """Return lines as the cards of a board's column."""
    there = reader()
    drawn = [
        f'<li class="card">{_said(line, there, "card")}'
        f'<div class="card-foot">{_due(line, there)}{who(line)}</div></li>\n'
        for line in lines
    ]
    return Markup(f'<ul class="board-cards">\n{"".join(drawn)}</ul>')


def about(line: Line) -> Markup:
    """Say what was asked for, and by whom; of whom, to whoever asked."""
    request = line.request
    if request.requester_id == line.viewer.id:
        said = f"{request.type.name} · {request.team.name}"
    else:
        said = f"{request.type.name} · {request.requester.name}, {request.asking_team.name}"
    return NEW + said if line.unread else escape(said)


def due(line: Line) -> Markup:
    """Return what is due as a chip: the first answer, a later one, or the work itself."""
    return _due(line, reader())


def who(line: Line) -> Markup:
    """Return who has the turn, as initials."""
    request = line.request
    one = None
    if request.turn_side == Side.PROVIDING:
        one = request.holder
    elif request.turn_side == Side.ASKING:
        one = request.requester
    if one is None:
        return marks.NOTHING
    drawn = marks.avatar(one, "s")
    return Markup(
        f'<span class="avatars" role="img" aria-label="{escape(one.name)}">{drawn}</span>'
    )


def _said(line: Line, there: Reader, name: str) -> str:
    """Return the three sentences of a row and of a card as HTML; `name` begins their classes."""
    request = line.request
    since = ""
    if not request.ended_at:
        since = f" Since {marks.time_of(request.turn_since, there)}."
    return (
        f'<p class="row-kicker">{about(line)}</p>'
        f'<p class="{name}-title"><a href="{request_address(request.id)}" dir="auto">'
        f"{escape(request.title)}</a></p>"
        f'<p class="{name}-turn">{escape(line.turn)}{since}</p>'
    )


def _due(line: Line, there: Reader, *, promised: bool = False) -> Markup:
    def plain(moment: datetime) -> str:
        return plain_time(moment, now=there.now, zone=there.zone)

    request = line.request
    if promised and request.due_now:
        return marks.chip(f"Promised for {plain(request.due_now)}", "late", "circle-alert")
    if line.due is None:
        return marks.NOTHING
    owed = ""
    if line.owes_answer:
        owed = "answer "
    elif line.owes_reply and line.due == request.reply_by:
        owed = "reply "
    elif request.second_promises:
        owed = "promised anew, "
    if line.late:
        said = f"{owed}late since".capitalize()
        return marks.chip(f"{said} {plain(line.due)}", "late", "circle-alert")
    return marks.chip(f"{owed}due".capitalize() + f" {plain(line.due)}", "calm", "calendar-clock")


def _claim(line: Line, key: str) -> Markup:
    request = line.request
    return Markup(
        f'<form action="{request_address(request.id, "acts.create_claim")}" method="post">'
        f'<input type="hidden" name="csrf_token" value="{generate_csrf()}">'
        f'<input type="hidden" name="key" value="{key}">'
        f'<input type="hidden" name="seen" value="{request.version}">'
        f'<button class="button button-quiet button-small" type="submit">{marks.icon("hand")} '
        f'Pick it up<span class="visually-hidden">: {escape(request.title)}</span></button></form>'
    )
