"""Whom thanks are for."""

from datetime import UTC, datetime

from app.requests.life.history import replay
from app.requests.life.ledger import Happening
from app.requests.rules import Kind, Side

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KIM, IVO, IDA, LEE = 1, 2, 3, 4
PLACE = {"stage": "work", "team": 5}


def thanked(*said: tuple[int, dict[str, int]]) -> list[tuple[int, int, int]]:
    """Return (number, number of the event, person) after Ivo and Ida carried it, and thanks."""
    told = [
        Happening(AT, Kind.RAISED, KIM, Side.ASKING, PLACE | {"asking_team": 6}),
        Happening(AT, Kind.CLAIMED, IVO, Side.PROVIDING),
        Happening(AT, Kind.HANDED, IVO, Side.PROVIDING, PLACE | {"holder": IDA}),
        *(Happening(AT, Kind.THANKED, by, Side.ASKING, data) for by, data in said),
    ]
    return [(each.seq, each.event_seq, each.person_id) for each in replay(told).thanked]


def test_they_are_for_all_who_carried_it():
    assert thanked((KIM, {}), (KIM, {})) == [(1, 4, IVO), (2, 4, IDA), (3, 5, IVO), (4, 5, IDA)]


def test_nobody_thanks_themselves():
    assert thanked((IVO, {})) == [(1, 4, IDA)]


def test_or_for_the_one_they_name():
    assert thanked((KIM, {"to": LEE})) == [(1, 4, LEE)]
