"""Files with messages and notes: kept at once, sent along, given back as downloads only."""

from io import BytesIO

import pytest
from freezegun import freeze_time
from werkzeug.datastructures import FileStorage

from app.attachments import rules
from app.attachments.models import Attachment
from tests.support.it_desk import MON, at


def file(name="plan.pdf", content=b"%PDF some"):
    return FileStorage(BytesIO(content), filename=name)


@pytest.fixture
def laptop(desk, client):
    with freeze_time(at(MON, "09:00")):
        request = desk.ask(MON, "09:00")
        client.sign_in(desk.cast.kim)
        yield request


def kept(desk):
    return desk.session.query(Attachment).order_by(Attachment.id).all()


def test_a_file_goes_with_a_message_and_comes_back_as_a_download(desk, client, laptop):
    page = client.get("/requests/1")
    page = client.submit(page, "Send", words="See here", files=file("../plan é.html", b"<script>"))

    address = page.link("plan é.html")
    answer = client.raw(address)

    assert answer.data == b"<script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_kept_while_the_words_are_not_yet_right(desk, client, laptop):
    page = client.get("/requests/1")
    page = client.submit(page, "Send", 422, words=" ", files=file())
    assert "plan.pdf" in page.one("#files-messages").get_text()

    page = client.submit(page, "Send", words="See here", files=file())

    assert page.texts(".message .files a") == ["plan.pdf"]
    assert [(one.form, one.size) for one in kept(desk)] == [(None, 9)]
    assert page.texts("#files-messages li") == []


def test_files_are_kept_at_once_and_can_be_left_out_again(desk, client, laptop):
    page = client.get("/requests/1")
    token = page.all("input[name=csrf_token]")[0]["value"]
    data = {"csrf_token": token, "where": "messages", "files": [file(), file("list.csv")]}
    part = client.raw(
        "/requests/1/files",
        method="POST",
        data=data,
        content_type="multipart/form-data",
        headers={"HX-Request-Type": "partial"},
    )
    assert "list.csv" in part.text
    [first, _] = kept(desk)
    client.sign_in(desk.cast.lou)
    assert "plan.pdf" not in client.get("/requests/1").text
    client.sign_in(desk.cast.kim)
    url = f"/requests/1/files/{first.id}/drop"
    client.raw(url, method="POST", data={"csrf_token": token, "where": "messages"})

    assert [one.name for one in kept(desk)] == ["list.csv"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (file("run.EXE", b"MZ"), "is a program"),
        (file("empty.txt", b""), "is empty"),
        (file("big.bin", b"x" * 2001), "is larger than"),
    ],
)
def test_a_wrong_file_is_told_and_the_words_stay(desk, client, laptop, monkeypatch, wrong, said):
    monkeypatch.setattr(rules, "LIMIT", 2000)
    page = client.get("/requests/1")

    page = client.submit(page, "Send", 422, words="My precious words", files=wrong)

    assert said in page.text
    assert "My precious words" in page.html
    assert kept(desk) == []


def test_the_second_click_sends_nothing_twice(desk, client, laptop):
    page = client.get("/requests/1")
    for _ in range(2):
        after = client.submit(page, "Send", words="See here", files=file())

    assert after.texts(".message .files a") == ["plan.pdf"]
    assert [one.form for one in kept(desk)] == [None]


def test_files_of_a_note_are_for_those_who_carry_it(desk, client, laptop):
    client.sign_in(desk.cast.ivo)
    page = client.get("/requests/1")
    page = client.submit(page, "Keep the note", words="Psst", files=file("names.txt"))
    address = page.link("names.txt")

    assert client.raw(address).status_code == 200
    client.sign_in(desk.cast.kim)
    assert "names.txt" not in client.get("/requests/1").text
    assert client.raw(address).status_code == 404


def test_words_can_be_taken_back_for_ten_seconds_and_come_back_into_the_field(desk, client, laptop):
    client.sign_in(desk.cast.ivo)
    page = client.get("/requests/1")
    page = client.submit(page, "Send", words="Dear Kimm", files=file())
    with freeze_time(at(MON, "09:00:09")):
        page = client.submit(client.get("/requests/1"), "Take it back")
    assert page.texts(".message") == []
    assert page.one("#message-words").get_text().strip() == "Dear Kimm"
    assert "plan.pdf" in page.one("#files-messages").get_text()
    desk.session.refresh(laptop)
    assert laptop.first_response_at is None
    client.sign_in(desk.cast.kim)
    assert "Dear Kimm" not in client.get("/requests/1").text


def test_after_ten_seconds_words_stay(desk, client, laptop):
    client.sign_in(desk.cast.ivo)
    page = client.submit(client.get("/requests/1"), "Send", words="Dear Kim")

    with freeze_time(at(MON, "09:00:11")):
        page = client.submit(page, "Take it back", 409)
        assert "too late to take it back" in page.text
        assert "Take it back" not in client.get("/requests/1").text
