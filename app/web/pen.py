"""How one line of a list is drawn: its three sentences, what is due, who has it.

What says the same to its reader as it did lately is not drawn again: lists are looked at over and
over, and most of what stands in them stays as it is.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from app.language import gettext, gettext_noop, spoken
from app.people.names import Named
from app.requests.lists.lines import Line
from app.requests.rules import Side, State
from app.web import marks
from app.web.filters import reader, request_pattern
from app.web.sessions import csrf_token

# What is due, once it is late and before.
ANSWER = (gettext_noop("Answer late since %(when)s"), gettext_noop("Answer due %(when)s"))
REPLY = (gettext_noop("Reply late since %(when)s"), gettext_noop("Reply due %(when)s"))
ANEW = (
    gettext_noop("Promised anew, late since %(when)s"),
    gettext_noop("Promised anew, due %(when)s"),
)
WORK = (gettext_noop("Late since %(when)s"), gettext_noop("Due %(when)s"))
SINCE, ENDED = gettext_noop("Since %(time)s."), gettext_noop("Ended %(time)s.")
APART: Final = "\u00a0·\u00a0"  # so that no line begins with it

KEPT: Final = 2048  # rows and cards, of about two kilobytes
_kept: dict[Any, tuple[Any, str]] = {}


class Pen:
    """Draws lines of one list; what all of them share is worked out once."""

    def __init__(self) -> None:
        self._there = reader()
        self._look = (self._there.root, spoken(), self._there.times.zone, self._there.times.today)
        self._request, self._claims = (
            request_pattern(endpoint) for endpoint in ("requests.show", "acts.create_claim")
        )
        self._new = Markup('<span class="new-mark">{}</span> ').format(gettext("new"))

    def once(self, draw: Callable[..., str], line: Line, **asked: bool) -> str:
        """Return what `draw` makes of a line; kept for whoever is told the same.

        All that a line says follows from the key and from what is shown of its request, names and
        times included.
        """
        request, viewer = line.request, line.viewer.id
        mine, holds = request.requester_id == viewer, request.holder_id == viewer
        stands = (line.side, mine, holds, line.is_asked, line.unread, line.late, line.goes_on)
        key = (request.id, draw.__name__, *asked.values(), self._look, stands)
        known = _kept.get(key)
        if known and known[0] == request:
            return known[1]
        if len(_kept) >= KEPT:
            _kept.clear()
        drawn = draw(line, **asked)
        _kept[key] = request, drawn
        return drawn

    def row(self, line: Line, *, state: bool, promised: bool) -> str:
        """Return a row of a list, but for its end, where the form by which it is claimed stands."""
        tone = self.state(line) if state else ""
        return (
            f'<li class="row"><div class="row-main">{self.said(line, "row")}</div>'
            f'<div class="row-side">{tone}{self.due(line, promised=promised)}{who(line)}'
        )

    def card(self, line: Line) -> str:
        """Return a card of a board."""
        return (
            f'<li class="card">{self.said(line, "card")}'
            f'<div class="card-foot">{self.due(line)}{who(line)}</div></li>\n'
        )

    def said(self, line: Line, name: str) -> str:
        """Return the three sentences of a row or a card as HTML; `name` begins their classes."""
        request = line.request
        time = marks.time_of(request.ended_at or request.turn_since, self._there)
        # What was merged goes on elsewhere since then.
        said = ENDED if request.ended_at and request.state != State.MERGED else SINCE
        return (
            f'<p class="row-kicker">{self.about(line)}</p>'
            f'<p class="{name}-title"><a href="{self._request % request.id}" dir="auto">'
            f"{escape(request.title)}</a></p>"
            f'<p class="{name}-turn">{escape(line.turn)} {gettext(said, time=time)}</p>'
        )

    def about(self, line: Line) -> Markup:
        """Say what was asked for, by whom (of whom, to whoever asked), and its number."""
        request = line.request
        if request.requester_id == line.viewer.id:
            whose = request.team.name
        else:
            whose = f"{request.requester.name}, {request.asking_team.name}"
        said = f"{request.type.name} · {whose}{APART}#{request.id}"
        return self._new + said if line.unread else escape(said)

    def due(self, line: Line, *, promised: bool = False) -> str:
        """Return what is due as a chip; `promised` calls it what was promised."""
        request = line.request
        if promised and request.due_now:
            return self._late(gettext_noop("Promised for %(when)s"), request.due_now)
        if line.due is None:
            return ""
        late, owed = _owed(line)
        if line.late:
            return self._late(late, line.due)
        return self._chip("calm", self._soon, owed, line.due)

    def state(self, line: Line) -> str:
        """Return how it stands as a chip."""
        return marks.standing(line.request)

    def claim(self, line: Line, key: str) -> str:
        """Return the form by which the viewer picks it up."""
        request = line.request
        return (
            f'<form action="{self._claims % request.id}" method="post">'
            f'<input type="hidden" name="csrf_token" value="{self._token}">'
            f'<input type="hidden" name="key" value="{key}">'
            f'<input type="hidden" name="seen" value="{request.version}">'
            f'<button class="button button-quiet button-small" type="submit">{self._pick}'
            f'<span class="visually-hidden">: {escape(request.title)}</span></button></form>'
        )

    def _late(self, said: str, moment: datetime) -> str:
        return self._chip("late", self._alert, said, moment)

    def _chip(self, tone: str, icon: Markup, said: str, moment: datetime) -> str:
        when = self._there.times.plain(moment)
        return f'<span class="chip chip-{tone}">{icon}{escape(gettext(said, when=when))}</span>'

    @cached_property
    def _token(self) -> str:
        return csrf_token()

    @cached_property
    def _alert(self) -> Markup:
        return marks.icon("circle-alert")

    @cached_property
    def _soon(self) -> Markup:
        return marks.icon("calendar-clock")

    @cached_property
    def _pick(self) -> Markup:
        return Markup("{} {}").format(marks.icon("hand"), gettext("Pick it up"))


def _owed(line: Line) -> tuple[str, str]:
    request = line.request
    if line.owes_answer:
        return ANSWER
    if line.owes_reply and line.due == request.reply_by:
        return REPLY
    return ANEW if request.second_promises else WORK


def who(line: Line) -> str:
    """Return who has the turn, as initials."""
    request = line.request
    one = None
    if request.turn_side == Side.PROVIDING:
        one = request.holder
    elif request.turn_side == Side.ASKING:
        one = request.requester
    if one is None:
        return marks.NOTHING
    return _initials(one.id, one.name)


@lru_cache(maxsize=4096)
def _initials(person_id: int, name: str) -> str:
    drawn = marks.avatar(Named(person_id, name), "s")
    return Markup(f'<span class="avatars" role="img" aria-label="{escape(name)}">{drawn}</span>')
