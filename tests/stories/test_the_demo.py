"""The made-up organisation: lively, true to the flow, and never mixed with real people."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.cli.demo.building import NotEmpty, build_demo
from app.cli.demo.showpiece import add_showpiece
from app.documents.models import Version
from app.feedback.models import Answer, Remark
from app.feedback.places import Placement
from app.feedback.queries import open_musts
from app.feedback.rules import RemarkKind
from app.people.models import Person, Team
from app.requests.acts.raising import Wish, raise_request
from app.requests.intervals import Pause
from app.requests.models import Request
from app.requests.record.rebuilding import differences
from app.requests.record.recording import Act

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def test_the_demo_is_lively_and_its_store_is_what_its_events_say(db_session):
    build_demo(db_session, requests=400, seed=1, now=NOW)

    assert count(db_session, Request) == 400
    assert count(db_session, Team) == 8
    assert count(db_session, Person) == 60
    states = set(db_session.scalars(select(Request.state).distinct()))
    assert states >= {"raised", "accepted", "in work", "done", "confirmed", "declined"}
    for model in (Pause, Version, Remark, Answer):
        assert count(db_session, model) > 20, model
    assert db_session.scalar(select(func.max(Request.last_event_at))) < NOW
    assert list(differences(db_session)) == []


def test_a_piece_in_its_third_round_is_worth_looking_at(db_session):
    build_demo(db_session, requests=1, seed=1, now=NOW)
    piece = add_showpiece(db_session, now=NOW)

    assert (piece.stage, piece.returns) == ("author", 2)
    assert piece.released_at < NOW
    remarks = [r for r in db_session.scalars(select(Remark)) if r.request_id == piece.id]
    assert {remark.kind for remark in remarks} >= set(RemarkKind)
    assert open_musts(db_session, piece.id) == 2
    outcomes = set(db_session.scalars(select(Placement.outcome)))
    assert outcomes >= {"same", "moved with changes", "gone"}
    assert list(differences(db_session)) == []


def test_the_same_seed_tells_the_same_stories(app, db_session):
    build_demo(db_session, requests=30, seed=5, now=NOW)
    first = db_session.execute(
        select(Request.title, Request.state, Request.working_s).order_by(Request.id)
    ).all()
    db_session.rollback()

    build_demo(db_session, requests=30, seed=5, now=NOW)

    again = db_session.execute(
        select(Request.title, Request.state, Request.working_s).order_by(Request.id)
    ).all()
    assert again == first


def test_a_demo_of_more_than_thirty_years_reaches_until_now(db_session):
    build_demo(db_session, requests=60, seed=1, now=NOW, days=12_000)
    assert count(db_session, Request) == 60
    assert db_session.scalar(select(func.max(Request.raised_at))).year >= 2025


def test_the_demo_never_mixes_with_people_who_are_there(db_session, cast):
    with pytest.raises(NotEmpty):
        build_demo(db_session, requests=1, seed=1, now=NOW)


def test_people_can_raise_requests_after_the_demo_was_built(db_session):
    build_demo(db_session, requests=20, seed=1, now=NOW)
    request = db_session.scalars(select(Request).limit(1)).one()
    person, team_id = request.requester, request.asking_team_id

    act = Act(person, NOW, "after-the-demo")
    wish = Wish("One more", "", [], team_id)
    raised = raise_request(db_session, request.type, wish, act=act)

    assert raised.id == 21
