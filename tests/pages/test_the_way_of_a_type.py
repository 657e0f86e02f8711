"""The lead of a team says which way its pieces take; what was asked before keeps its own."""

import pytest

from app.catalogue.models import RequestType
from app.requests.queries import plan_of
from tests.support.desk import ask

SAVE = "Save the way"


@pytest.fixture
def way(client, cast):
    def go(person=None, status=200):
        client.sign_in(person or cast.dov)
        return client.get(f"/types/{cast.article.id}/stages", status)

    return go


def stored(session, cast):
    session.rollback()
    return session.get_one(RequestType, cast.article.id)


def test_only_the_lead_may(way, cast):
    for person in (cast.ada, cast.ivo, cast.kim):
        way(person, 403)


def test_it_shows_what_holds_now(way):
    page = way()
    assert page.one("[name=editor-hours]")["value"] == "8.00"
    assert len(page.all("[name$=applies][checked]")) == 3
    assert page.all("[name=open_review][checked]") == []


def test_a_new_way_holds_for_what_is_asked_from_now_on(client, db_session, cast, way):
    before = ask(db_session, cast.article, cast.kim)
    db_session.commit()
    client.submit(
        way(),
        SAVE,
        **{
            "editor-applies": False,
            "proofreader-hours": "2.5",
            "proofreader-person_id": cast.cy.id,
            "proofreader-checklist": "Names as in the register\n\n  Years in figures \n",
            "open_review": True,
        },
    )
    after = ask(db_session, stored(db_session, cast), cast.kim)
    assert [step["stage"] for step in plan_of(db_session, before.id)] == [
        "author",
        "editor",
        "proofreader",
    ]
    [_, step] = plan_of(db_session, after.id)
    assert (step["stage"], step["allowance_s"]) == ("proofreader", 9000)
    assert step["person_id"] == cast.cy.id
    assert step["checklist"] == ["Names as in the register", "Years in figures"]
    assert stored(db_session, cast).open_review


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"author-applies": False}, "A piece begins with its author."),
        ({"editor-applies": False, "proofreader-applies": False}, "Who reads it after the author?"),
        ({"editor-hours": "-3"}, "Please give 0.25 to 2,000 hours."),
        ({"editor-hours": "soon"}, "Not a valid decimal value."),
        (
            {"editor-team_id": "it", "editor-person_id": "cy"},
            "somebody of that team.",
        ),
    ],
)
def test_what_is_no_way_through_is_told_and_nothing_is_lost(
    client, db_session, cast, way, changed, sentence
):
    named = {"it": cast.it_help.id, "cy": cast.cy.id}
    sent = {name: named.get(value, value) for name, value in changed.items()}
    page = client.submit(way(), SAVE, 422, **sent, **{"editor-checklist": "Kept words"})
    assert sentence in page.text
    assert page.one("[name=editor-checklist]").text.strip() == "Kept words"
    assert len(stored(db_session, cast).stages) == 3


def test_plain_work_has_no_stages(client, db_session, cast, way):
    none = dict.fromkeys(("author-applies", "editor-applies", "proofreader-applies"), False)
    client.submit(way(), SAVE, **none)
    assert stored(db_session, cast).stages == []


def test_two_leads_do_not_overwrite_each_other(client, db_session, cast, way):
    early, late = way(), way()
    for _ in range(2):  # a second click is no second change
        client.submit(early, SAVE, **{"editor-checklist": "First"})
    refused = client.submit(late, SAVE, 409, **{"editor-checklist": "Second"})
    assert "Somebody changed these stages meanwhile." in refused.text
    assert refused.one("[name=editor-checklist]").text.strip() == "Second"
    assert stored(db_session, cast).stages[1]["checklist"] == ["First"]
    client.submit(refused, SAVE)
    assert stored(db_session, cast).stages[1]["checklist"] == ["Second"]
