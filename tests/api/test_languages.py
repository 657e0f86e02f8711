"""Programs read sentences in the language they accept; codes and shapes are the same in all."""

import pytest
from freezegun import freeze_time

from tests.support.desk import MONDAY, ask

GERMAN = {"Accept-Language": "de"}


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY):
        yield


def test_without_the_header_a_program_reads_english_whatever_its_person_chose(program, cast):
    cast.ivo.language = "de"
    answer = program(cast.ivo).get("/teams/999", 404)
    assert answer.json["detail"] == "There is no such team."


def test_what_goes_wrong_is_told_in_the_language_asked_for(program, cast, db_session):
    place = f"/requests/{ask(db_session, cast.laptop, cast.kim).id}"
    kim = program(cast.kim)
    gone = kim.get("/teams/999", 404, headers=GERMAN)
    assert gone.json["detail"] == "Dieses Team gibt es nicht."
    assert (gone.json["type"], gone.json["title"]) == ("about:blank", "Not Found")
    assert "Accept-Language" in gone.headers["Vary"]
    blank = kim.post(f"{place}/messages", {"words": " ", "more": 1}, 422, headers=GERMAN)
    assert blank.json["detail"] == "Manches davon kann nicht übernommen werden."
    assert {error["pointer"]: error["detail"] for error in blank.json["errors"]} == {
        "#/words": "Bitte schreib etwas.",
        "#/more": "Dieses Feld gibt es nicht.",
    }


def test_what_happened_is_told_in_the_language_asked_for(program, cast, db_session):
    place = f"/requests/{ask(db_session, cast.laptop, cast.kim).id}"
    kim = program(cast.kim)
    [english], [german] = (
        kim.get(f"{place}/events", headers=headers).json["items"] for headers in ({}, GERMAN)
    )
    assert english.pop("sentence").endswith("asked for it.")
    assert german.pop("sentence").endswith("hat darum gebeten.")
    assert english == german
