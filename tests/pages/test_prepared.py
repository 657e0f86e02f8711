"""Prepared answers, with a person's words around them."""

from app.catalogue.prepared import prepare
from tests.support.desk import ask


def test_a_team_keeps_answers_and_begins_a_message_with_one(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    client.sign_in(cast.ivo)
    page = client.get(f"/teams/{cast.it_help.id}/answers")
    page = client.submit(page, "Keep it", 422, name="", body="x")
    assert "Please name it." in page.text
    page = client.submit(page, "Keep it", name="Restart", body="Hello {name}, please restart it.")
    page = client.submit(page, "Keep it", name="Restart", body="Dear {name}, please restart it.")
    assert "Hello {name}" not in page.text

    page = client.get(f"/requests/{laptop.id}")
    page = client.get(page.one("a[href$=answers-prepared]")["href"])
    page = client.get(page.one("a[href*='begin=']")["href"].partition("#")[0])
    assert page.one("#message-words").text.strip() == "Dear Kim, please restart it."
    page = client.submit(page, "#form-message", 422)
    assert "A word of your own" in page.text
    words = "Dear Kim, please restart it. I will be here until five if it still sulks."
    page = client.submit(page, "#form-message", words=words)
    assert "still sulks" in page.one("#talk").text


def test_what_was_typed_stands_before_it(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    answer = prepare(db_session, cast.it_help.id, name="Restart", body="Please restart it.")
    client.sign_in(cast.ivo)
    page = client.get(f"/requests/{laptop.id}")
    token = page.one("#form-message input[name=csrf_token]")["value"]
    form = f"/requests/{laptop.id}/messages"
    data = {"form": form, "key": "k" * 12, "words": "I had a look.", "csrf_token": token}
    assert client.raw("/drafts", method="POST", data=data).status_code == 204
    page = client.get(f"/requests/{laptop.id}?begin={answer.id}")
    assert page.one("#message-words").text.split("\n\n")[-1] == "Please restart it."
    assert "I had a look." in page.one("#message-words").text


def test_the_answers_of_another_team_stay_there(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    answer = prepare(db_session, cast.content.id, name="Ours", body="Secret words.")
    for person in (cast.ivo, cast.kim):
        client.sign_in(person)
        assert "Secret" not in client.get(f"/requests/{laptop.id}?begin={answer.id}").text
    client.sign_in(cast.ada)
    page = client.submit(client.get(f"/teams/{cast.content.id}/answers"), "form[action$=end]")
    assert "Secret" not in page.text
