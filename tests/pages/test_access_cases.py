"""Two people, two pages, two sides: what must hold when they meet.

C1 and C4 are in stories/test_racing, C3 in stories/test_belonging_together, C5 in
pages/test_hostile_input, C13 in pages/test_gate; C6 is also walked in browser/test_open_page.
"""

from datetime import timedelta
from io import BytesIO

import pytest
from freezegun import freeze_time
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from app.catalogue.rules import Visibility
from app.handoffs.actions import hand_to_team, say_done
from app.people.models import LoginSession
from app.requests.acts import words, work
from app.requests.models import Request
from tests.support.cast import PASSWORD
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.both
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(LATER) as frozen:
        yield frozen


@pytest.fixture
def laptop(db_session, cast):
    return ask(db_session, cast.laptop, cast.kim)


def said(page):
    return page.texts(".message .prose > p:first-of-type")


def test_c2_a_reply_written_while_another_says_done_is_kept(client, db_session, cast, laptop):
    client.sign_in(cast.ida)
    page = client.get(f"/requests/{laptop.id}")
    say_done(db_session, laptop, words="It stands on your desk", act=act(cast.ivo, LATER))
    page = client.submit(page, "Send", words="I look at it tomorrow")
    assert said(page) == [
        "It stands on your desk",
        "I look at it tomorrow",
    ]
    assert db_session.get(Request, laptop.id).state == "done"


def test_c6_news_of_an_open_page_touch_no_form(client, db_session, cast, laptop):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{laptop.id}")
    token = page.one("#pulse input[name=csrf_token]")["value"]
    work.claim(db_session, laptop, act=act(cast.ivo, LATER))
    news = client.raw(
        f"/requests/{laptop.id}/pulse",
        method="POST",
        data={"csrf_token": token, "known": "1"},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert "Ivo" in news.text
    assert "<textarea" not in news.text
    assert 'id="talk"' not in news.text
    assert 'id="acts"' not in news.text


def test_c7_a_session_that_ends_while_writing_brings_back_words_and_files(
    client, db_session, cast, laptop
):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{laptop.id}")
    token = page.one("#form-message input[name=csrf_token]")["value"]
    data = {"csrf_token": token, "where": "messages", "files": [(BytesIO(b"pdf"), "plan.pdf")]}
    client.raw(f"/requests/{laptop.id}/files", method="POST", data=data)
    db_session.execute(update(LoginSession).values(revoked_at=LATER))

    door = client.submit(page, "Send", 401, words="A long and careful answer")
    back = client.submit(
        door, "form:has(input[name=password])", email=cast.kim.email, password=PASSWORD
    )
    assert back.one("[name=words]")["value"] == "A long and careful answer"
    client.submit(back, "Send them now")
    sent = client.get(f"/requests/{laptop.id}")
    assert said(sent) == ["A long and careful answer"]
    assert sent.texts(".message .files a") == ["plan.pdf"]


def test_c8_who_asked_still_reads_and_writes_when_another_team_has_it(
    client, db_session, cast, laptop
):
    hand_to_team(db_session, laptop, to=cast.finance, note="Yours", act=act(cast.ivo, LATER))
    client.sign_in(cast.lou)
    page = client.submit(client.get(f"/requests/{laptop.id}"), "Send", words="And now?")
    assert said(page) == ["And now?"]
    client.sign_in(cast.eve)
    assert "And now?" in client.get(f"/requests/{laptop.id}").text


@pytest.mark.parametrize("who", ["lou", "eve"])
def test_c9_a_confidential_request_is_nowhere_for_outsiders(client, db_session, cast, who):
    cast.laptop.visibility = Visibility.CONFIDENTIAL
    secret = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    assert_insiders_see_it(client, cast, secret)
    outsider = getattr(cast, who)
    client.sign_in(outsider)
    client.get(f"/requests/{secret.id}", 404)
    it_help = cast.it_help.id
    pages = ["/", "/asked", "/notices", f"/teams/{it_help}", f"/teams/{it_help}/board"]
    pages += ["/find?q=grey", f"/find?q=%23{secret.id}", "/find?q=state:open", "/go?q=grey"]
    pages += [f"/ask/types/{cast.laptop.id}/similar?title=grey+laptop", "/me"]
    figures = f"/teams/{it_help}/turnaround"
    pages += [f"{figures}/list?figure=open", f"{figures}/open.csv"]
    for url in pages:
        answer = client.raw(url, follow_redirects=True)
        assert answer.status_code == 200, url
        assert "Grey" not in answer.text, url
        assert f"/requests/{secret.id}" not in answer.text, url
    other = ask(db_session, cast.article, outsider, "Mine")
    page = client.get(f"/requests/{other.id}")
    page = client.submit(page, "Link them", 422, number=str(secret.id), kind="related")
    missing = client.submit(page, "Link them", 422, number="99999", kind="related")
    assert page.texts(".field-error") == missing.texts(".field-error")


def assert_insiders_see_it(client, cast, secret):
    client.sign_in(cast.ivo)
    assert client.get(f"/requests/{secret.id}").h1 == "Grey laptop"
    assert "Grey laptop" in client.get("/find?q=grey").text


def test_c10_an_internal_note_reaches_the_asking_side_nowhere(client, db_session, cast, laptop):
    words.write_note(db_session, laptop, words="Zuckerberg @Kim Sørensen", act=act(cast.ivo, LATER))
    for person in (cast.kim, cast.lou):
        client.sign_in(person)
        for url in (f"/requests/{laptop.id}", "/notices", "/", "/asked", "/find?q=zuck"):
            assert "Zuckerberg" not in client.get(url).text, url


def test_c11_a_sort_or_filter_that_is_none_of_ours_changes_nothing(client, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "First")
    ask(db_session, cast.laptop, cast.kim, "Second", at=MONDAY + timedelta(minutes=1))
    client.sign_in(cast.ivo)
    for url in (f"/teams/{cast.it_help.id}", "/find?q=state:open", "/asked"):
        usual = client.get(url).texts(".row-title")
        join = "&" if "?" in url else "?"
        for more in ("sort=requester__password_hash", "order=1;drop", "password_hash=a"):
            assert client.get(f"{url}{join}{more}").texts(".row-title") == usual, url


def test_c12_a_requester_in_the_form_is_ignored(client, db_session, cast):
    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    token = page.all("input[name=csrf_token]")[0]["value"]
    key = page.one("input[name=key]")["value"]
    forged = {"requester_id": str(cast.eve.id), "requester": "eve", "team_id": "1", "by": "eve"}
    data = {"csrf_token": token, "key": key, "title": "Mine", "answer_wish": "New", **forged}
    client.raw(f"/ask/types/{cast.laptop.id}", method="POST", data=data)
    request = db_session.scalar(select(Request))
    assert (request.requester_id, request.team_id) == (cast.kim.id, cast.it_help.id)


def test_c14_a_page_that_was_attached_never_runs(client, db_session, cast, laptop):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{laptop.id}")
    evil = FileStorage(BytesIO(b"<script>alert(1)</script>"), filename="evil.html")
    page = client.submit(page, "Send", words="Look", files=evil)
    answer = client.raw(page.link("evil.html"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
