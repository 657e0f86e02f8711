"""What is offered."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.catalogue.models import RequestType
from app.people.models import Department, Team


def offers() -> Select[RequestType]:
    """Select everything on offer with its team and department, in reading order."""
    return (
        select(RequestType)
        .join(Team)
        .join(Department)
        .where(RequestType.is_active)
        .options(joinedload(RequestType.team).joinedload(Team.department))
        .order_by(Department.name, Team.name, RequestType.name, RequestType.id)
    )
