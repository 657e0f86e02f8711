"""Anchors as rows, and where they stand in each new version: computed with it, kept with it."""

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.documents import actions
from app.documents.models import Version
from app.documents.queries import latest_version
from app.feedback import anchoring
from app.feedback.models import Remark
from app.feedback.places import Anchor, Placement
from app.feedback.rules import Outcome
from app.language import gettext
from app.requests.models import Request
from app.requests.record.recording import Act, begin
from app.requests.rights import may_review
from app.requests.rules import NotNow


def anchor_of(version: Version, start: int, end: int) -> Anchor:
    """Return the anchor of the passage from `start` to `end` of `version`, not yet stored."""
    found = anchoring.anchor_at(version.body, start, end)
    return Anchor(
        version_id=version.id,
        start=found.start,
        end=found.end,
        quote=found.quote,
        prefix=found.prefix,
        suffix=found.suffix,
    )


def save_version(
    session: Session, request: Request, new: actions.NewVersion, *, act: Act
) -> Version:
    """Freeze the next version (see `make_version`) and place every anchor in it."""
    before = latest_version(session, request.id)
    made = actions.make_version(session, request, new, act=act)
    if before:
        place_remarks(session, before, made)
    return made


def place_remarks(session: Session, before: Version, version: Version) -> None:
    """Store where each anchor stands in `version`, the one after `before`."""
    rows = session.execute(
        select(Anchor, Placement)
        .join(Remark, Remark.id == Anchor.remark_id)
        .outerjoin(
            Placement,
            and_(Placement.remark_id == Anchor.remark_id, Placement.version_id == before.id),
        )
        .where(Remark.request_id == version.request_id, Remark.withdrawn_at.is_(None))
        .order_by(Anchor.remark_id)
    ).all()
    anchors = [(_plain(row[0]), _place(row[1])) for row in rows]
    found = anchoring.place_all(anchors, before.body, version.body)
    session.add_all(
        Placement(
            remark_id=row[0].remark_id,
            version_id=version.id,
            outcome=place.outcome,
            start=place.start,
            end=place.end,
            kept=round(place.kept, 3),
            method=place.method,
        )
        for row, place in zip(rows, found, strict=True)
    )


def confirm_place(
    session: Session, request: Request, remark: Remark, *, here: bool, act: Act
) -> None:
    """Say whether a remark that is "perhaps here" is here, or gone.

    :raises NotNow: when its place is not in question.
    """
    begin(session, request, act, may=may_review)
    version = latest_version(session, request.id)
    if version is None:
        raise NotNow(gettext("There is no text."))
    query = select(Placement).where(
        Placement.remark_id == remark.id, Placement.version_id == version.id
    )
    place = session.scalar(query)
    if place is None or place.outcome != Outcome.PERHAPS:
        raise NotNow(gettext("Its place is not in question."))
    place.confirmed_by_id, place.method = act.by.id, "hand"
    place.outcome = Outcome.MOVED if here else Outcome.GONE
    if not here:
        place.start = place.end = None


def _plain(anchor: Anchor) -> anchoring.Anchor:
    return anchoring.Anchor(
        start=anchor.start,
        end=anchor.end,
        quote=anchor.quote,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )


def _place(row: Placement | None) -> anchoring.Placement | None:
    if row is None:
        return None
    return anchoring.Placement(Outcome(row.outcome), row.start, row.end, row.kept, row.method)
