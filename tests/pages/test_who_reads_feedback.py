"""Feedback stays with who wrote it, whom it is for, and who carries the piece. Everywhere."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.feedback.rules import Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on, say_done
from app.handoffs.advice import Advice
from tests.pages.test_gate import rules_of
from tests.support.desk import act
from tests.support.gate import PUBLIC
from tests.support.pieces import LATER, MUST, STRENGTH, answer, give_back, returned, with_editor

ADVICE = [
    replace(STRENGTH, see="quincepraise", why="quincereason"),
    replace(MUST, see="quinceproblem", try_next="quincetry"),
    RemarkWords(RemarkKind.NOTE, Weight.COULD, "medlarteam", audience=Audience.TEAM),
]
READS_ADVICE = ("ada", "bea")
READS_TEAM = ("bea", "cy", "dov")


@pytest.fixture(autouse=True)
def later():
    with freeze_time(LATER) as clock:
        yield clock


@pytest.fixture
def piece(db_session, cast):
    piece = returned(db_session, cast, ADVICE, note="quincenote", summary="quincesummary")
    db_session.commit()
    return piece


def everything(app, client, cast, piece):
    """Return the text of every address that answers GET, for who is signed in, by endpoint."""
    values = {
        "request_id": piece.id,
        "team_id": cast.content.id,
        "type_id": cast.article.id,
        "number": 1,
        "figure": "returns",
        "session_id": 1,
        "token": "none",
        "person_id": 1,
        "filename": "favicon.svg",
    }
    found = {}
    for endpoint, method in rules_of(app):
        rule = next(app.url_map.iter_rules(endpoint))
        if method != "GET" or endpoint in PUBLIC or not rule.arguments <= values.keys():
            continue
        with app.test_request_context():
            query = {"figure": "open"} if endpoint == "turnaround.behind" else {}
            url = app.url_for(endpoint, **query | {n: values[n] for n in rule.arguments})
        found[endpoint] = client.raw(url, method="GET").text
    return found


@pytest.mark.both
@pytest.mark.parametrize("who", ["kim", "lou", "ada", "bea", "cy", "dov", "ivo", "eve"])
def test_no_page_list_or_export_tells_more(app, client, cast, piece, who):
    client.sign_in(getattr(cast, who))
    pages = everything(app, client, cast, piece)
    assert len(pages) > 15
    for endpoint, text in pages.items():
        advice = set(re.findall(r"quince\w+", text))
        assert who in READS_ADVICE or not advice, (endpoint, advice)
        assert who in READS_TEAM or "medlarteam" not in text, endpoint
    shown = pages["requests.show"]
    assert ("quinceproblem" in shown) is (who in READS_ADVICE)
    assert ("medlarteam" in shown) is (who in READS_TEAM)


def test_nothing_is_told_before_its_minute_is_over(client, db_session, cast, later):
    piece = with_editor(db_session, cast)
    give_back(db_session, piece, cast.bea, ADVICE, at=LATER, note="quincenote")
    db_session.commit()
    for wait, read in ((30, False), (31, True)):
        later.tick(timedelta(seconds=wait))
        client.sign_in(cast.ada)
        page = client.get(f"/requests/{piece.id}")
        assert ("quinceproblem" in page.html) is read
        assert ("quincenote" in page.html) is read
        assert ("Bea is just handing it to you" in page.text) is not read


def test_a_count_shown_is_the_number_listed(client, cast, piece):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}")
    assert "1 remark waits for your answer" in page.text
    assert "1 of them before it can go on" in page.text
    assert "0 of 1 answered" in page.text
    assert len(client.get(f"/requests/{piece.id}/answers").all("ol.remarks > li")) == 1


def test_open_review_lets_the_asking_side_read_along(client, db_session, cast):
    cast.article.open_review = True
    db_session.flush()
    piece = returned(db_session, cast, ADVICE, note="quincenote")
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{piece.id}")
    assert "quinceproblem" in page.text
    assert "It was cold." in page.text
    assert "quincenote" not in page.html  # a word between colleagues
    assert "medlarteam" not in page.html
    client.sign_in(cast.eve)
    client.get(f"/requests/{piece.id}", 404)


def test_a_type_that_opens_its_review_later_opens_no_older_piece(client, db_session, cast, piece):
    cast.article.open_review = True
    db_session.flush()
    client.sign_in(cast.kim)
    assert "quinceproblem" not in client.get(f"/requests/{piece.id}").html


def test_when_it_is_done_the_asking_side_reads_the_text_and_no_advice(
    client, db_session, cast, piece
):
    answer(db_session, piece, cast.ada, "quinceproblem")
    hand_on(db_session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada, LATER))
    hand_on(db_session, piece, advice=Advice(), to=cast.cy, act=act(cast.bea, LATER))
    say_done(db_session, piece, words="Here", act=act(cast.cy, LATER))
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{piece.id}")
    assert "It was cold." in page.text
    assert "quince" not in page.html


def test_what_an_author_needed_reaches_the_adviser_alone(client, db_session, cast, piece):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}")
    client.submit(page, "Tell Bea alone", needs=["the tone stung"], words="medlarwords")
    told = "the tone stung"
    client.sign_in(cast.bea)
    shown = client.get(f"/requests/{piece.id}")
    assert told in shown.text
    assert "medlarwords" in shown.text
    for other in (cast.ada, cast.cy, cast.dov, cast.kim):
        client.sign_in(other)
        assert "medlarwords" not in client.get(f"/requests/{piece.id}").html
