"""What a team's lead changes about its offers. Requests that were raised keep their own copy."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.questions import Field, check_fields
from app.catalogue.rules import Promises, Routing, StagePlan, Visibility, WrongPlan, check_plans
from app.language import gettext
from app.people.models import Membership, Team


@dataclass(frozen=True)
class Offer(Promises):
    """What a lead says about one thing their team does. Promises in working seconds, or days."""

    name: str
    summary: str
    how_we_work: str
    keywords: str
    visibility: Visibility
    routing: Routing
    routed_to_id: int | None
    is_active: bool
    checklist: Sequence[str] = ()


class WrongOffer(ValueError):
    """An offer that cannot stand; `part` is the name of what the sentence is about."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


def begin_change(session: Session, offered: RequestType) -> None:
    """Put those who change what a team offers in line, and read the offer as it is now.

    So whoever comes second finds what the first has saved: an offer, or the name of a new one.
    """
    lock = select(Team.id).where(Team.id == offered.team_id)
    session.execute(lock.with_for_update(key_share=True))  # nobody who asks waits for it
    if offered.id:
        session.refresh(offered)


def describe(session: Session, offered: RequestType, offer: Offer, fields: Sequence[Field]) -> None:
    """Say what is offered and what its form asks. Requests already raised keep their own copy.

    :raises WrongOffer: for a name the team uses already, or a person who is not of the team.
    :raises WrongForm: for questions that make no form.
    """
    check_fields(fields)
    same_name = select(RequestType.id).where(
        RequestType.team_id == offered.team_id,
        RequestType.name == offer.name,
        RequestType.id != (offered.id or 0),
    )
    with session.no_autoflush:
        if session.scalar(same_name.limit(1)):
            raise WrongOffer("name", gettext("The team offers something of this name already."))
        if offer.routing is Routing.PERSON:
            _check_member(session, offered.team_id, offer.routed_to_id)
    values = asdict(offer)
    if offer.routing is not Routing.PERSON:
        values["routed_to_id"] = None
    values["checklist"] = list(offer.checklist)
    for name, value in values.items():
        setattr(offered, name, value)
    offered.fields = [
        {**asdict(field), "kind": field.kind.value, "choices": list(field.choices)}
        for field in fields
    ]


def _check_member(session: Session, team_id: int, person_id: int | None) -> None:
    member = select(Membership.id).where(
        Membership.person_id == person_id, Membership.team_id == team_id
    )
    if person_id is None or session.scalar(member.limit(1)) is None:
        raise WrongOffer("routed_to", gettext("Please choose somebody of the team."))


def plan_stages(
    session: Session, offered: RequestType, plans: Sequence[StagePlan], *, open_review: bool
) -> None:
    """Set the way a new request of this kind takes.

    :raises WrongPlan: when it is no way through, or a person is not of the team of their stage.
    """
    check_plans(plans)
    for plan in plans:
        member = select(Membership.id).where(
            Membership.person_id == plan.person_id, Membership.team_id == plan.team_id
        )
        if plan.person_id and session.scalar(member.limit(1)) is None:
            raise WrongPlan(gettext("Please choose somebody of that team."), plan.stage)
    offered.stages = [
        {
            "stage": plan.stage.value,
            "team_id": plan.team_id,
            "allowance_s": plan.allowance_s,
            "person_id": plan.person_id,
            "checklist": list(plan.checklist),
        }
        for plan in plans
    ]
    offered.open_review = open_review
