"""Numbers and dates of a form: typed and read as one's language writes them, kept plain."""

import pytest
from freezegun import freeze_time

from app.requests.models import Brief
from tests.support.desk import MONDAY

GERMAN = {"Accept-Language": "de"}


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY):
        yield


@pytest.fixture
def laptop_form(client, cast):
    """Open the form of a laptop as Kim, which also asks for a day."""
    fields = [*cast.laptop.fields, {"key": "day", "label": "Which day?", "kind": "date"}]
    cast.laptop.fields = fields
    client.sign_in(cast.kim)
    return lambda: client.get(f"/ask/types/{cast.laptop.id}")


def send(client, page, status=200, **answers):
    return client.submit(
        page, "Ask IT Help", status, title="A laptop", answer_wish="New", **answers
    )


def test_a_decimal_comma_and_a_day_are_kept_plain_and_read_by_language(
    client, db_session, cast, laptop_form
):
    page = send(client, laptop_form(), answer_screen="1.250,50", answer_day="2026-11-30")
    brief = db_session.query(Brief).one()
    assert [answer["text"] for answer in brief.answers] == ["New", "1250.50", "2026-11-30"]
    assert page.texts("#brief dd") == ["New", "1250.50", "30 November 2026"]
    german = client.get(page.url, **GERMAN)
    assert german.texts("#brief dd") == ["New", "1250,50", "30. November 2026"]


def test_what_cannot_be_read_is_said_beside_the_field_and_stays_typed(client, cast, laptop_form):
    page = send(client, laptop_form(), 422, answer_screen="about 13")
    assert "such as 12 or 3.5" in page.one("#answer_screen-error").get_text()
    page = send(client, page, 422, answer_screen="1,250")
    assert "1250 or 1.250" in page.one("#answer_screen-error").get_text()
    assert page.one("#answer_screen")["value"] == "1,250"
