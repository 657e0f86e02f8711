"""Cases of a log into the database: people, teams and histories, in one transaction."""

import hashlib
import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.rules import Visibility
from app.imports.log_lines import Case, Report
from app.imports.mapping import LogMapping
from app.imports.telling import tell_case
from app.people.models import Department, Membership, Person, Team
from app.people.rules import IMPORTED
from app.requests.acts.raising import facts
from app.requests.models import Request
from app.requests.record.pasts import Past, Told, record_pasts
from app.requests.record.storing import clocks
from app.worktime.models import Calendar


class Importer:
    """Finds or makes what a log names; people who come from a log cannot sign in."""

    def __init__(self, session: Session, mapping: LogMapping, visibility: Visibility) -> None:
        self.session, self.mapping, self.visibility = session, mapping, visibility
        self.teams: dict[str, Team] = {}
        self.offers: dict[str, RequestType] = {}
        self.people: dict[str, Person] = {}
        places = session.execute(select(Membership.person_id, Membership.team_id))
        self.members: set[tuple[int, int]] = {(row[0], row[1]) for row in places}
        self.clock_of = clocks(session)

    def add(self, cases: list[Case], report: Report) -> None:
        """Record the cases that are not there yet, and complete `report`."""
        known = set(
            self.session.scalars(
                select(Request.source_ref).where(Request.source == self.mapping.source)
            )
        )
        fresh = [case for case in cases if case.ref not in known]
        report.known = sum(len(case.lines) for case in cases if case.ref in known)
        report.cases_added = len(fresh)
        pasts = list(self._pasts(fresh, report))
        record_pasts(self.session, pasts, self.clock_of)

    def _pasts(self, cases: list[Case], report: Report) -> Iterator[Past]:
        asking = self.mapping.organisation["asking_team"]
        unknown = self.mapping.organisation["unknown_team"]
        for case in cases:
            requester = self.person(case.requester or "Somebody", asking)
            offered = self.offer(case.lines[0].team or unknown)
            team_id, at = self.team(asking).id, case.opened_at
            raised = facts(offered, asking_team_id=team_id, at=at, clock_of=self.clock_of)
            happenings, repeating = tell_case(
                case,
                raised=raised,
                requester_id=requester,
                team_of=lambda name: self.team(name).id,
                person_of=self.person,
                unknown_team=unknown,
            )
            report.repeating += repeating
            report.taken += len(case.lines) - repeating
            yield Past(
                title=self.mapping.title.replace("{case}", case.ref)[:200],
                type_id=offered.id,
                requester_id=requester,
                told=[Told(happening) for happening in happenings],
                visibility=self.visibility,
                source=self.mapping.source,
                source_ref=case.ref,
            )

    def team(self, name: str) -> Team:
        """Return the team of this name."""
        if name not in self.teams:
            found = self.session.scalar(select(Team).where(Team.name == name))
            self.teams[name] = found or self._new_team(name)
        return self.teams[name]

    def offer(self, team_name: str) -> RequestType:
        """Return the request type that a team's cases have; it is not on offer to anybody."""
        if team_name not in self.offers:
            team, name = self.team(team_name), self.mapping.organisation["request_type"]
            query = select(RequestType).where(
                RequestType.team_id == team.id, RequestType.name == name
            )
            found = self.session.scalar(query)
            self.offers[team_name] = found or RequestType(
                team_id=team.id, name=name, is_active=False
            )
            self.session.add(self.offers[team_name])
            self.session.flush()
        return self.offers[team_name]

    def person(self, name: str, team_name: str) -> int:
        """Return the id of the person of this name, who from now on belongs to the team."""
        if name not in self.people:
            email = f"{_slug(name)}{IMPORTED}"
            found = self.session.scalar(select(Person).where(Person.email == email))
            self.people[name] = found or Person(name=name, email=email, is_active=False)
            self.session.add(self.people[name])
            self.session.flush()
        person_id, team_id = self.people[name].id, self.team(team_name).id
        if (person_id, team_id) not in self.members:
            self.members.add((person_id, team_id))
            self.session.add(Membership(person_id=person_id, team_id=team_id))
        return person_id

    def _new_team(self, name: str) -> Team:
        named = self.mapping.organisation["department"]
        department = self.session.scalar(select(Department).where(Department.name == named))
        calendar = self.session.scalar(select(Calendar).where(Calendar.name == named))
        team = Team(
            name=name,
            department=department or Department(name=named),
            calendar=calendar or Calendar(name=named, plan=dict(self.mapping.calendar)),
        )
        self.session.add(team)
        self.session.flush()
        return team


def _slug(name: str) -> str:
    """Return a name as the local part of an address; different names stay different."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
