"""What the page of a request shows beside it: links, approvals, its checklist."""

from typing import Any

from sqlalchemy import select

from app.db import db
from app.language import gettext, gettext_noop
from app.language.writing import listed
from app.people.absences import away_among, day_of_absence
from app.people.models import Absence, Person
from app.people.names import Named
from app.requests.acts.linking import links_of, who_asked
from app.requests.acts.merging import UNMERGE_WITHIN
from app.requests.life.ledger import Approval, Ledger
from app.requests.models import Request
from app.requests.page import Story
from app.requests.rights import Relation
from app.requests.rules import Side, State, WaitingOn
from app.web.headers import now
from app.web.render import me
from app.web.there import There

# How the other one stands to this: by kind, then whether it is the other that says so.
WORDS = {
    ("related", False): gettext_noop("Related"),
    ("related", True): gettext_noop("Related"),
    ("duplicate", False): gettext_noop("Asks the same"),
    ("duplicate", True): gettext_noop("Asks the same"),
    ("child", False): gettext_noop("Is a part of"),
    ("child", True): gettext_noop("A part of it"),
    ("follow-up", False): gettext_noop("Follows on"),
    ("follow-up", True): gettext_noop("Followed by"),
    ("absorbed", False): gettext_noop("Merged into this one"),
}


def beside_of(request: Request, story: Story, stands: Relation, there: There) -> dict[str, Any]:
    """Return what stands beside a request for somebody who stands to it like `stands`."""
    links: list[dict[str, Any]] = [
        {"words": gettext(WORDS[kind, theirs]), "kind": kind, "theirs": theirs, "request": other}
        for kind, theirs, other in (links_of(db.session, request, me()) if there.links else ())
    ]
    ledger = story.ledger
    inner = stands.side is Side.PROVIDING
    pause = ledger.open_pause
    return {
        "links": links,
        "approvals": _approvals(ledger.approvals),
        "checklist": [(point, point in ledger.ticked) for point in ledger.checklist]
        if inner
        else [],
        **_asked_by(request, ledger),
        "away": _away(request) if there.away else {},
        "missing": story.missing if pause and pause.waiting_on == WaitingOn.REQUESTER else [],
        "went_back": ledger.visit.seq in ledger.sent_back,
        "rests_possible": any(
            link["kind"] == "child" and link["theirs"] and link["request"].is_open for link in links
        ),
        "unmergeable": _unmergeable(request),
    }


def _away(request: Request) -> dict[int, Absence]:
    people = [request.holder_id, request.requester_id, request.asked_id]
    return away_among(db.session, people, on=day_of_absence(me(), now()))


def _asked_by(request: Request, ledger: Ledger) -> dict[str, Any]:
    """Return who else asked, by what was merged into it, and for whom taking it back ends it."""
    one = Named(request.requester_id, request.requester.name)
    askers = who_asked(db.session, request) if ledger.joined else [one]
    return {
        "also_asked": listed(asker.name for asker in askers if asker.id != one.id),
        "ends_for": _ends_for(askers),
        "several_asked": len(askers) > 1,
    }


def _ends_for(askers: list[Named]) -> str:
    """Say whose it is when it is not mine alone; empty when it is."""
    names = listed(asker.name for asker in askers if asker.id != me().id)
    if not names:
        return ""
    if any(asker.id == me().id for asker in askers):
        return gettext(
            "%(names)s asked for this, too; taking it back ends it for all of you.", names=names
        )
    return gettext("%(names)s asked for this; taking it back ends it for them.", names=names)


def _approvals(approvals: list[Approval]) -> list[tuple[Person, Approval]]:
    """Return everybody who was asked to agree, with what they said."""
    if not approvals:
        return []
    ids = [approval.person_id for approval in approvals]
    people = {p.id: p for p in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [(people[approval.person_id], approval) for approval in approvals]


def _unmergeable(request: Request) -> bool:
    merged = request.state == State.MERGED and request.ended_at is not None
    return bool(merged and request.ended_at and now() <= request.ended_at + UNMERGE_WITHIN)
