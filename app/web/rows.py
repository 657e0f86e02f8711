"""Requests as rows of a list and as cards of a board.

A page shows hundreds of them, and a template takes several times as long for each as this does;
so they are drawn here, and the only templates are the pages around them.
"""

from collections.abc import Iterable

from markupsafe import Markup

from app.requests.lists.lines import Line
from app.web.pen import Pen, who

__all__ = ["about", "cards", "due", "rows", "who"]


def rows(
    lines: Iterable[Line],
    *,
    state: bool = False,
    promised: bool = False,
    key: str | None = None,
) -> Markup:
    """Return lines as a list of rows.

    `state` shows the state of each; `promised` calls the due time what was promised; with
    a fresh `key`, those that the viewer may claim can be claimed, each form with a key of its own.
    """
    pen, drawn = Pen(), []
    for line in lines:
        claim = pen.claim(line, f"{key}.{line.request.id}") if key and line.may_claim else ""
        row = pen.once(pen.row, line, state=state, promised=promised)
        drawn.append(f"{row}{claim}</div></li>\n")
    return Markup(f'<ul class="rows">\n{"".join(drawn)}</ul>')


def cards(lines: Iterable[Line]) -> Markup:
    """Return lines as the cards of a board's column."""
    pen = Pen()
    drawn = "".join(pen.once(pen.card, line) for line in lines)
    return Markup(f'<ul class="board-cards">\n{drawn}</ul>')


def about(line: Line) -> Markup:
    """Say what was asked for, and by whom; of whom, to whoever asked."""
    return Pen().about(line)


def due(line: Line) -> Markup:
    """Return what is due as a chip: the first answer, a later one, or the work itself."""
    return Markup(Pen().due(line))
