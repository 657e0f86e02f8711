"""Advice is looked over before it leaves, may be taken back for a minute, and is hinted at."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.feedback.models import NudgeCount, Remark
from app.people.models import Draft
from tests.support.desk import MONDAY
from tests.support.pieces import with_editor

LOOK, PASS = "Look it over", "Pass the baton"
TEXT = "It was cold in the harbour.\n\nThe keeper lit the lamp."
STRENGTH = {
    "strengths-0-quote": "It was cold",
    "strengths-0-see": "The first line",
    "strengths-0-why": "It draws one in at once",
}
BACK = {"decision": "back for small changes", "stage": "author"}


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY + timedelta(hours=1)) as frozen:
        yield frozen


@pytest.fixture
def piece(db_session, cast):
    piece = with_editor(db_session, cast, TEXT)
    db_session.commit()
    return piece


@pytest.fixture
def desk(client, cast, piece):
    client.sign_in(cast.bea)
    return client.get(f"/requests/{piece.id}/handoff")


def remark(see, **more):
    said = {"remarks-0-kind": "suggestion", "remarks-0-see": see}
    said |= {"remarks-0-why": "So that nobody is lost", "remarks-0-try_next": "Begin there"}
    return said | more


def stored(session, model):
    session.rollback()
    return list(session.scalars(select(model)))


def test_the_look_shows_what_the_author_will_read_and_writes_nothing(client, db_session, desk):
    said = STRENGTH | BACK | {"size": "hours", "note": "Nearly there"}
    look = client.submit(desk, LOOK, **said, **remark("The order is odd in the first part"))
    assert look.texts(".remark-see") == ["The first line", "The order is odd in the first part"]
    assert "Nearly there" in look.text
    assert "For the author about: hours" in look.text
    assert look.all(".hint") == []
    assert stored(db_session, Remark) == []


def test_what_is_for_the_team_stands_apart(client, desk):
    for_team = remark("Mind the deadline of the fair", **{"remarks-0-audience": "team"})
    look = client.submit(desk, LOOK, **STRENGTH, **BACK, **for_team)
    apart = look.one("section[aria-labelledby=team-reads]")
    assert "Mind the deadline" in apart.get_text()
    assert "Mind the deadline" not in look.one("section[aria-labelledby=author-reads]").get_text()


def test_changing_something_brings_every_word_back(client, desk):
    look = client.submit(desk, LOOK, **STRENGTH, **BACK, **remark("The order is odd here, I think"))
    page = client.submit(look, "Change something")
    assert page.one("[name=remarks-0-see]").text.strip() == "The order is odd here, I think"
    assert page.one("[name=decision][checked]")["value"] == BACK["decision"]


def test_a_hint_explains_and_never_blocks(client, db_session, desk):
    look = client.submit(desk, LOOK, **STRENGTH, **BACK, **remark("What a stupid order this is"))
    hint = look.one(".hint").get_text(" ")
    assert "Only you see this." in hint
    assert "stupid" in hint
    client.submit(look, PASS)
    assert [r.see for r in stored(db_session, Remark)][1] == "What a stupid order this is"
    assert [(n.rule, n.shown, n.changed, n.kept) for n in stored(db_session, NudgeCount)] == [
        ("insult", 1, 0, 1)
    ]


def test_a_hint_that_was_heeded_counts_as_changed(client, db_session, desk):
    look = client.submit(desk, LOOK, **STRENGTH, **BACK, **remark("What a stupid order this is"))
    page = client.submit(look, "Change something")
    assert "stupid" in page.one(".slot .hint").get_text()
    look = client.submit(page, LOOK, **remark("The order surprised me here"))
    assert look.all(".hint") == []
    client.submit(look, PASS)
    assert [(n.rule, n.shown, n.changed, n.kept) for n in stored(db_session, NudgeCount)] == [
        ("insult", 1, 1, 0)
    ]


def test_a_dismissed_hint_stays_away_until_the_words_change(client, desk):
    said = STRENGTH | BACK
    look = client.submit(desk, LOOK, **said, **remark("What a stupid order this is"))
    look = client.submit(look, "Leave it as it is")
    assert look.all(".hint") == []
    page = client.submit(look, "Change something")
    assert page.all(".hint") == []
    look = client.submit(page, LOOK, **remark("What a stupid, stupid order this is"))
    assert len(look.all(".hint")) == 1


def test_unticked_house_style_becomes_remarks(client, db_session, cast):
    stages = [dict(stage) for stage in cast.article.stages]
    stages[1]["checklist"] = ["Every number has its source", "Names as in the register"]
    cast.article.stages = stages
    db_session.flush()
    piece = with_editor(db_session, cast, TEXT)
    client.sign_in(cast.bea)
    desk = client.get(f"/requests/{piece.id}/handoff")
    look = client.submit(desk, LOOK, **STRENGTH, **BACK, checks=["0"])
    assert look.texts(".remark-see")[1:] == ["House style, not yet: Names as in the register"]
    client.submit(look, PASS)
    assert [r.see for r in stored(db_session, Remark)][1:] == [
        "House style, not yet: Names as in the register"
    ]


def test_taking_it_back_gives_every_word_back(client, db_session, cast, desk, piece):
    said = STRENGTH | BACK | remark("The order is odd here, I think")
    sent = client.submit(client.submit(desk, LOOK, **said), PASS)
    assert "Nobody is told before" in sent.text
    page = client.submit(sent, "Take it back")
    assert page.url == f"/requests/{piece.id}/handoff"
    assert page.one("[name=remarks-0-see]").text.strip() == "The order is odd here, I think"
    assert page.one("[name=strengths-0-why]").text.strip() == "It draws one in at once"
    client.sign_in(cast.ada)
    shown = client.get(f"/requests/{piece.id}")
    assert "The order is odd" not in shown.html
    assert "Bea has it" in shown.one("#turn").get_text()


def test_after_a_minute_it_cannot_be_taken_back(client, desk, clock, piece):
    sent = client.submit(client.submit(desk, LOOK, **STRENGTH, **BACK), PASS)
    clock.tick(61)
    assert "Nobody is told before" not in client.get(f"/requests/{piece.id}").text
    assert "It has arrived" in client.submit(sent, "Take it back", 409).text


def test_a_draft_has_no_decision(client, db_session, cast, desk, piece):
    fields = [("strengths-0-see", "Half a sen"), ("note", "Also half")]
    draft = Draft(
        person_id=cast.bea.id,
        form=f"/requests/{piece.id}/handoff",
        fields=fields,
        saved_at=MONDAY,
    )
    db_session.add(draft)
    db_session.commit()
    page = client.get(f"/requests/{piece.id}/handoff")
    assert page.one("[name=strengths-0-see]").text.strip() == "Half a sen"
    assert page.all("[name=decision][checked]") == []
    assert piece.holder_id == cast.bea.id


def test_a_paragraph_is_chosen_without_a_mouse_or_javascript(client, db_session, desk):
    page = client.submit(desk, "Remark on paragraph 2", **STRENGTH, **BACK)
    assert page.one("[name=remarks-0-quote]").text.strip() == "The keeper lit the lamp."
    page = client.submit(page, "Keep paragraph 1")
    assert page.one("[name=strengths-1-quote]").text.strip() == "It was cold in the harbour."
    said = remark("Who lit it, and when was that?") | {
        "strengths-1-see": "Cold",
        "strengths-1-why": "One feels it",
    }
    client.submit(client.submit(page, LOOK, **said), PASS)
    anchors = [r.anchor.quote if r.anchor else None for r in stored(db_session, Remark)]
    assert anchors == ["It was cold", "It was cold in the harbour.", "The keeper lit the lamp."]


@pytest.mark.parametrize("quote", ["the candle", "the"])
def test_a_passage_that_does_not_stand_there_or_twice_is_told(client, db_session, desk, quote):
    said = STRENGTH | BACK | remark("The order is odd here", **{"remarks-0-quote": quote})
    page = client.submit(desk, LOOK, 422, **said)
    assert "do not stand in the text just so" in page.one("#remarks-0-quote-error").text
    assert stored(db_session, Remark) == []


@pytest.mark.parametrize(
    "more", ["remarks 5-99999", "remarks x-y", "remarks -1-4", "nothing 1-2", "strengths 9-3"]
)
def test_a_forged_passage_breaks_nothing(client, desk, more):
    hidden = {
        f["name"]: f["value"] for f in desk.all("#advice-form input[type=hidden]") if f.get("name")
    }
    answer = client.raw(desk.url, method="POST", data=hidden | {"more": more})
    assert answer.status_code == 200
