"""The people of all tests, and what their teams offer.

Ada writes, Bea edits, Cy proofreads, Dov manages: together they are Content. Kim and Lou of the
Field Office ask. Ivo and Ida are IT Help. Eve of Finance is a stranger to all of it. Every team
works Monday to Friday from 9 to 17 in Berlin.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.catalogue.questions import FieldKind
from app.catalogue.rules import Stage
from app.people import passwords
from app.people.models import Department, Membership, Person, Team
from app.people.rules import Role
from app.worktime.models import Calendar

PASSWORD = "correct horse battery"
HOUR = 3600
OFFICE_HOURS = {
    "tz": "Europe/Berlin",
    "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}


@dataclass(frozen=True)
class Cast:
    """Everybody by first name, every team and every request type by name."""

    ada: Person
    bea: Person
    cy: Person
    dov: Person
    kim: Person
    lou: Person
    ivo: Person
    ida: Person
    eve: Person
    content: Team
    field_office: Team
    it_help: Team
    finance: Team
    article: RequestType
    laptop: RequestType


def make_cast(session: Session) -> Cast:
    """Add the cast to `session` and give everybody an id."""
    calendar = Calendar(name="Office hours", plan=OFFICE_HOURS)
    publishing, regions, services = (
        Department(name=name) for name in ("Publishing", "Regions", "Services")
    )
    content = Team(name="Content", department=publishing, calendar=calendar)
    field_office = Team(name="Field Office", department=regions, calendar=calendar)
    it_help = Team(name="IT Help", department=services, calendar=calendar)
    finance = Team(name="Finance", department=services, calendar=calendar)
    session.add_all([content, field_office, it_help, finance])
    people = {
        "ada": _person(session, "Ada Lindqvist", content, "Mornings only"),
        "bea": _person(session, "Bea Okafor", content),
        "cy": _person(session, "Cy Marchetti", content),
        "dov": _person(session, "Dov Rosen", content, role=Role.LEAD),
        "kim": _person(session, "Kim Sørensen", field_office),
        "lou": _person(session, "Lou Tanaka", field_office),
        "ivo": _person(session, "Ivo Novak", it_help),
        "ida": _person(session, "Ida Brandt", it_help),
        "eve": _person(session, "Eve Castellanos", finance),
    }
    session.flush()
    article, laptop = _article(content), _laptop(it_help)
    session.add_all([article, laptop])
    session.flush()
    return Cast(
        **people,
        content=content,
        field_office=field_office,
        it_help=it_help,
        finance=finance,
        article=article,
        laptop=laptop,
    )


# As weak as Argon2 allows: nobody guesses in a test, and each sign-in would take 80 ms twice.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords quickly; how they are hashed for real is asked in tests/rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", QUICK)
        yield


@pytest.fixture
def cast(db_session: Session) -> Cast:
    """Return the cast, already in the database."""
    everybody = make_cast(db_session)
    db_session.commit()
    return everybody


def _person(
    session: Session, name: str, team: Team, works: str = "", *, role: Role = Role.MEMBER
) -> Person:
    email = f"{name.split()[0].lower()}@baton.example"
    person = Person(name=name, email=email, password_hash=_password_hash(), works=works)
    session.add_all([person, Membership(person=person, team=team, role=role)])
    return person


@cache
def _password_hash() -> str:
    return QUICK.hash(PASSWORD)


def _article(team: Team) -> RequestType:
    return RequestType(
        team=team,
        name="Article",
        summary="A piece of writing, from the first line to the last comma.",
        fields=[
            _field("topic", "What is it about?", FieldKind.LONG_TEXT, required=True),
            _field("readers", "Who will read it?"),
            _field("wanted", "When do you need it?", FieldKind.DATE),
        ],
        stages=[
            {"stage": Stage.AUTHOR, "team_id": team.id, "allowance_s": 16 * HOUR},
            {"stage": Stage.EDITOR, "team_id": team.id, "allowance_s": 8 * HOUR},
            {"stage": Stage.PROOFREADER, "team_id": team.id, "allowance_s": 4 * HOUR},
        ],
        response_promise_s=8 * HOUR,
        done_promise_s=40 * HOUR,
    )


def _laptop(team: Team) -> RequestType:
    return RequestType(
        team=team,
        name="Laptop",
        summary="A new one, a lent one, or a cure for the old one.",
        fields=[
            _field(
                "wish",
                "What do you need?",
                FieldKind.CHOICE,
                required=True,
                choices=["New", "On loan", "Repair"],
            ),
            _field("screen", "Screen size in inches", FieldKind.NUMBER),
        ],
        stages=[{"stage": Stage.WORK, "team_id": team.id}],
        response_promise_s=4 * HOUR,
        done_promise_s=16 * HOUR,
    )


def _field(
    key: str, label: str, kind: FieldKind = FieldKind.SHORT_TEXT, **more: Any
) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": kind.value} | more
