"""A program acts for somebody: from raised to confirmed, without a browser."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.clock import now
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts.merging import merge
from app.requests.models import Request
from tests.support.desk import MONDAY, act, ask
from tests.support.pieces import with_author

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def wish(cast, **more):
    return {"type": cast.laptop.id, "title": "A laptop", "answers": {"wish": "New"}} | more


def test_a_request_from_raised_to_confirmed(program, cast, clock):
    kim, ivo = program(cast.kim), program(cast.ivo)
    raised = kim.post("/requests", wish(cast, details="A light one", title=" A \n laptop "), 201)
    place = raised.headers["Location"]
    assert raised.json["title"] == "A laptop"
    assert raised.json["answers"] == [{"label": "What do you need?", "text": "New"}]
    assert (raised.json["state"], raised.json["details"]) == ("raised", "A light one")
    assert raised.json["asking_team"]["name"] == "Field Office"
    assert kim.get(place).headers["ETag"] == raised.headers["ETag"]

    clock.tick(timedelta(hours=1))
    claimed = ivo.post(f"{place}/claims", status=200, seen=True)
    assert (claimed.json["state"], claimed.json["holder"]["name"]) == ("accepted", "Ivo Novak")
    ivo.post(f"{place}/starts", status=200, seen=claimed.headers["ETag"])
    asked = {"question": "Which colour?", "until": "2026-03-06T12:00:00+01:00"}
    paused = ivo.post(f"{place}/pauses", asked, 200, seen=True)
    assert (paused.json["state"], paused.json["turn_side"]) == ("waiting", "asking")
    clock.tick(timedelta(hours=1))
    said = kim.post(f"{place}/messages", {"words": "Green"}, 201)
    assert (said.json["words"], said.json["internal"]) == ("Green", False)
    assert kim.get(place).json["state"] == "in work"
    done = ivo.post(f"{place}/completions", {"words": "On your desk"}, 200, seen=True)
    visit = done.json["visits"][0]
    assert (visit["waiting_s"], visit["in_hand_s"], visit["paused_s"]) == (3600, 0, 3600)
    assert done.json["totals"]["visits_s"] == 3600
    assert "confirmed" not in done.json["can"]
    ended = kim.post(
        f"{place}/confirmations", {"outcome": "partly", "words": "Thanks"}, 200, seen=True
    )
    assert (ended.json["state"], ended.json["outcome"]) == ("confirmed", "partly")
    assert kim.post(f"{place}/thanks", {"words": "So kind"}, 201).json["words"] == "So kind"
    told = [event["sentence"] for event in kim.get(f"{place}/events").json["items"]]
    assert told[:3] == [
        "Kim Sørensen asked for it.",
        "Ivo Novak took it up.",
        "Ivo Novak began to work on it.",
    ]


def test_every_other_move(program, cast, db_session):
    kim, ivo, ida = program(cast.kim), program(cast.ivo), program(cast.ida)
    laptop = ask(db_session, cast.laptop, cast.kim)
    place = f"/requests/{laptop.id}"
    ivo.post(f"{place}/claims", status=200, seen=True)
    assert (
        ida.post(f"{place}/takeovers", status=200, seen=True).json["holder"]["name"] == "Ida Brandt"
    )
    given = ida.post(f"{place}/gifts", {"to": cast.ivo.id}, 200, seen=True)
    assert given.json["holder"]["id"] == cast.ivo.id
    third = {"question": "When?", "waiting_on": "third party", "who": "The shop"}
    ivo.post(f"{place}/pauses", third, 200, seen=True)
    ivo.post(f"{place}/resumptions", status=200, seen=True)
    ivo.post(f"{place}/completions", {"words": "Done"}, 200, seen=True)
    again = kim.post(f"{place}/reopenings", {"words": "Not yet"}, 200, seen=True)
    assert (again.json["state"], again.json["reopenings"]) == ("accepted", 1)
    handed = ivo.post(
        f"{place}/handovers", {"team": cast.finance.id, "note": "Pay it"}, 200, seen=True
    )
    assert (handed.json["team"]["name"], handed.json["holder"]) == ("Finance", None)
    assert kim.post(f"{place}/withdrawals", {}, 200, seen=True).json["state"] == "withdrawn"
    other = ask(db_session, cast.laptop, cast.kim)
    no = {"reason": "None left", "instead": "The shop"}
    declined = ivo.post(f"/requests/{other.id}/declines", no, 200, seen=True)
    assert declined.json["state"] == "declined"
    assert db_session.get(Request, other.id).state == "declined"


def test_what_is_not_possible_now_is_said(program, cast, db_session):
    laptop = ask(db_session, cast.laptop, cast.kim)
    article = ask(db_session, cast.article, cast.kim)
    ivo, ada, kim = program(cast.ivo), program(cast.ada), program(cast.kim)
    place = f"/requests/{laptop.id}"
    assert (
        "cannot be confirmed"
        in kim.post(f"{place}/confirmations", {"outcome": "yes"}, 409, seen=True).text
    )
    assert kim.post(f"{place}/claims", status=403, seen=True).json["title"] == "Forbidden"
    ivo.post(f"{place}/gifts", {"to": cast.ida.id}, 403, seen=True)
    assert ada.post(f"/requests/{article.id}/completions", {"words": "x"}, 409, seen=True)
    ivo.post(f"{place}/claims", status=200, seen=True)
    wrong = ivo.post(f"{place}/gifts", {"to": 999_999}, 422, seen=True)
    assert wrong.json["errors"] == [{"pointer": "#/to", "detail": "There is no such person."}]
    ivo.post(f"{place}/handovers", {"team": 999_999, "note": "x"}, 422, seen=True)


def test_nothing_is_offered_while_it_arrives_or_once_it_was_merged(
    program, cast, db_session, clock
):
    def offered(person, request):
        return set(program(person).get(f"/requests/{request.id}").json["can"])

    piece = with_author(db_session, cast)
    hand_on(db_session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada, now()))
    db_session.commit()
    assert offered(cast.bea, piece) == {"message", "note"}
    clock.tick(timedelta(seconds=61))
    assert offered(cast.bea, piece) > {"message", "note", "handed"}

    laptop, again = (ask(db_session, cast.laptop, cast.kim) for _ in range(2))
    merge(db_session, again, laptop, words="", act=act(cast.ivo, now()))
    db_session.commit()
    assert offered(cast.ivo, again) == {"note", "unmerged"}
    assert offered(cast.kim, again) == set()
