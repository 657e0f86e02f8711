"""What a team's lead changes about its offers. Requests that were raised keep their own copy."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.rules import StagePlan, WrongPlan, check_plans
from app.people.models import Membership


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
            raise WrongPlan("Please choose somebody of that team.", plan.stage)
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
