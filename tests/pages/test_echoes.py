"""What comes back on advice: settled, helped, thanks, the place, small changes, other eyes."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.feedback.models import Helped, Verdict
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from tests.support.desk import act
from tests.support.pieces import (
    LATER,
    MUST,
    STRENGTH,
    answer,
    remarks_of,
    returned,
    with_editor,
    write,
)

TEXT = "It was cold in the harbour. The keeper lit the lamp and waited for the ferry."


@pytest.fixture(autouse=True)
def later():
    with freeze_time(LATER) as clock:
        yield clock


@pytest.fixture
def show(client):
    def go(person, piece):
        client.sign_in(person)
        return client.get(f"/requests/{piece.id}")

    return go


def form_of(page, path):
    """Return the selector of the form that posts to an address ending in `path`."""
    return f'form[action$="{path}"]'


def rows(session, model):
    session.rollback()
    return list(session.scalars(select(model)))


def about(passage, replacement=None):
    at = TEXT.index(passage)
    span = (at, at + len(passage))
    return RemarkWords(
        RemarkKind.SUGGESTION, Weight.COULD, "See", passage=span, replacement=replacement
    )


def test_the_author_says_what_helped_once_and_nobody_else_does(client, db_session, cast, show):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    remark = remarks_of(db_session, piece)[1].id
    page = show(cast.ada, piece)
    for _ in range(2):
        client.submit(page, form_of(page, f"/remarks/{remark}/helped"))
    assert [(h.remark_id, h.person_id) for h in rows(db_session, Helped)] == [(remark, cast.ada.id)]
    assert "It helped" in show(cast.bea, piece).text
    assert show(cast.bea, piece).all(form_of(page, "/helped")) == []


def test_who_wrote_it_settles_it_or_says_why_not(client, db_session, cast, show):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    answer(db_session, piece, cast.ada, MUST.see)
    hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada, LATER))
    db_session.commit()
    page = show(cast.bea, piece)
    refused = client.submit(page, "Still open", 422)
    assert "Please say what is still open." in refused.text
    client.submit(refused, "Still open", words="Which year is it?")
    assert "Which year is it?" in show(cast.ada, piece).text
    assert [(v.settled, v.words) for v in rows(db_session, Verdict)] == [
        (False, "Which year is it?")
    ]
    assert show(cast.ada, piece).all("form[action*=verdicts]") == []


def test_settled_remarks_fold_away(client, db_session, cast, show):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    answer(db_session, piece, cast.ada, MUST.see)
    db_session.commit()
    client.submit(show(cast.bea, piece), "It is settled")
    page = show(cast.ada, piece)
    assert "Settled or let go (1)" in page.text
    assert MUST.see in page.one(".leg > details:first-of-type").get_text()


def test_thanks_reach_the_adviser_and_the_team(client, db_session, cast, show):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    db_session.commit()
    client.submit(show(cast.ada, piece), "Send thanks", words="That opened my eyes.")
    client.sign_in(cast.bea)
    assert "That opened my eyes." in client.get("/").text
    client.sign_in(cast.ada)
    assert "That opened my eyes." not in client.get("/").text
    assert "That opened my eyes." not in show(cast.kim, piece).html


def test_one_suggestion_is_taken_with_one_click(client, db_session, cast, show):
    piece = returned(db_session, cast, [STRENGTH, about("the lamp", "a lamp")], TEXT)
    page = show(cast.ada, piece)
    for _ in range(2):
        shown = client.submit(page, "Take these words")
    assert "lit a lamp" in shown.one(".piece").get_text()
    assert "Taken into the text" in shown.text
    assert "Suggested by Bea Okafor" in shown.text
    assert "Version 2 by Ada Lindqvist" in shown.text
    assert show(cast.bea, piece).all("[name=take]") == []


def test_ticked_suggestions_are_taken_together(client, db_session, cast, show):
    remarks = [
        STRENGTH,
        about("the lamp", "a lamp"),
        about("cold", "icy"),
        about("lit the lamp", "sat"),
    ]
    piece = returned(db_session, cast, remarks, TEXT)
    ids = [str(remark.id) for remark in remarks_of(db_session, piece)[1:]]
    page = show(cast.ada, piece)
    shown = client.submit(page, "Take the ticked ones together", take=ids)
    assert "2 taken into one new version. 1 to look at again." in shown.text
    assert "Version 2 by" in shown.text
    assert "Look again" in shown.text


def test_the_author_says_whether_it_is_here(client, db_session, cast, show):
    passage = "lit the lamp and waited for the ferry"
    piece = returned(db_session, cast, [STRENGTH, about(passage)], TEXT)
    write(
        db_session,
        piece,
        cast.ada,
        TEXT.replace(passage, "lit the lamp and waited until morning came"),
        on=1,
    )
    db_session.commit()
    page = show(cast.ada, piece)
    assert "Perhaps here" in page.text
    page = client.submit(page, "No, it is gone")
    assert "The passage is gone" in page.text
    assert passage in page.text


def test_small_changes_are_shown_and_confirmed_or_answered(client, db_session, cast, show):
    piece = with_editor(db_session, cast, TEXT)
    write(db_session, piece, cast.bea, TEXT.replace("cold", "icy"), on=1)
    db_session.commit()
    page = show(cast.ada, piece)
    assert "Bea made small changes." in page.text
    assert client.get(page.link("See what changed")).texts(".compare ins") == ["icy"]
    refused = client.submit(page, "Say so", 422, confirmed="no")
    assert "Please say what you would rather have." in refused.text
    shown = client.submit(refused, "Say so", confirmed="no", words="Cold was the word.")
    assert "Bea made small changes." not in shown.text
    assert "Say so" not in show(cast.dov, piece).texts("#piece button")


def test_stepping_aside_hands_it_to_a_colleague(client, db_session, cast, show):
    piece = with_editor(db_session, cast, TEXT)
    db_session.commit()
    page = client.get(show(cast.bea, piece).link("Step aside"))
    assert "Bea Okafor" not in page.texts("[name=successor] option")
    refused = client.submit(page, "Step aside", 422, again_after="2026-04-01")
    assert "Please choose a reason" in refused.text
    assert refused.one("[name=again_after]")["value"] == "2026-04-01"
    shown = client.submit(refused, "Step aside", reason="too close to it", successor=cast.cy.id)
    assert "Cy has it" in shown.one("#turn").get_text()
    assert "too close" not in show(cast.kim, piece).html


def test_saying_when_tells_everybody(client, db_session, cast, show, later):
    piece = with_editor(db_session, cast, TEXT)
    db_session.commit()
    page = show(cast.bea, piece)
    refused = client.submit(page, form_of(page, "/whens"), 422)
    assert "Please name the day." in refused.text
    client.submit(page, form_of(page, "/whens"), day="2026-03-05", words="After the fair")
    assert "Bea will look on Thursday 5 March." in show(cast.ada, piece).text
    later.tick(timedelta(seconds=1))
    assert "After the fair" in show(cast.ada, piece).text
