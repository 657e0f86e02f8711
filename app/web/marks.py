"""Small marks that stand in other things: icons, initials, chips, times.

A page shows hundreds of them, so they are made here, most of them once, and not by macros.
"""

from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol

from markupsafe import Markup, escape

from app.language import gettext, spoken
from app.requests.naming import state_title
from app.requests.rules import State
from app.web import filters

NOTHING = Markup("")

STATES: Final = {
    "raised": ("calm", "inbox"),
    "accepted": ("accent", "check"),
    "in work": ("accent", "circle-dot"),
    "waiting": ("waiting", "pause"),
    "done": ("good", "check-check"),
    "confirmed": ("done", "circle-check"),
    "declined": ("calm", "x"),
    "withdrawn": ("calm", "undo-2"),
    "merged": ("calm", "link"),
}


class Somebody(Protocol):
    """Whoever has a name to make initials of."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def initials(self) -> str: ...


class Standing(Protocol):
    """What of a request says how it stands."""

    @property
    def state(self) -> str: ...
    @property
    def holder_id(self) -> int | None: ...


def _sheet() -> str:
    return filters.static_url("icons.svg")


def icon(name: str, label: str | None = None, *, turns: bool = False) -> Markup:
    """Return an icon; without a `label` it says nothing to a screen reader."""
    return _icon(_sheet(), name, label, turns)


@lru_cache(maxsize=512)
def _icon(sheet: str, name: str, label: str | None, turns: bool) -> Markup:
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    look = "icon icon-turns" if turns else "icon"
    return Markup(
        f'<svg class="{look}" width="20" height="20" {said}>'
        f'<use href="{escape(sheet)}#{escape(name)}"></use></svg>'
    )


def avatar(person: Somebody | None, size: str = "m") -> Markup:
    """Return the initials of somebody, in one of eight hues; a question mark for nobody."""
    if not person:
        return _avatar(size, " avatar-none", gettext("Nobody yet"), "?")
    return _avatar(size, f" hue-{person.id % 8 + 1}", person.name, person.initials)


@lru_cache(maxsize=4096)
def _avatar(size: str, look: str, name: str, letters: str) -> Markup:
    return Markup(
        f'<span class="avatar avatar-{escape(size)}{escape(look)}" title="{escape(name)}" '
        f'aria-hidden="true">{escape(letters)}</span>'
    )


def chip(text: str, tone: str = "calm", shown: str | None = None) -> Markup:
    """Return a few words on a coloured ground, with the icon `shown`; `tone` is a word of ours."""
    drawn = icon(shown) if shown else NOTHING
    return Markup(f'<span class="chip chip-{tone}">{drawn}{escape(text)}</span>')


def state_chip(state: str) -> Markup:
    """Return the state of a request as a chip."""
    return _state(_sheet(), state, spoken())


def standing(request: Standing) -> Markup:
    """Return how a request stands as a chip; what was accepted waits for hands when nobody has it.

    So it is with what another team had before, and with what somebody gave back.
    """
    if request.state == State.ACCEPTED and request.holder_id is None:
        tone, shown = STATES[State.RAISED]
        return chip(gettext("Not picked up"), tone, shown)
    return state_chip(request.state)


@lru_cache(maxsize=64)
def _state(_sheet: str, state: str, _language: str) -> Markup:
    tone, shown = STATES.get(state, ("calm", "circle"))
    return chip(state_title(state), tone, shown)


def when(moment: datetime | None) -> Markup:
    """Return an instant as people say it, in full for whoever points at it."""
    return time_of(moment, filters.reader()) if moment else NOTHING


def time_of(moment: datetime, reader: filters.Reader) -> Markup:
    """Return the same for a reader who is known already."""
    full, plain = reader.times.full(moment), reader.times.plain(moment)
    return Markup(f'<time datetime="{moment.isoformat()}" title="{full}">{plain}</time>')
