"""Suggested words, taken into the text by one click, only while the text is what it was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.documents.actions import NewVersion
from app.documents.models import Version
from app.documents.queries import latest_version
from app.documents.rules import NOTE_LIMIT, Origin
from app.feedback.answering import add_answer
from app.feedback.models import Remark
from app.feedback.places import Placement, TakenSuggestion
from app.feedback.placing import save_version
from app.feedback.queries import placements_on
from app.feedback.rules import AnswerKind, Audience
from app.language import gettext
from app.language.writing import listed
from app.requests.models import Request
from app.requests.record.recording import Act
from app.requests.rules import NotNow


@dataclass(frozen=True)
class Patch:
    """One replacement: the span (code points) in the newest text, and what stands there instead."""

    remark_id: int
    start: int
    end: int
    replacement: str


def patch_of(remark: Remark, version: Version, places: Mapping[int, Placement]) -> Patch | None:
    """Return how the suggestion of `remark` would change `version`; None when to look again.

    That is when it was taken, or when the words it stands for are not the same any more.
    """
    if remark.replacement is None or remark.anchor is None or remark.taken:
        return None
    span = (remark.anchor.start, remark.anchor.end)
    if remark.anchor.version_id != version.id:
        place = places.get(remark.id)
        if place is None or place.start is None or place.end is None:
            return None
        span = (place.start, place.end)
    if version.body[slice(*span)] != remark.anchor.quote:
        return None
    return Patch(remark.id, *span, remark.replacement)


def apply_patches(text: str, patches: Collection[Patch]) -> tuple[str, list[int]]:
    """Return `text` with `patches`, and the remark ids of those taken.

    Of two that overlap the one that stands first is taken; the other is to be looked at again.
    """
    taken, pieces, at = [], [], 0
    for patch in sorted(patches, key=lambda patch: (patch.start, patch.end, patch.remark_id)):
        if patch.start < at:
            continue
        pieces += [text[at : patch.start], patch.replacement]
        at = patch.end
        taken.append(patch.remark_id)
    return "".join([*pieces, text[at:]]), taken


def take_suggestions(
    session: Session, request: Request, remark_ids: Collection[int], *, based_on: int, act: Act
) -> list[int]:
    """Make one new version with the suggestions of `remark_ids`; return the ids of those taken.

    :raises NotNow: when none of them can be taken as it stands.
    """
    latest = latest_version(session, request.id)
    if latest is None or request.stage != "author":
        raise NotNow(gettext("Suggestions are taken in the author's stage."))
    chosen = list(session.scalars(_open_to(request, remark_ids, act)))
    places = placements_on(session, latest)
    patches = [patch for remark in chosen if (patch := patch_of(remark, latest, places))]
    if not patches:
        raise NotNow(
            gettext("The words these suggestions stand for have changed; please look again.")
        )
    body, taken = apply_patches(latest.body, patches)
    names = sorted({remark.writer.name for remark in chosen if remark.id in taken})
    note = gettext("Suggested by %(names)s", names=listed(names))[:NOTE_LIMIT]
    new = NewVersion(body, based_on, note=note, origin=Origin.SUGGESTIONS)
    version = save_version(session, request, new, act=act)
    for remark_id in taken:
        session.add(TakenSuggestion(remark_id=remark_id, version_id=version.id))
        add_answer(session, remark_id, AnswerKind.TAKEN, act=act)
    return taken


def _open_to(request: Request, remark_ids: Collection[int], act: Act) -> Select[Remark]:
    return (
        select(Remark)
        .where(
            Remark.id.in_(remark_ids),
            Remark.request_id == request.id,
            Remark.audience == Audience.AUTHOR,
            Remark.withdrawn_at.is_(None),
            Remark.released_at <= act.at,
            Remark.writer_id != act.by.id,
        )
        .options(joinedload(Remark.anchor), joinedload(Remark.taken), joinedload(Remark.writer))
        .order_by(Remark.id)
    )
