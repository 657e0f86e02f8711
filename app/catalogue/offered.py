"""What is on offer, as whoever asks for it needs it: columns, and the same row is made up once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, bindparam, cast, select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.questions import Field, read_fields
from app.catalogue.rules import Promises
from app.db import rows_of
from app.people.models import Team
from app.worktime.models import Calendar
from app.worktime.queries import PLAN_TEXT, clock_written
from app.worktime.rules import WorkingClock


class TeamOfOffer(NamedTuple):
    """Whose offer it is."""

    id: int
    name: str


@dataclass(frozen=True)
class OnOffer(Promises):
    """What `RequestType` says of an offer to whoever asks for it; nobody changes it."""

    id: int
    name: str
    summary: str
    how_we_work: str
    routing: str
    routed_to_id: int | None
    visibility: str
    open_review: bool
    team: TeamOfOffer
    clock: WorkingClock
    questions: tuple[Field, ...]
    stages: Sequence[Any]
    checklist: Sequence[Any]

    @property
    def team_id(self) -> int:
        """The team whose offer it is."""
        return self.team.id


Offered = RequestType | OnOffer
PLAIN = (
    *(RequestType.id, RequestType.name, RequestType.summary, RequestType.how_we_work),
    *(RequestType.routing, RequestType.routed_to_id, RequestType.response_promise_s),
    *(RequestType.response_promise_days, RequestType.reply_promise_s, RequestType.done_promise_s),
    *(RequestType.done_promise_days, RequestType.visibility, RequestType.open_review),
)
DOCUMENTS = (RequestType.fields, RequestType.stages, RequestType.checklist)


def find_offer(session: Session, type_id: int) -> OnOffer | None:
    """Return what is on offer under this id with its team, or None when it is not (any more)."""
    row = rows_of(session, _offer(), {"type_id": type_id}).one_or_none()
    return _made(*row) if row else None


@cache
def _offer() -> Select[Any]:
    return (
        select(*PLAIN)
        .add_columns(Team.id, Team.name, PLAN_TEXT, *(cast(each, Text) for each in DOCUMENTS))
        .select_from(RequestType)
        .join(Team, Team.id == RequestType.team_id)
        .join(Calendar, Calendar.id == Team.calendar_id)
        .where(RequestType.id == bindparam("type_id"), RequestType.is_active)
    )


@lru_cache(maxsize=1024)
def _made(*row: Any) -> OnOffer:
    plain, (team_id, team, plan, *documents) = row[: len(PLAIN)], row[len(PLAIN) :]
    fields, stages, checklist = map(json.loads, documents)
    return OnOffer(
        **{column.key: value for column, value in zip(PLAIN, plain, strict=True)},
        team=TeamOfOffer(team_id, team),
        clock=clock_written(plan),
        questions=tuple(read_fields(fields)),
        stages=stages,
        checklist=checklist,
    )
