"""What stands beside a request: approvals, thanks, links with others, points of its checklist."""

from app.requests.life.ledger import Approval, Happening, Ledger, Thanked
from app.requests.rules import LinkKind


def approval_asked(ledger: Ledger, happening: Happening) -> None:
    """One person is asked to agree."""
    number = len(ledger.approvals) + 1
    asked = Approval(number, happening.data["holder"], happening.actor_id, happening.at)
    ledger.approvals.append(asked)


def decided(ledger: Ledger, happening: Happening) -> None:
    """They agree, or they do not; None when they left before they said."""
    approval = ledger.approvals[happening.data["approval"] - 1]
    approval.decided_at, approval.agreed = happening.at, happening.data["agreed"]


def thanked(ledger: Ledger, happening: Happening) -> None:
    """Thanks reach one person, or everybody who has carried it up to then; never who says them."""
    to = happening.data.get("to")
    carried = {to} if to else {visit.holder_id for visit in ledger.visits}
    for person_id in sorted(filter(None, carried - {happening.actor_id})):
        number = len(ledger.thanked) + 1
        ledger.thanked.append(Thanked(number, ledger.told, person_id, happening.at))


def ticked(ledger: Ledger, happening: Happening) -> None:
    """A point of the checklist is looked after, or is not after all."""
    change = ledger.ticked.add if happening.data["ticked"] else ledger.ticked.discard
    change(happening.data["point"])


def linked(ledger: Ledger, happening: Happening) -> None:
    """It stands to another request in some way; who asked for one merged into it asks here too."""
    data = happening.data
    ledger.links.add((data["link"], data["to"]))
    if data["link"] == LinkKind.ABSORBED:
        ledger.joined[data["to"]] = data.get("teams", [])


def unlinked(ledger: Ledger, happening: Happening) -> None:
    """It does no longer."""
    data = happening.data
    ledger.links.discard((data["link"], data["to"]))
    if data["link"] == LinkKind.ABSORBED:
        ledger.joined.pop(data["to"], None)
