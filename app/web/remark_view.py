"""One remark as a person reads it: with its place in the newest version."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.db import db
from app.documents.models import Version
from app.feedback.models import Remark
from app.feedback.places import Placement
from app.feedback.queries import placements_on, readable
from app.feedback.rules import Audience, Outcome, Reader, RemarkKind, Visits, closed_quietly
from app.feedback.suggestions import Patch, patch_of
from app.requests.models import Request
from app.web.headers import now
from app.web.passages import Passage


@dataclass(frozen=True)
class Shown:
    """One remark with its place in the newest version."""

    remark: Remark
    span: tuple[int, int] | None
    outcome: str | None
    patch: Patch | None
    closed: bool

    @property
    def gone(self) -> bool:
        """Whether the passage it was about is no longer there."""
        return self.outcome == Outcome.GONE

    @property
    def look_again(self) -> bool:
        """Whether its suggestion can no longer be taken by one click."""
        return self.remark.replacement is not None and not (self.patch or self.remark.taken)


def shown_remarks(
    request: Request, visits: Visits, reader: Reader, latest: Version | None
) -> list[Shown]:
    """Return the remarks `reader` may read, each with its place in `latest`."""
    places = placements_on(db.session, latest)
    return [
        show(remark, latest, places, visits)
        for remark in readable(db.session, request, reader, at=now())
    ]


def show(
    remark: Remark,
    latest: Version | None,
    places: Mapping[int, Placement],
    visits: Visits,
) -> Shown:
    """Return `remark` with its place in `latest`."""
    span, outcome = None, None
    if remark.anchor and latest and remark.anchor.version_id == latest.id:
        span, outcome = (remark.anchor.start, remark.anchor.end), Outcome.SAME
    elif remark.anchor:
        place = places.get(remark.id)
        outcome = Outcome(place.outcome) if place else Outcome.GONE
        if place and place.start is not None and place.end is not None:
            span = (place.start, place.end)
    return Shown(
        remark=remark,
        span=span,
        outcome=outcome,
        patch=patch_of(remark, latest, places) if latest else None,
        closed=remark.settled
        or (remark.answer is None and closed_quietly(remark.weight, remark.visit_seq, visits)),
    )


def passages_of(shown: list[Shown]) -> list[Passage]:
    """Return the passages to mark in the text: of all that is not settled."""
    return [
        Passage(str(s.remark.id), *s.span, s.remark.kind) for s in shown if s.span and not s.closed
    ]


def waits_for(shown: Shown, person_id: int) -> bool:
    """Say whether a remark still waits for an answer of this person."""
    return asks(shown.remark, person_id) and shown.remark.waits and not shown.closed


def asks(remark: Remark, person_id: int) -> bool:
    """Say whether a remark is for this person to answer; an answer may follow an answer."""
    to_author = remark.kind != RemarkKind.STRENGTH and remark.audience == Audience.AUTHOR
    return to_author and remark.writer_id != person_id
