"""Words that are typed and not sent yet are kept, given back, and forgotten once they are sent."""

import pytest
from sqlalchemy import func, select

from app.feedback.models import Remark
from app.people.models import Draft
from app.requests.models import Request
from tests.support.desk import ask
from tests.support.pieces import MUST, STRENGTH, answer, give_back, with_editor, write


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    return request.id


def keep(client, form, status=204, **fields):
    """Send what the script sends a moment after the last key."""
    token = client.get("/me").all("input[name=csrf_token]")[0]["value"]
    data = {"csrf_token": token, "form": form, "key": "draft-key-1", **fields}
    answer = client.raw("/drafts", method="POST", data=data)
    assert answer.status_code == status, answer.text
    return answer


def count(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Draft))


@pytest.mark.both
def test_a_message_half_typed_is_there_again_and_gone_once_sent(
    client, db_session, cast, request_id
):
    client.sign_in(cast.kim)
    keep(client, f"/requests/{request_id}/messages", words="Half a sen")
    keep(client, f"/requests/{request_id}/messages", words="Half a sentence")

    page = client.get(f"/requests/{request_id}")
    assert page.one("#message-words").text.strip() == "Half a sentence"
    page = client.submit(page, "Send")
    assert "Half a sentence" in page.one("#talk .conversation").get_text()
    assert page.one("#message-words").text.strip() == ""
    assert count(db_session) == 0


def test_an_act_half_typed_stands_open_with_its_words(client, cast, request_id):
    client.sign_in(cast.ivo)
    keep(client, f"/requests/{request_id}/declines", reason="We cannot", instead="")
    page = client.get(f"/requests/{request_id}")
    assert page.one("#form-decline").find_parent("details").has_attr("open")
    assert page.one("#decline-reason").text.strip() == "We cannot"
    assert not page.one("#form-done").find_parent("details").has_attr("open")


def test_a_form_on_its_own_page_says_that_the_words_are_back(client, db_session, cast):
    client.sign_in(cast.kim)
    url = f"/ask/types/{cast.laptop.id}"
    keep(client, url, title="A new one", answer_wish="New")
    page = client.get(url)
    assert "your words are back" in page.text
    assert page.one("[name=title]")["value"] == "A new one"
    fresh = client.submit(page, "Begin afresh")
    assert fresh.url == url
    assert fresh.one("[name=title]").get("value", "") == ""
    assert count(db_session) == 0


def test_nobody_reads_the_drafts_of_another(client, cast, request_id):
    client.sign_in(cast.kim)
    keep(client, f"/requests/{request_id}/messages", words="Not yet said")
    client.sign_in(cast.lou)
    assert "Not yet said" not in client.get(f"/requests/{request_id}").html


def test_a_refused_form_keeps_its_draft_and_a_sent_one_leaves_no_echo(
    client, db_session, cast, request_id
):
    client.sign_in(cast.kim)
    form = f"/requests/{request_id}/messages"
    keep(client, form, words="Words")
    page = client.get(f"/requests/{request_id}")
    client.submit(page, "Send", 422, words="   ")
    assert count(db_session) == 1
    key = page.one("#form-message input[name=key]")["value"]
    client.submit(page, "Send", words="Words")
    keep(client, form, key=key, words="Words")
    assert count(db_session) == 0


def test_spaces_too_much_and_strange_addresses_are_not_kept(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    keep(client, f"/requests/{request_id}/messages", words="  ")
    keep(client, f"/requests/{request_id}/messages", 413, words="x" * 200_001)
    keep(client, "https://elsewhere.example", 400, words="Words")
    keep(client, "/" + "x" * 200, 400, words="Words")
    assert count(db_session) == 0


def test_a_draft_of_a_version_keeps_what_it_was_based_on(client, cast, db_session):
    request = ask(db_session, cast.article, cast.kim)
    client.sign_in(cast.ada)
    page = client.submit(client.get(f"/requests/{request.id}"), "Take it up")
    url = f"/requests/{request.id}/versions/new"
    keep(client, url, body="Draft text", note="", based_on="0")
    page = client.get(url)
    assert page.one("[name=body]").text.strip() == "Draft text"
    assert page.one("[name=based_on]")["value"] == "0"
    page = client.submit(page, "Save this version")
    assert "Draft text" in page.one("#piece").get_text()
    assert count(db_session) == 0


@pytest.fixture
def advised(db_session, cast):
    """A piece that Bea gave back to Ada, with small changes of hers; the minute is over."""
    piece = with_editor(db_session, cast)
    write(db_session, piece, cast.bea, "It was icy.", on=1)
    give_back(db_session, piece, cast.bea, [STRENGTH, MUST])
    db_session.commit()
    return piece.id


@pytest.mark.parametrize(
    ("who", "address", "field"),
    [
        ("ada", "answers", "remark_{remark}-words"),
        ("ada", "handoff", "note"),
        ("ada", "versions/new", "body"),
        ("ada", "versions/2/word", "words"),
        ("ada", "advice/2/{bea}/thanks", "words"),
        ("ada", "advice/2/{bea}/needs", "words"),
        ("bea", "remarks/{remark}/verdicts", "words"),
    ],
)
def test_no_form_around_a_piece_loses_a_word(
    client, db_session, cast, advised, who, address, field
):
    must = db_session.scalar(select(Remark.id).where(Remark.see == MUST.see))
    if who == "bea":  # she has an answer to look at
        answer(db_session, db_session.get(Request, advised), cast.ada, MUST.see)
        db_session.commit()
    address = address.format(bea=cast.bea.id, remark=must)
    field = field.format(remark=must)
    client.sign_in(getattr(cast, who))
    form = f"/requests/{advised}/{address}"
    keep(
        client, form, **{field: "Half a sentence"}, **({"based_on": "2"} if field == "body" else {})
    )
    own = address in ("answers", "handoff", "versions/new")
    page = client.get(form if own else f"/requests/{advised}")
    typed = page.one(f'form[action="{form}"][data-guard] [name="{field}"]')
    assert typed.text.strip() == "Half a sentence"
    folded = typed.find_parent("details")
    assert folded is None or folded.has_attr("open")


def test_stepping_aside_and_the_way_of_a_type_keep_their_words(client, db_session, cast):
    piece = with_editor(db_session, cast)
    db_session.commit()
    for who, form, field, words in (
        (cast.bea, f"/requests/{piece.id}/aside", "again_after", "2026-04-01"),
        (cast.dov, f"/types/{cast.article.id}/stages", "editor-checklist", "Names"),
    ):
        client.sign_in(who)
        keep(client, form, **{field: words, "editor-team_id": cast.content.id})
        control = client.get(form).one(f'form[data-guard] [name="{field}"]')
        assert words in (control.get("value"), control.text.strip())
