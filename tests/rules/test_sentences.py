"""Whose turn it is, as each side reads it."""

from itertools import product

import pytest

from app.language import speaking
from app.requests.life.sentences import turn_sentence
from app.requests.life.telling import tell
from app.requests.life.told import REMINDERS
from app.requests.lists.place import Place
from app.requests.rules import Kind, Side, State

DEFAULTS = {
    "state": "in work",
    "turn_side": "providing",
    "viewer_side": "asking",
    "holder": "Ada",
    "team": "Content",
    "requester": "Kim",
    "asking_team": "Field Office",
    "late": False,
}


def sentence(**given):
    return turn_sentence(**DEFAULTS | given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Ada has it. Nothing for you to do now."),
        ({"late": True}, "Ada has it, and it is late. Nothing for you to do now."),
        (
            {"holder": None, "state": "raised"},
            "Content has it; nobody has picked it up yet.",
        ),
        (
            {"holder": None, "state": "raised", "late": True},
            "Content has it; nobody has picked it up yet, and it is late.",
        ),
        ({"state": "waiting", "turn_side": "asking"}, "Your turn: Ada asks you something."),
        (
            {"state": "waiting", "turn_side": "third party"},
            "Ada is waiting for an answer from somebody else. Nothing for you to do now.",
        ),
        (
            {"state": "waiting", "turn_side": "third party", "waits_for": "the landlord"},
            "Ada waits for the landlord. Nothing for you to do now.",
        ),
        (
            {"state": "waiting", "turn_side": "third party", "waits_for": ""},
            "It waits for its parts with other teams. Nothing for you to do now.",
        ),
        ({"state": "done", "turn_side": "asking"}, "Done, says Ada. Does it hold?"),
        ({"state": "confirmed", "turn_side": "nobody"}, "Finished and confirmed."),
        ({"state": "declined", "turn_side": "nobody"}, "Content declined it and said why."),
    ],
)
def test_who_asked_reads(given, words):
    assert sentence(**given) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Your turn, Ada."),
        ({"late": True}, "Your turn, Ada, and it is late."),
        ({"personal": False}, "Ada has it."),
        ({"personal": False, "late": True}, "Ada has it, and it is late."),
        ({"holder": None}, "Nobody has picked it up yet."),
        ({"holder": None, "late": True}, "Nobody has picked it up yet, and it is late."),
        ({"state": "waiting", "turn_side": "asking"}, "Waiting for Kim’s answer."),
        (
            {"state": "waiting", "turn_side": "third party"},
            "Ada is waiting for an answer from somebody else.",
        ),
        (
            {"state": "waiting", "turn_side": "third party", "waits_for": "the landlord"},
            "Ada waits for the landlord.",
        ),
        (
            {"state": "done", "turn_side": "asking"},
            "Done. Kim has the last word on whether it holds.",
        ),
        (
            {"state": "withdrawn", "turn_side": "nobody"},
            "Field Office took it back. Nothing more to do.",
        ),
    ],
)
def test_who_provides_reads(given, words):
    assert sentence(viewer_side="providing", **given) == words


def test_a_colleague_of_who_asked_is_not_told_that_it_is_their_turn():
    colleague = {"turn_side": "asking", "personal": False}
    asked = sentence(state="waiting", **colleague)
    assert asked == "Ada asks Kim something and waits for the answer."
    assert sentence(state="done", **colleague) == "Done, says Ada. Kim has the last word."


@pytest.mark.parametrize("side", ["asking", "providing", "nobody"])
def test_whoever_is_asked_to_agree_reads_that_it_is_their_turn(side):
    waits = {"state": "waiting", "turn_side": "third party", "waits_for": "Eve Castellanos"}
    assert sentence(viewer_side=side, agrees=True, **waits) == "Your turn: Ada asks you to agree."


def test_somebody_on_neither_side_is_never_told_to_do_anything():
    for state, turn, holder, late in product(State, Side, ("Ada", None), (True, False)):
        words = sentence(
            state=state, turn_side=turn, viewer_side="nobody", holder=holder, late=late
        )
        assert "Your turn" not in words
        assert " you" not in words


def test_every_combination_says_who_has_it_or_how_it_ended():
    sides, holders = ("asking", "providing", "nobody"), ("Ada", None)
    for state, turn, side, holder in product(State, Side, sides, holders):
        words = sentence(state=state, turn_side=turn, viewer_side=side, holder=holder)
        assert words.endswith((".", "?"))
        assert "None" not in words
        assert "{" not in words


@pytest.mark.parametrize(
    ("stage", "holder", "to"),
    [
        ("work", None, "IT Help"),
        ("editor", None, "the editors of IT Help"),
        ("editor", "Bea", "Bea"),
    ],
)
def test_what_was_passed_on_went_to_somebody_or_to_a_team(stage, holder, to):
    data = {"stage": stage, "decision": "pass on"}
    told = tell(Kind.HANDED, data, who="Ivo", holder=holder, team="IT Help")
    assert told == f"Ivo passed it on to {to}."


@pytest.mark.parametrize("what", [start for start, _ in REMINDERS])
def test_a_reminder_is_told_in_one_sentence_with_one_end(what):
    told = tell(Kind.REMINDED, {"what": what}, who="Baton", holder=None, team=None)
    assert told.endswith((".", "?"))
    assert told[-2].isalpha()


def test_whom_a_wait_is_for_stands_in_its_case_in_german():
    data = {"waiting_on": "third party", "who": ""}
    with speaking("de"):
        said = tell("paused", data, who="Ada", holder=None, team=None)
    assert said == "Ada wartet auf jemand anderen."


def test_a_place_between_two_neighbours_is_one_or_the_other():
    assert Place(2, 3, begun=0, overtaking=0).words() == "Number 2 or 3 in line."
    assert Place(2, 4, begun=0, overtaking=0).words() == "Between number 2 and 4 in line."
