"""Advice that teaches: what should stay, what to change and why, and a decision without default."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.feedback.models import Remark
from app.requests.acts import work
from app.requests.models import Event
from tests.support.desk import MONDAY, act
from tests.support.pieces import with_editor

LOOK = "Look it over"
PASS = "Pass the baton"
STRENGTH = {
    "strengths-0-quote": "It was cold",
    "strengths-0-see": "The first line",
    "strengths-0-why": "It draws one in",
}
NOTHING = dict.fromkeys(STRENGTH, "")
MUST = {
    "remarks-0-kind": "problem",
    "remarks-0-weight": "must",
    "remarks-0-quote": "cold",
    "remarks-0-see": "No year",
    "remarks-0-why": "Nobody knows when",
    "remarks-0-try_next": "Add it",
}
BACK = {"decision": "back for small changes", "stage": "author", "size": "minutes"}


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)) as clock:
        yield clock


@pytest.fixture
def piece(db_session, cast):
    """An article that Ada wrote and Bea holds as its editor."""
    return with_editor(db_session, cast)


@pytest.fixture
def handoff(client, cast, piece):
    def go(person=None, status=200):
        client.sign_in(person or cast.bea)
        return client.get(f"/requests/{piece.id}/handoff", status)

    return go


@pytest.fixture
def handed(db_session, piece):
    """Return the data of every move after Ada's, and all remarks."""

    def look():
        db_session.rollback()
        moves = db_session.query(Event).filter_by(request_id=piece.id, kind="handed")
        return [e.data for e in moves.order_by(Event.seq)][1:], db_session.query(Remark).all()

    return look


def send(client, page, **fields):
    """Look it over, then pass it."""
    return client.submit(client.submit(page, LOOK, **fields), PASS)


def test_the_page_begins_with_what_works_and_decides_nothing(handoff):
    page = handoff()
    assert page.one(".piece .block > p:first-child").get_text() == "It was cold."
    heads = page.texts("#advice h2")
    assert heads[0] == "What works and should stay"
    assert page.all("input[name=decision][checked]") == []
    assert page.texts("[name=stage] option") == ["The author"]
    assert "Kim Sørensen" not in page.texts("[name=to] option")
    assert page.texts("[name=size] option")[0] == "I cannot say"


def test_it_goes_back_with_strength_remark_size_and_note(client, cast, handoff, handed):
    shown = send(client, handoff(), **STRENGTH, **MUST, **BACK, note="Nearly there")
    assert "The baton is passed." in shown.text
    assert shown.texts("#piece .remark-see") == ["The first line", "No year"]
    assert "Nearly there" in shown.text
    moves, remarks = handed()
    assert [(m["decision"], m["stage"], m["holder"], m["size"]) for m in moves] == [
        ("back for small changes", "author", cast.ada.id, "minutes")
    ]
    assert [
        (r.kind, r.weight, r.anchor and r.anchor.quote, r.why, r.try_next) for r in remarks
    ] == [
        ("strength", "could", "It was cold", "It draws one in", ""),
        ("problem", "must", "cold", "Nobody knows when", "Add it"),
    ]


def test_it_goes_on_to_whom_the_editor_chose(client, cast, handoff, handed):
    send(client, handoff(), decision="pass on", to=cast.cy.id)
    moves, remarks = handed()
    assert [(m["stage"], m["holder"]) for m in moves] == [("proofreader", cast.cy.id)]
    assert remarks == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"remarks-0-why": ""}, "remarks-0-why", "Why does it matter to the reader?"),
        ({"remarks-0-try_next": " "}, "remarks-0-try_next", "What would you try?"),
        ({"remarks-0-see": ""}, "remarks-0-see", "Please say what you see."),
        ({"strengths-0-why": ""}, "strengths-0-why", "Why does it work?"),
        (NOTHING, "strengths-0-see", "at least one thing"),
        ({"strengths-0-quote": ""}, "strengths-0-quote", "Which words should stay?"),
        ({"remarks-0-see": "x" * 4001}, "remarks-0-see", "Please stay within 4,000 characters."),
        ({"note": "x" * 2001}, "note", "Please stay within 2,000 characters."),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(
    client, handoff, handed, changed, field, sentence
):
    sent = STRENGTH | MUST | BACK | {"note": "Nearly there"} | changed
    page = client.submit(handoff(), LOOK, 422, **sent)
    assert sentence in page.one(f"#{field}-error").text
    assert len(page.texts(".field-error")) == 1
    for name in ("remarks-0-see", "remarks-0-try_next", "strengths-0-see", "note"):
        assert page.one(f"[name={name}]").text.strip() == sent[name].strip()
    assert page.one("[name=decision][checked]")["value"] == BACK["decision"]
    assert handed() == ([], [])


def test_without_a_decision_nothing_moves(client, handoff, handed):
    page = client.submit(handoff(), LOOK, 422, **STRENGTH)
    assert "Please choose what happens now." in page.one(".field-error").text
    assert handed() == ([], [])


def test_more_slots_write_nothing_and_keep_every_word(client, handoff, handed):
    page = client.submit(handoff(), "Add another remark", **STRENGTH, **MUST, note="Half a no")
    page = client.submit(page, "Name another strength")
    assert page.one("[name=remarks-0-see]").text.strip() == "No year"
    assert page.one("[name=note]").text.strip() == "Half a no"
    assert page.all("[name=strengths-1-see]")
    assert handed() == ([], [])
    send(client, page, **BACK, **{"strengths-1-see": "The end", "strengths-1-why": "Warm"})
    assert [r.see for r in handed()[1]] == ["The first line", "The end", "No year"]


def test_a_second_click_passes_it_once(client, handoff, handed, piece):
    page = client.submit(handoff(), LOOK, **STRENGTH, **BACK)
    for _ in range(2):
        assert client.submit(page, PASS).url == f"/requests/{piece.id}"
    moves, remarks = handed()
    assert (len(moves), len(remarks)) == (1, 1)


def test_a_page_from_before_a_move_keeps_its_words_to_send_again(
    client, db_session, cast, handoff, handed, piece
):
    page = handoff()
    work.give(db_session, piece, to=cast.dov, act=act(cast.bea))
    work.give(db_session, piece, to=cast.bea, act=act(cast.dov))
    refused = client.submit(page, LOOK, 409, **STRENGTH, **MUST, **BACK)
    assert "Somebody was here before you" in refused.h1
    assert refused.one("[name=remarks-0-see]")["value"] == "No year"
    assert handed() == ([], [])
    client.submit(client.submit(refused, "Send it again"), PASS)
    assert [r.see for r in handed()[1]] == ["The first line", "No year"]


def test_only_who_holds_it_passes_it(client, db_session, cast, handoff, handed, piece):
    page = handoff()
    for person, status in ((cast.ada, 403), (cast.kim, 403), (cast.eve, 404)):
        handoff(person, status)
    work.give(db_session, piece, to=cast.dov, act=act(cast.bea))
    client.sign_in(cast.bea)
    refused = client.submit(page, LOOK, 403, **STRENGTH, **BACK)
    assert "The first line" in str(refused.one("[name=strengths-0-see]"))
    assert handed() == ([], [])


def test_the_author_answers_and_then_simply_sends_it_on(client, cast, handoff, handed, monday):
    send(client, handoff(), **STRENGTH, **MUST, **BACK)
    monday.tick(61)
    page = handoff(cast.ada)
    assert page.h1 == "Send on The harbour"
    assert page.all("[name^=remarks], [name^=strengths], [name=size], [name=stage]") == []
    onward = {"decision": "pass on", "note": "The year is in"}
    refused = client.submit(page, PASS, 422, **onward)
    assert refused.one("[name=note]").text.strip() == "The year is in"
    answers = client.get(refused.link("Answer it first"))
    remark = answers.all("input[type=radio]")[0]["name"]
    client.submit(answers, "Save my answers", **{remark: "taken"})
    client.submit(handoff(cast.ada), PASS, **onward)
    moves, _ = handed()
    assert (moves[-1]["stage"], moves[-1]["holder"]) == ("editor", cast.bea.id)
