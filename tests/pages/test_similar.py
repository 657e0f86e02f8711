"""What may have been asked already, among what one may see."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from tests.support.desk import MONDAY, ask

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


def alike(client, cast, title):
    page = client.fragment(f"/ask/types/{cast.laptop.id}/similar?title={title}", part="similar")
    return page.texts(".row-title")


def test_half_of_the_words_find_what_i_may_see(client, db_session, cast):
    ask(db_session, cast.laptop, cast.lou, "The projector in room 204 flickers")
    ask(db_session, cast.laptop, cast.lou, "A charger")
    ask(db_session, cast.laptop, cast.lou, "Old projector", at=MONDAY - timedelta(days=91))
    ask(db_session, cast.laptop, cast.eve, "Secret projector in room 204")
    client.sign_in(cast.kim)
    found = ["The projector in room 204 flickers"]
    assert alike(client, cast, "Projector flickering") == found
    assert alike(client, cast, "projectors 204") == found
    assert alike(client, cast, "PROJÉCTOR lamp") == found
    for title in ("", "the in a", "printer jam", "%22OR(", "projector lamp buying soon please"):
        assert alike(client, cast, title) == []
    assert (
        "Is it one of these?"
        in client.get(f"/ask/types/{cast.laptop.id}/similar?title=projector").text
    )
