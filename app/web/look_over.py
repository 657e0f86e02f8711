"""The page that shows a handoff exactly as the author will read it, before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.db import db
from app.documents.queries import latest_version
from app.feedback.nudge import Hint, hints
from app.feedback.queries import is_first_piece
from app.feedback.rules import Audience, RemarkWords, Weight
from app.handoffs.queries import rounds_of
from app.handoffs.rules import confidence_hints
from app.requests.models import Request
from app.web.drafts import posted_fields
from app.web.forms.handoffs import HandoffForm
from app.web.headers import now
from app.web.hinting import hinted_before, is_dismissed, token_of
from app.web.passages import Passage, blocks
from app.web.render import me, page


@dataclass(frozen=True)
class Preview:
    """One remark as it will be read, with the hint beside it that its writer alone sees."""

    remark: RemarkWords
    quote: str
    hint: Hint | None
    token: str


def look_over(request: Request, form: HandoffForm) -> Any:
    """Show what is about to leave."""
    latest = latest_version(db.session, request.id)
    body = latest.body if latest else ""
    remarks = form.given(body) + form.unticked()
    found = hints(remarks)
    previews = [_preview(remark, body, number, found) for number, remark in enumerate(remarks)]
    for_author = [shown for shown in previews if shown.remark.audience is Audience.AUTHOR]
    return page(
        "pieces/look_over.html",
        request=request,
        form=form,
        posted=posted_fields(),
        for_author=for_author,
        for_team=[shown for shown in previews if shown not in for_author],
        general=[hint for number, hint in found if number is None],
        hinted=sorted({shown.token for shown in previews if shown.hint} | set(hinted_before())),
        confidence=_confidence(request, form, remarks),
        latest=latest,
        blocks=blocks(body, _passages(for_author)),
        by=me(),
        at=now(),
    )


def _preview(
    remark: RemarkWords, body: str, number: int, found: Sequence[tuple[int | None, Hint]]
) -> Preview:
    hint = next((hint for at, hint in found if at == number), None)
    token = token_of(hint, remark) if hint else ""
    if is_dismissed(token):
        hint = None
    return Preview(remark, body[slice(*remark.passage)] if remark.passage else "", hint, token)


def _passages(shown: list[Preview]) -> list[Passage]:
    return [
        Passage(f"new-{number}", *preview.remark.passage, preview.remark.kind)
        for number, preview in enumerate(shown)
        if preview.remark.passage
    ]


def _confidence(request: Request, form: HandoffForm, remarks: list[RemarkWords]) -> list[str]:
    if not form.goes_back():
        return []
    latest = latest_version(db.session, request.id)
    author_id = latest.made_by_id if latest else 0
    return confidence_hints(
        first_piece=is_first_piece(db.session, author_id, request.id),
        musts=sum(remark.weight is Weight.MUST for remark in remarks),
        rounds=rounds_of(db.session, request.id, form.stage.data) + 1,
    )
