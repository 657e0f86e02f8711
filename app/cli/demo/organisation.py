"""The people of the demo: departments, teams, members and what they offer."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.rules import Visibility
from app.people.models import Department, Membership, Person, Team
from app.people.rules import Role
from app.worktime.models import Calendar
from app.worktime.queries import clock_of
from app.worktime.rules import WorkingClock

HERE = Path(__file__).parent
WORDS: dict[str, Any] = tomllib.loads((HERE / "words.toml").read_text())
PIECES: dict[str, Any] = tomllib.loads((HERE / "pieces.toml").read_text())
HOUR = 3600
LOOKS_AFTER_BATON = "IT Help"  # the team whose lead is the admin


@dataclass
class Organisation:
    """Who there is, by id, as the stories need it."""

    members: dict[int, list[int]] = field(default_factory=dict)
    clocks: dict[int, WorkingClock] = field(default_factory=dict)
    types: list[RequestType] = field(default_factory=list)
    titles: dict[int, list[str]] = field(default_factory=dict)


def found_organisation(session: Session, rng: Random) -> Organisation:
    """Add the demo's organisation to an empty database."""
    organisation = Organisation()
    names = iter(WORDS["people"])
    for dept in WORDS["departments"]:
        department = Department(name=dept["name"])
        session.add(department)
        for doc in dept["teams"]:
            team = _team(session, department, doc)
            organisation.members[team.id] = _members(session, team, doc["size"], names, rng)
            organisation.clocks[team.id] = clock_of(team.calendar)
            for offer in doc["types"]:
                offered = _offer(session, team, offer)
                organisation.types.append(offered)
                organisation.titles[offered.id] = offer["titles"]
    return organisation


def _team(session: Session, department: Department, doc: dict[str, Any]) -> Team:
    calendar = Calendar(name=f"{doc['name']}: weekdays", plan=_weekdays(doc["zone"]))
    team = Team(name=doc["name"], purpose=doc["purpose"], department=department, calendar=calendar)
    session.add(team)
    session.flush()
    return team


def _weekdays(zone: str) -> dict[str, Any]:
    days = [["09:00", "12:30"], ["13:00", "17:00"]]
    weekly = dict.fromkeys(("mon", "tue", "wed", "thu"), days)
    closed = {
        "2026-01-01": "New Year’s Day",
        "2026-04-03": "Good Friday",
        "2026-04-06": "Easter Monday",
        "2026-05-01": "May Day",
        "2026-12-25": "Christmas Day",
        "2027-01-01": "New Year’s Day",
    }
    return {
        "tz": zone,
        "weekly": {**weekly, "fri": [["09:00", "15:00"]]},
        "holidays": list(closed),
        "special": {"2026-12-24": [["09:00", "12:00"]]},
        "names": {**closed, "2026-12-24": "Christmas Eve"},
    }


def _members(session: Session, team: Team, size: int, names: Any, rng: Random) -> list[int]:
    ids = []
    for position in range(size):
        name = next(names)
        person = Person(
            name=name,
            email=f"{''.join(c for c in name.split()[0].lower() if c.isascii())}"
            f".{team.id}{position}@harbour-house.example",
            works=rng.choice(WORDS["works"]),
        )
        session.add(person)
        session.flush()
        role = Role.LEAD if position == size - 1 else Role.MEMBER
        person.is_admin = role is Role.LEAD and team.name == LOOKS_AFTER_BATON
        session.add(Membership(person_id=person.id, team_id=team.id, role=role))
        ids.append(person.id)
    return ids


def _offer(session: Session, team: Team, doc: dict[str, Any]) -> RequestType:
    fields = [
        {**spec, "key": spec["key"], "kind": spec.get("kind", "short text")}
        for spec in doc.get("fields", [])
    ]
    offered = RequestType(
        team_id=team.id,
        name=doc["name"],
        summary=doc["summary"],
        how_we_work=doc.get("how_we_work", ""),
        fields=fields,
        stages=[
            {
                "stage": stage,
                "team_id": team.id,
                "allowance_s": hours * HOUR,
                "checklist": doc.get("house_style", {}).get(stage, []),
            }
            for stage, hours in doc.get("stages", [])
        ],
        response_promise_s=doc["response_h"] * HOUR,
        done_promise_s=doc["done_h"] * HOUR if "done_h" in doc else None,
        reply_promise_s=doc["response_h"] * HOUR // 2,
        visibility=doc.get("visibility", Visibility.BOTH_TEAMS),
    )
    session.add(offered)
    session.flush()
    return offered
