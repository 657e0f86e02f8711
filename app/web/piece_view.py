"""What one person reads of the piece of a request."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.db import db
from app.documents.access import may_read_text
from app.documents.models import Version
from app.documents.queries import authors_there, latest_version, versions_of
from app.feedback.models import Need
from app.feedback.queries import gone_among, needs_told_to, reader_of
from app.feedback.rules import Reader, Weight
from app.handoffs.second_thoughts import arriving_from
from app.people.names import Named
from app.requests.models import Request
from app.requests.page import Story
from app.requests.rights import Relation, may_review
from app.requests.rules import MOVING, State
from app.web.headers import now
from app.web.leg_view import Leg, legs_of
from app.web.passages import Block, blocks
from app.web.remark_view import Shown, passages_of, shown_remarks, waits_for
from app.web.render import me


@dataclass(frozen=True)
class Piece:
    """What one person reads of the piece of a request."""

    latest: Version | None
    versions: list[Version]
    blocks: list[Block]
    legs: list[Leg]
    waiting: list[Shown]
    unconfirmed: list[int]
    needs: list[Need]
    reader: Reader
    gone: Collection[int]
    undo_until: datetime | None
    may_write: bool
    may_hand: bool
    may_take: bool
    may_confirm: bool

    @property
    def open_musts(self) -> int:
        """How many of the waiting remarks keep the piece from going on."""
        return sum(shown.remark.weight == Weight.MUST for shown in self.waiting)

    @property
    def all(self) -> list[Shown]:
        """Every remark, in the order of the legs."""
        return [shown for leg in self.legs for shown in leg.remarks]

    @property
    def takeable(self) -> int:
        """How many suggestions the person can take as the text stands."""
        mine = self.reader.person_id
        fit = [s for s in self.all if s.patch and s.remark.writer_id != mine]
        return len(fit) if self.may_take else 0


def piece_of(request: Request, story: Story, stands: Relation) -> Piece | None:
    """Return the piece, as far as the person may read it; None for plain requests."""
    if len(story.ledger.plan) < 2:
        return None
    reader = reader_of(db.session, request, stands, me())
    if not may_read_text(stands, State(request.state), open_review=reader.open_review):
        return None
    latest = latest_version(db.session, request.id)
    visits = [(visit.seq, visit.stage, visit.ended_by) for visit in story.ledger.visits]
    shown = shown_remarks(request, visits, reader, latest)
    versions = list(db.session.scalars(versions_of(request.id)))
    giver = arriving_from(request, story, at=now())
    mine = may_review(stands) and not is_somebody_else(giver)
    unconfirmed = [v.number for v in versions if v.is_unanswered] if reader.providing else []
    as_lead = bool(unconfirmed) and stands.leads and not authors_there(db.session, request)
    return Piece(
        latest=latest,
        versions=versions,
        blocks=blocks(latest.body, passages_of(shown)) if latest else [],
        legs=legs_of(shown, story, reader),
        waiting=[s for s in shown if waits_for(s, me().id)] if mine else [],
        unconfirmed=unconfirmed,
        needs=needs_told_to(db.session, request.id, me()) if reader.carried else [],
        reader=reader,
        gone=_gone(request, shown, reader),
        undo_until=request.released_at if giver and giver.id == me().id else None,
        may_write=mine and request.is_open,
        may_hand=mine and request.state in MOVING,
        may_take=mine and request.is_open and request.stage == "author",
        may_confirm=reader.writes or as_lead,
    )


def _gone(request: Request, shown: list[Shown], reader: Reader) -> Collection[int]:
    """Return the writers who are no longer there, in whose place a lead settles; ids."""
    writers = {s.remark.writer_id for s in shown} - {reader.person_id}
    return gone_among(db.session, request, writers) if reader.leads and writers else ()


def is_somebody_else(giver: Named | None) -> bool:
    """Say whether there is somebody, and it is not me."""
    return giver is not None and giver.id != me().id
