"""The chapter "How long": first answer, next answer, done, and where the time goes by stage."""

from collections.abc import Sequence

from app.language import gettext, gettext_noop
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.sheets import (
    Cell,
    Lists,
    Sheet,
    first_read,
    number,
    percent,
    percentiles,
    times,
    words,
)
from app.turnaround.stage_times import stage_times

COUNTED = gettext_noop("What is still open counts as “not by now” (Kaplan and Meier).")


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return how long it takes until the first answer, the next one, and done."""
    raised = [life for life in basis.lives if basis.window.holds(life.raised_at)]
    return [
        _first(basis, lists, raised),
        _next(basis, lists),
        _done(basis, lists, raised),
        stage_times(basis, lists),
    ]


def _first(basis: Basis, lists: Lists, raised: Sequence[Life]) -> Sheet:
    rows = [_until_answered(basis, lists, *part) for part in basis.parts(raised)]
    head = (gettext("What"), gettext("Raised"), gettext("Not answered yet"), *percentiles())
    return Sheet(
        "first-response",
        gettext("First response"),
        gettext(
            "From raised to the first message of a person of the providing side that the requester "
            "can read. A claim or a note is no answer. %(counted)s Over without one: until then.",
            counted=gettext(COUNTED),
        ),
        basis.whole(gettext("Raised in these days")),
        basis.unit,
        head,
        tuple(rows) if raised else (),
        stats=first_read(head, rows[-1], len(raised)),
        of="raised-all",
        calendar=basis.clock,
    )


def _until_answered(
    basis: Basis, lists: Lists, key: str, name: str, lives: Sequence[Life]
) -> tuple[Cell, ...]:
    answered = [life for life in lives if life.first_response_at]
    without = [life for life in lives if not life.first_response_at]
    of = lists.put(f"raised-{key}", gettext("Raised in these days: %(name)s", name=name), lives)
    spans = times(
        (life.answered_in(basis.time) for life in answered),
        (life.answered_in(basis.time) for life in without),
        crowd=basis.crowd_of(key),
        of=of,
    )
    waiting = [life for life in without if life.is_open]
    about = gettext("Open without an answer: %(name)s", name=name)
    still = lists.count(f"unanswered-{key}", about, waiting)
    return (words(name), number(len(lives), of), still, *spans)


def _next(basis: Basis, lists: Lists) -> Sheet:
    asked = [reply for reply in basis.replies if basis.window.holds(reply.from_at)]
    of = lists.put("replies", gettext("Asked again in these days"), asked)
    spans = times(
        (reply.took(basis.time) for reply in asked if reply.answered),
        (reply.took(basis.time) for reply in asked if not reply.answered),
        crowd=basis.crowd,
        of=of,
    )
    still = [reply for reply in asked if reply.to_at is None]
    waiting = lists.count("replies-open", gettext("Asked again, not answered yet"), still)
    row = (words(gettext("Together")), number(len(asked), of), waiting, *spans)
    return Sheet(
        "next-response",
        gettext("Next response"),
        gettext(
            "From the first message of the asking side that nobody had answered, to the next "
            "answer they can read (or the “done”). %(counted)s",
            counted=gettext(COUNTED),
        ),
        basis.whole(gettext("Asked in these days, after a first answer")),
        basis.unit,
        (gettext("What"), gettext("Asked"), gettext("Not answered yet"), *percentiles()),
        (row,) if asked else (),
        of=of,
        calendar=basis.clock,
    )


def _done(basis: Basis, lists: Lists, raised: Sequence[Life]) -> Sheet:
    rows = [_until_done(basis, lists, *part) for part in basis.parts(raised)]
    head = (
        *(gettext("What"), gettext("Raised"), gettext("Done")),
        *(*percentiles(), gettext("Came back")),
    )
    return Sheet(
        "done",
        gettext("Until it is done"),
        gettext(
            "From raised to the “done” that holds; a “not yet” lets the same clock run on. Pauses "
            "are left out of working time, never of elapsed time. %(counted)s Declined and "
            "withdrawn ones count as watched until then.",
            counted=gettext(COUNTED),
        ),
        basis.whole(gettext("Raised in these days")),
        basis.unit,
        head,
        tuple(rows) if raised else (),
        stats=first_read(head, rows[-1], len(raised)),
        of="raised-all",
        calendar=basis.clock,
    )


def _until_done(
    basis: Basis, lists: Lists, key: str, name: str, lives: Sequence[Life]
) -> tuple[Cell, ...]:
    of = lists.put(f"raised-{key}", gettext("Raised in these days: %(name)s", name=name), lives)
    done = [life for life in lives if life.done_at]
    spans = times(
        (life.took(basis.time) for life in done),
        (life.took(basis.time) for life in lives if not life.done_at),
        crowd=basis.crowd_of(key),
        of=of,
    )
    back = [life for life in done if life.came_back]
    had_come = gettext("Done, and had come back: %(name)s", name=name)
    came = lists.put(f"came-back-{key}", had_come, back)
    about = gettext("Raised in these days and done: %(name)s", name=name)
    finished = lists.count(f"finished-{key}", about, done)
    again = percent(len(back), len(done), came)
    return (words(name), number(len(lives), of), finished, *spans, again)
