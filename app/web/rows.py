"""Requests as rows of a list and as cards of a board.

A page shows hundreds of them, and a template takes several times as long for each as this does;
so they are drawn here, and the only templates are the pages around them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from app.language import gettext, gettext_noop, spoken
from app.requests.lists.lines import Line
from app.requests.rules import Side
from app.web import marks
from app.web.filters import Reader, csrf_token, reader, request_address
from app.web.wording import plain_time


@lru_cache(maxsize=16)
def _new(_language: str) -> Markup:
    return Markup('<span class="new-mark">{}</span> ').format(gettext("new"))


@lru_cache(maxsize=16)
def _pick_it_up(_language: str) -> Markup:
    return escape(gettext("Pick it up"))


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
    return _new(spoken()) + said if line.unread else escape(said)


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
        since = " " + gettext("Since %(time)s.", time=marks.time_of(request.turn_since, there))
    return (
        f'<p class="row-kicker">{about(line)}</p>'
        f'<p class="{name}-title"><a href="{request_address(request.id)}" dir="auto">'
        f"{escape(request.title)}</a></p>"
        f'<p class="{name}-turn">{escape(line.turn)}{since}</p>'
    )


def _due(line: Line, there: Reader, *, promised: bool = False) -> Markup:
    request = line.request
    if promised and request.due_now:
        return _late(gettext_noop("Promised for %(when)s"), request.due_now, there)
    if line.due is None:
        return marks.NOTHING
    late, owed = _owed(line)
    if line.late:
        return _late(late, line.due, there)
    return marks.chip(gettext(owed, when=_plain(line.due, there)), "calm", "calendar-clock")


def _late(said: str, moment: datetime, there: Reader) -> Markup:
    return marks.chip(gettext(said, when=_plain(moment, there)), "late", "circle-alert")


def _plain(moment: datetime, there: Reader) -> str:
    return plain_time(moment, now=there.now, zone=there.zone)


# What is due, once it is late and before.
ANSWER = (gettext_noop("Answer late since %(when)s"), gettext_noop("Answer due %(when)s"))
REPLY = (gettext_noop("Reply late since %(when)s"), gettext_noop("Reply due %(when)s"))
ANEW = (
    gettext_noop("Promised anew, late since %(when)s"),
    gettext_noop("Promised anew, due %(when)s"),
)
WORK = (gettext_noop("Late since %(when)s"), gettext_noop("Due %(when)s"))


def _owed(line: Line) -> tuple[str, str]:
    request = line.request
    if line.owes_answer:
        return ANSWER
    if line.owes_reply and line.due == request.reply_by:
        return REPLY
    return ANEW if request.second_promises else WORK


def _claim(line: Line, key: str) -> Markup:
    request = line.request
    return Markup(
        f'<form action="{request_address(request.id, "acts.create_claim")}" method="post">'
        f'<input type="hidden" name="csrf_token" value="{csrf_token()}">'
        f'<input type="hidden" name="key" value="{key}">'
        f'<input type="hidden" name="seen" value="{request.version}">'
        f'<button class="button button-quiet button-small" type="submit">{marks.icon("hand")} '
        f'{_pick_it_up(spoken())}<span class="visually-hidden">: {escape(request.title)}</span>'
        "</button></form>"
    )
