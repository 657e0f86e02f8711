"""A full disk under SQLite: a clear page, no typed word lost, recovery by itself."""

from tests.support.desk import ask
from tests.support.running import command
from tests.support.trouble import bodies, on_each_connection, say_again


def test_a_full_disk_is_said_and_the_words_wait(app, client, db_session, cast):
    request_id = ask(db_session, cast.laptop, cast.kim).id
    client.sign_in(cast.kim)
    page, words = client.get(f"/requests/{request_id}"), "A long answer. " * 700
    pages = db_session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    with on_each_connection(f"PRAGMA max_page_count = {pages + 2}"):
        answer = client.submit(page, "Send", 503, words=words)
        client.get(f"/requests/{request_id}")  # reading goes on
        assert bodies(db_session) == []

    say_again(client, answer, words.strip())
    assert bodies(db_session) == [words.strip()]
    db_session.rollback()
    assert command(app, "rebuild", "--check") == "0 differences\n"
