"""People who act at the same moment, on real connections of their own."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select, update

from app.administration.actions import Refused, invite_again, place
from app.administration.journal import Deed
from app.administration.models import AdminEvent
from app.administration.organising import shape_team
from app.catalogue.models import RequestType
from app.people.models import Person, Team
from app.people.rules import Role
from app.requests.acts.raising import Wish, raise_request
from app.requests.acts.words import write_message
from app.requests.acts.work import claim
from app.requests.models import Event, Message, Request
from app.requests.record.keys import AlreadyDone
from app.requests.record.rebuilding import differences
from app.requests.record.recording import Act
from app.requests.rules import NotNow, Stale
from tests.support.racing import at_once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_deeds = count()


@pytest.fixture
def request_id(db_session, cast):
    act = Act(cast.kim, MONDAY, "raised-by-kim")
    wish = Wish("A laptop", "", [], cast.field_office.id)
    request = raise_request(db_session, cast.laptop, wish, act=act)
    db_session.commit()
    return request.id


def test_c1_of_two_who_claim_at_once_one_wins_and_one_is_told(app, db_session, cast, request_id):
    seen = db_session.get(Request, request_id).version
    ids = cast.ivo.id, cast.ida.id
    db_session.commit()

    def claims(person_id):
        def deed(session):
            request = session.get(Request, request_id)
            act = Act(session.get(Person, person_id), MONDAY, f"claim-{person_id}", seen)
            claim(session, request, act=act)
            return person_id

        return deed

    results = at_once(app, *map(claims, ids))

    winners = [result for result in results if isinstance(result, int)]
    losers = [result for result in results if isinstance(result, Stale | NotNow)]
    assert (len(winners), len(losers)) == (1, 1), results
    db_session.expire_all()
    assert db_session.get(Request, request_id).holder_id == winners[0]
    assert list(differences(db_session)) == []


def test_c4_the_same_form_sent_twice_at_once_raises_one_request(app, db_session, cast):
    kim, offered, team = cast.kim.id, cast.laptop.id, cast.field_office.id
    db_session.commit()

    def deed(session):
        act = Act(session.get(Person, kim), MONDAY, "double-click")
        wish = Wish("A laptop", "", [], team)
        return raise_request(session, session.get(RequestType, offered), wish, act=act).id

    results = at_once(app, deed, deed, deed)

    raised = [result for result in results if isinstance(result, int)]
    again = [result for result in results if isinstance(result, AlreadyDone)]
    assert (len(raised), len(again)) == (1, 2), results
    assert {error.request_id for error in again} == set(raised)
    assert db_session.scalar(select(func.count()).select_from(Request)) == 1


def test_many_messages_at_once_are_all_kept_in_one_order(app, db_session, cast, request_id):
    people = [cast.kim.id, cast.lou.id, cast.ivo.id, cast.ida.id]
    db_session.commit()

    def writes(number, person_id):
        def deed(session):
            request = session.get(Request, request_id)
            act = Act(session.get(Person, person_id), MONDAY, f"message-{number}")
            write_message(session, request, words=f"Word {number}", act=act)
            return number

        return deed

    results = at_once(app, *(writes(number, people[number % 4]) for number in range(8)))

    assert sorted(map(str, results)) == [str(number) for number in range(8)]
    assert db_session.scalar(select(func.count()).select_from(Message)) == 8
    seqs = db_session.scalars(
        select(Event.seq).where(Event.request_id == request_id).order_by(Event.seq)
    ).all()
    assert seqs == list(range(1, 10))
    assert list(differences(db_session)) == []


def test_who_began_first_and_waited_longest_is_heard_all_the_same(db_session, cast, request_id):
    request = db_session.get(Request, request_id)
    later = MONDAY + timedelta(seconds=2)
    write_message(db_session, request, words="Quick", act=Act(cast.ivo, later, "quick-key"))
    write_message(db_session, request, words="Slow", act=Act(cast.kim, MONDAY, "slow-key"))
    db_session.commit()

    told = db_session.execute(select(Message.body, Message.at).order_by(Message.id)).all()
    assert [tuple(row) for row in told] == [("Quick", later), ("Slow", later)]
    assert list(differences(db_session)) == []


def test_what_changed_while_somebody_waited_in_line_is_known_to_them(db_session, cast):
    """What was read before the line is read again; others write past this session's objects."""
    cast.dov.is_admin = True
    db_session.commit()
    known = cast.ivo.is_active, cast.content.purpose, cast.content.department.name
    written = {"synchronize_session": False}
    left = update(Person).where(Person.id == cast.ivo.id).values(is_active=False)
    other = update(Team).where(Team.id == cast.content.id).values(purpose="Words")
    for statement in (left, other):
        db_session.execute(statement.execution_options(**written))
    assert known == (cast.ivo.is_active, cast.content.purpose, cast.content.department.name)

    with pytest.raises(Refused, match="left"):
        place(db_session, cast.ivo, cast.content, Role.MEMBER, deed=deed(cast.dov))
    with pytest.raises(Refused, match="left"):
        invite_again(db_session, cast.ivo, deed=deed(cast.dov))
    now = {"name": "Content", "department": cast.content.department, "zone": ""}
    now |= {"calendar": cast.content.calendar, "deed": deed(cast.dov)}
    shape_team(db_session, cast.content, purpose="Pictures", **now)
    db_session.flush()
    event = db_session.query(AdminEvent).filter_by(subject="team").one()
    assert (event.before, event.after) == ({"purpose": "Words"}, {"purpose": "Pictures"})


def deed(person):
    return Deed(person, MONDAY, f"deed-{next(_deeds)}")
