"""Less mail in one click, from a letter."""

from app.notices.queries import wishes_of
from app.notices.rules import How, Reason
from app.notices.tokens import unsubscribe_token
from tests.support.apps import SETTINGS

SECRET = SETTINGS["BATON_SECRET_KEY"]


def address(person, reason):
    return f"/unsubscribe/{unsubscribe_token(person.id, reason, secret=SECRET)}"


def test_one_click_ends_mail_for_one_reason(client, cast, db_session):
    client.stranger()
    page = client.get(address(cast.kim, "taken over"))
    assert "No more mail because a colleague took it over from you?" in page.text

    page = client.submit(page, "No more of it")

    assert "Done" in page.text
    wishes = wishes_of(db_session, cast.kim)
    assert (wishes[Reason.TAKEN_OVER], wishes[Reason.TURN]) == (How.NEVER, How.AT_ONCE)


def test_a_mail_program_may_do_it_without_a_page(client, cast, db_session):
    client.stranger()
    client.post(address(cast.kim, "digest"), {"List-Unsubscribe": "One-Click"})

    wishes = wishes_of(db_session, cast.kim)
    assert wishes[Reason.MESSAGE] is How.NEVER
    assert wishes[Reason.TURN] is How.AT_ONCE


def test_looking_at_it_changes_nothing_and_a_forged_one_is_nothing(client, cast, db_session):
    client.stranger()
    client.get(address(cast.kim, "turn"))
    client.get(address(cast.kim, "turn").replace(f"{cast.kim.id}.turn", f"{cast.ada.id}.turn"), 404)
    client.get("/unsubscribe/none", 404)

    assert wishes_of(db_session, cast.kim)[Reason.TURN] is How.AT_ONCE


def test_one_click_ends_the_week_of_a_team(client, cast, db_session):
    client.stranger()
    page = client.get(address(cast.dov, "week"))
    assert "No more the week of your team?" in page.text

    client.submit(page, "No more of it")

    assert [one.weekly for one in cast.dov.memberships] == [False]


def test_who_leads_a_team_chooses_whether_its_week_comes(client, cast, db_session):
    client.sign_in(cast.ada)
    assert "Once a week" not in client.get("/me/notices").text
    client.sign_in(cast.dov)
    for wanted in (False, True):
        page = client.get("/me/notices")
        assert page.one('[name="weeks"]').get("checked") is (None if wanted else "")
        client.submit(page, "Save", weeks=["y"] if wanted else [])
        db_session.expire_all()
        assert [one.weekly for one in cast.dov.memberships] == [wanted]
