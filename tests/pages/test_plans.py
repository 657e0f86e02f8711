"""Every list finds its rows by an index, so that its time does not grow with the archive."""

import pytest
from sqlalchemy import insert, select

from app.catalogue.rules import Routing
from app.cli.forgetting import forget_old
from app.notices.incoming import read_mail
from app.notices.receiving import receive
from app.requests.acts.work import claim
from app.requests.models import Request
from tests.support.desk import MONDAY, act, ask
from tests.support.lives import live
from tests.support.pieces import with_editor
from tests.support.plans import Asked, let_it_count

pytestmark = pytest.mark.both


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    claim(db_session, ask(db_session, cast.laptop, cast.kim), act=act(cast.ivo))
    db_session.commit()
    return request.id


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/asked",
        "/asked?before=20300101T000000000000.9",
        "/teams/{team}",
        "/teams/{team}?view=waiting",
        "/teams/{team}?view=done",
        "/teams/{team}?view=ended",
        "/teams/{team}/board",
        "/requests/{request}",
        "/notices",
        "/find?q=laptop",
        "/find?q=laptop state:open",
        "/find?q=state:open",
        "/find?q=late:yes",
        "/find?q=waiting:me",
        "/find?q=holder:ivo",
        "/find?q=from:field",
        "/find?q=type:laptop late:yes",
    ],
)
def test_no_list_reads_a_growing_table_from_end_to_end(
    client, db_session, cast, request_id, address
):
    for person in (cast.ivo, cast.kim):
        client.sign_in(person)
        with Asked(db_session) as asked:
            client.get(address.format(team=cast.laptop.team_id, request=request_id))
        assert len(asked.sent) > 2
        assert asked.read_whole() == []


def test_a_queue_is_read_in_its_order_and_no_further_than_shown(
    client, db_session, cast, request_id
):
    client.sign_in(cast.ivo)
    with Asked(db_session) as asked:
        client.get(f"/teams/{cast.laptop.team_id}")
    plans = "\n".join(asked.plans(in_order=True))
    assert "ix_request_queue" in plans
    assert "ix_request_promised" in plans


def test_what_waits_on_somebody_is_found_however_much_of_theirs_is_open(
    client, db_session, cast, request_id
):
    row = [column for column in Request.__table__.columns if column.name != "id"]
    for _ in range(9):
        db_session.execute(insert(Request).from_select(row, select(*row)))
    let_it_count(db_session, "request")
    db_session.commit()
    client.sign_in(cast.kim)
    with Asked(db_session) as asked:
        client.get("/")
    plans = "\n".join(asked.plans())
    assert "ix_request_asked_back" in plans
    assert "ix_request_asked_to_agree" in plans
    assert "ix_request_requester_merged" in plans


def test_whose_turn_it_is_takes_the_last_visit_of_each_and_no_other(db_session, cast):
    live(db_session, cast, 150)
    let_it_count(db_session, "stage_visit")
    cast.laptop.routing = Routing.ROUND_ROBIN
    db_session.commit()
    with Asked(db_session) as asked:
        assert ask(db_session, cast.laptop, cast.kim).holder_id
    plan = [line for line in asked.plans() if "stage_visit" in line]
    assert plan
    assert all("ix_stage_visit_holder_entered" in line for line in plan), plan


def test_what_is_forgotten_is_found_by_an_index(app, db_session, cast, request_id):
    with Asked(db_session, ("DELETE", "UPDATE")) as asked:
        forget_old(set())
    assert len(asked.sent) > 9
    # SQLite says SCAN also of the first rows by their number, where a limit stops it.
    assert [line for line in asked.read_whole() if not line.startswith("SCAN")] == []
    plans = "\n".join(asked.plans())
    for index in ("ix_act_key_at", "ix_api_answer_at", "ix_letter_with_words"):
        assert index in plans


def test_refusals_to_an_address_are_counted_by_an_index(db_session, cast):
    mail = read_mail(b"From: Somebody <x@example.org>\nTo: in@baton.example\nMessage-ID: <1>\n\nHi")
    with Asked(db_session) as asked:
        receive(db_session, mail, secrets=["x"], url="https://b.example", own="b", at=MONDAY)
    assert "ix_letter_outside" in "\n".join(asked.plans())


def test_who_held_a_piece_is_asked_of_the_piece_and_not_of_their_archive(client, db_session, cast):
    piece = with_editor(db_session, cast)
    live(db_session, cast, 150)
    let_it_count(db_session, "stage_visit")
    db_session.commit()
    client.sign_in(cast.bea)
    with Asked(db_session) as asked:
        client.get(f"/requests/{piece.id}")
    plans = "\n".join(asked.plans())
    assert "stage_visit" in plans
    assert "ix_stage_visit_holder" not in plans
