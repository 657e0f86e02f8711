"""What a row or a card of a list says, worked out before it is drawn: a page shows many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.requests.lists.lines import Line
from app.requests.rules import Side
from app.web import marks
from app.web.filters import plain_time, request_address


@dataclass(frozen=True, slots=True)
class Row:
    """One request as a list says it to its viewer."""

    line: Line
    id: int
    version: int
    title: str
    address: str
    unread: bool
    about: str
    turn: str
    since: Markup
    state: str
    due: Markup
    who: Markup


def rows_of(lines: Iterable[Line], *, promised: bool = False) -> Iterator[Row]:
    """Yield what each line says; with `promised` the due time is called what was promised."""
    for line in lines:
        request = line.request
        yield Row(
            line,
            request.id,
            request.version,
            request.title,
            request_address(request.id),
            line.unread,
            about(line),
            line.turn,
            marks.NOTHING if request.ended_at else marks.when(request.turn_since),
            request.state,
            due(line, promised=promised),
            who(line),
        )


def about(line: Line) -> str:
    """Say what was asked for, and by whom; of whom, to whoever asked."""
    request = line.request
    if request.requester_id == line.viewer.id:
        return f"{request.type.name} · {request.team.name}"
    return f"{request.type.name} · {request.requester.name}, {request.asking_team.name}"


def due(line: Line, *, promised: bool = False) -> Markup:
    """Return what is due as a chip: the first answer, a later one, or the work itself."""
    request = line.request
    if promised and request.due_now:
        return marks.chip(f"Promised for {plain_time(request.due_now)}", "late", "circle-alert")
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
        return marks.chip(f"{said} {plain_time(line.due)}", "late", "circle-alert")
    said = f"{owed}due".capitalize()
    return marks.chip(f"{said} {plain_time(line.due)}", "calm", "calendar-clock")


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
