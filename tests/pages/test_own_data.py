"""What is somebody's own, in one file, and nobody else's."""

import json

import pytest

from app.archive.own import OWN
from app.requests.acts.words import write_message, write_note
from tests.support.desk import act, ask


@pytest.mark.both
def test_the_file_holds_what_is_mine_and_no_word_of_others(client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "My laptop")
    ask(db_session, cast.laptop, cast.lou, "Lou's laptop")
    write_message(db_session, request, words="My own “words”", act=act(cast.kim))
    write_message(db_session, request, words="Theirs", act=act(cast.ivo))
    write_note(db_session, request, words="A note of theirs", act=act(cast.ivo))
    client.sign_in(cast.kim)
    page = client.get("/me")

    file = client.get(page.link("Take it with you"))

    assert "attachment" in file.headers["Content-Disposition"]
    mine = json.loads(file.html)
    assert mine.keys() == OWN.keys()
    assert [row["title"] for row in mine["requests"]] == ["My laptop"]
    assert [row["body"] for row in mine["messages"]] == ["My own “words”"]
    assert mine["teams"] == [{"name": "Field Office", "role": "member"}]
    assert mine["you"][0]["email"] == "kim@baton.example"
    assert len(mine["signed_in"]) == 1
    for untold in ("Theirs", "theirs", "Lou", "hash", "argon2"):
        assert untold not in file.html


def test_a_helper_finds_their_notes_in_theirs(client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    write_note(db_session, request, words="A note", act=act(cast.ivo))
    client.sign_in(cast.ivo)

    mine = json.loads(client.get("/me/data").html)

    assert [(row["body"], row["internal"]) for row in mine["messages"]] == [("A note", True)]
    assert mine["requests"] == []
