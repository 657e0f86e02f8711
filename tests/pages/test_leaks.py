"""The ways in which desks have told people what was not for them, each closed.

Kinds of leak that other files hold already: a sibling route without its check, a check that is
silently true, state changed by GET (test_gate: every route and person), existence by report and
formulas in exports (test_turnaround_page), attachments and a forged requester (test_access_cases),
answers by mail (stories/test_mail_in).
"""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import delete, select

from app.notices.models import Notice
from app.notices.queries import unread
from app.people.models import Membership
from app.requests.acts import words
from app.requests.models import Message
from app.requests.rules import NotYours
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.both
MISSING = 99_999


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture
def secret(db_session, cast):
    """Return a request of Kim's to IT Help; Eve of Finance is nobody to it."""
    return ask(db_session, cast.laptop, cast.kim, "Grey laptop")


@pytest.fixture
def own(db_session, cast):
    """Return a request that Eve raised, and Ivo's team carries."""
    return ask(db_session, cast.laptop, cast.eve, "My own")


def refused(client, page, form, number, **fields):
    """Return what is said beside the field when `number` is given."""
    page = client.submit(page, form, 422, number=str(number), **fields)
    return [words.replace(str(number), "N") for words in page.texts(".field-error")]


def test_merging_reaches_into_nothing_unseen(client, db_session, cast, secret):
    piece = ask(db_session, cast.article, cast.eve, "A piece")
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}")
    unseen = refused(client, page, "Merge it", secret.id)
    assert unseen == refused(client, page, "Merge it", MISSING) != []
    assert secret.state == "raised"


def test_linking_reaches_to_nothing_unseen(client, secret, own, cast):
    client.sign_in(cast.eve)
    page = client.get(f"/requests/{own.id}")
    kind = {"kind": "related"}
    unseen = refused(client, page, "Link them", secret.id, **kind)
    assert unseen == refused(client, page, "Link them", MISSING, **kind) != []


@pytest.mark.parametrize("query", ["grey", "laptop", "%23{}", "{}", "from:kim", "holder:nobody"])
def test_searching_and_jumping_find_nothing_unseen(client, cast, secret, query):
    client.sign_in(cast.eve)
    for where in ("find", "go"):
        text = client.get(f"/{where}?q={query.format(secret.id)}").text
        assert "Grey" not in text
        assert f"#{secret.id} " not in text


def test_what_may_ask_the_same_is_looked_for_among_what_is_seen(client, cast, secret):
    client.sign_in(cast.eve)
    answers = [
        client.raw(f"/ask/types/{cast.laptop.id}/similar?title={title}").text
        for title in ("Grey+laptop", "Grey+lighthouse")
    ]
    assert answers[0].replace("laptop", "") == answers[1].replace("lighthouse", "")


def test_a_poll_of_an_unseen_page_is_like_one_of_a_missing(client, cast, secret):
    client.sign_in(cast.eve)
    token = client.get("/me").all("input[name=csrf_token]")[0]["value"]
    answers = [
        client.raw(f"/requests/{number}/pulse", method="POST", data={"csrf_token": token})
        for number in (secret.id, MISSING)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_nobody_takes_back_the_words_of_another(client, db_session, cast, secret):
    words.write_message(db_session, secret, words="Mine", act=act(cast.kim))
    for person in (cast.lou, cast.ivo):
        with pytest.raises(NotYours):
            words.unsay(db_session, secret, seq=2, act=act(person))
    assert db_session.scalar(select(Message.body)) == "Mine"


def test_a_letter_or_notice_never_goes_to_who_may_not_see(client, db_session, cast, secret):
    words.write_message(
        db_session, secret, words="@Eve Castellanos look at this", act=act(cast.kim)
    )
    told = db_session.scalars(select(Notice.person_id)).all()
    assert told
    assert cast.eve.id not in told
    client.sign_in(cast.eve)
    assert "Grey" not in client.get("/notices").text


def test_a_filter_is_no_oracle_for_what_is_unseen(client, cast, secret):
    client.sign_in(cast.eve)
    for clause in ("from:kim", "holder:ivo", "team:it", "late:yes", "state:raised", "type:laptop"):
        assert client.get(f"/find?q={clause}").texts(".row-title") == [], clause


def test_counts_leave_out_what_is_unseen(client, db_session, cast, secret):
    client.sign_in(cast.eve)
    assert "To do · 0" in client.get(f"/teams/{cast.it_help.id}").text
    client.sign_in(cast.ivo)
    assert "To do · 1" in client.get(f"/teams/{cast.it_help.id}").text


def test_the_count_of_notices_leaves_out_what_may_be_seen_no_longer(
    client, db_session, cast, secret
):
    later = MONDAY + timedelta(hours=1)
    client.sign_in(cast.ivo)
    assert client.get("/").texts(".bell-count") == ["1"]
    assert unread(db_session, cast.ivo, at=later) == 1
    db_session.execute(delete(Membership).where(Membership.person_id == cast.ivo.id))
    db_session.expire_all()
    assert client.get("/").texts(".bell-count") == []
    assert unread(db_session, cast.ivo, at=later) == 0


def test_an_unknown_address_and_a_wrong_password_answer_alike(client, cast):
    door = "form:has(input[name=password])"
    answers = [
        client.submit(client.get("/sign-in"), door, 422, email=email, password="wrong wrong")
        for email in (cast.kim.email, "nobody@baton.example")
    ]
    said = [answer.texts(".field-error, .callout") for answer in answers]
    assert said[0] == said[1] != []
