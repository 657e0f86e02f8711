"""Freezing a new version."""

from sqlalchemy.orm import Session

from app.documents.models import Version
from app.documents.queries import latest_number
from app.documents.rules import fingerprint, fit_text
from app.requests import rules
from app.requests.models import Request
from app.requests.recording import Act, Step, begin
from app.requests.rules import Kind, NotNow, Stale


def make_version(
    session: Session, request: Request, *, body: str, note: str, based_on: int, act: Act
) -> Version:
    """Freeze `body` as the next version of the piece. The turn stays where it is.

    `based_on` is the number of the version the writer began with, 0 for the first.

    :raises UnfitText: when the text cannot be a version.
    :raises Stale: when a newer version exists than the one the writer began with.
    :raises NotNow: outside the author's stage.
    """
    body = fit_text(body)
    turning = begin(session, request, act, may=rules.may_review)
    if request.stage != "author":
        raise NotNow("The text is changed in the author's stage.")
    number = latest_number(session, request.id)
    if number != based_on:
        raise Stale("A newer version was saved since you opened the page.")
    version = Version(
        request_id=request.id,
        number=number + 1,
        body=body,
        sha256=fingerprint(body),
        words=len(body.split()),
        note=note,
        made_by_id=act.by.id,
        created_at=act.at,
    )
    session.add(version)
    turning.record(Step(Kind.VERSION_MADE, {"version": number + 1}))
    return version
