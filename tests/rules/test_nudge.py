"""Hints on advice: its shape first, its words second; they explain, and leave fair words alone."""

import json
import tomllib
from pathlib import Path
from time import perf_counter

import pytest

from app.cli.nudge import answer
from app.feedback.nudge import RULES, hints, word_hints
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.rules import confidence_hints

ADVICE = tomllib.loads((Path(__file__).parent / "advice.toml").read_text("utf-8"))
STRENGTH = RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "The lamp is a good way in", "It is warm")


def test_the_lists_are_as_long_as_they_should_be():
    assert [len(set(ADVICE[name])) for name in ("stings", "fair")] == [60, 60]


@pytest.mark.parametrize("sentence", ADVICE["stings"])
def test_what_stings_gets_a_hint_that_explains(sentence):
    first = word_hints(sentence)[0]
    assert first.words.lower() in sentence.lower()
    assert first.why.endswith(".")
    assert first.instead.endswith((".", "”"))
    assert first.rule in RULES


@pytest.mark.parametrize("sentence", ADVICE["fair"])
def test_what_is_blunt_but_fair_gets_none(sentence):
    assert word_hints(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "You write “this is stupid” in the dialogue; is that her voice?",
        'The caption says "what a mess" and should stay.',
        "Rename `dumb_terminal` to `terminal`.",
        "> This is garbage.\nI would not answer that.",
        "She says 'this is garbage' twice on page four.",
        "Sorry, that was careless of me.",
        "See https://example.org/stupid/page for the rule.",
    ],
)
def test_quotes_code_and_ones_own_mistakes_are_left_alone(sentence):
    assert word_hints(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "What the future holds is left open.",
        "The pier lies farther out than the map says.",
        "I hate to ask, but the year is wrong.",
        "Stupid mistake on my part, mended.",
        "Gross income is meant here, not net.",
        "All of this can go away in the next draft.",
        "A shorter title would not be so terrible.",
        "I don't care much which of the two stays.",
        "Don't you get two dates that way?",
        "You cannot see it because you are unable to open the archive.",
        "Such long lists are not terribly useful.",
        "Silly mistake, thanks.",
        "Sorry about that. It was a stupid mistake.",
    ],
)
def test_innocent_uses_of_hard_words_are_left_alone(sentence):
    assert word_hints(sentence) == []


def test_a_quoted_line_shields_none_of_the_lines_below_it():
    assert word_hints("> The year is 1929.\nThis is garbage.")


def test_speaking_of_oneself_is_no_licence_against_others():
    assert word_hints("Sorry, but you are careless and stupid.")


def remark(kind=RemarkKind.PROBLEM, weight=Weight.MUST, **words):
    said = {
        "see": "The year of the storm is missing",
        "why": "So nobody finds it",
        "try_next": "Add",
    }
    return RemarkWords(kind, weight, **(said | words))


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (remark(RemarkKind.SUGGESTION, why=""), "no reason"),
        (remark(RemarkKind.NOTE, try_next=""), "no next step"),
        (remark(RemarkKind.TYPO), "must typo"),
        (remark(RemarkKind.NOTE, Weight.COULD, see="Too long", why="", try_next=""), "few words"),
        (remark(see="The year of this stupid storm is missing"), "insult"),
        (remark(try_next="Read a book first"), "you"),
    ],
)
def test_a_remark_gets_the_one_hint_that_matters_most(given, rule):
    assert [(number, hint.rule) for number, hint in hints([STRENGTH, given])] == [(1, rule)]


def test_a_good_remark_gets_none():
    question = remark(RemarkKind.QUESTION, see="Who lit the lamp that night?", try_next="")
    suggested = remark(RemarkKind.TYPO, Weight.COULD, see="", why="", try_next="", replacement="x")
    assert hints([STRENGTH, remark(), question, suggested]) == []


def test_the_whole_is_looked_at_too():
    assert [hint.rule for _, hint in hints([remark()])] == ["no strength"]
    assert [hint.rule for _, hint in hints([STRENGTH, *[remark()] * 13])] == ["too much"]
    assert hints([]) == []


@pytest.mark.parametrize(("musts", "asked"), [(6, 0), (7, 1), (12, 1), (13, 1), (30, 1)])
def test_which_three_matter_most_is_asked_once_at_most(musts, asked):
    said = [f"{hint.why} {hint.instead}" for _, hint in hints([STRENGTH, *[remark()] * musts])]
    said += confidence_hints(first_piece=False, musts=musts, rounds=1)
    assert sum("Which three matter most?" in each for each in said) == asked


def test_a_handoff_with_many_remarks_takes_no_time_to_speak_of():
    many = [remark(see=sentence) for sentence in ADVICE["fair"]]
    hints(many)
    began = perf_counter()
    hints(many)
    assert perf_counter() - began < 1  # a hundredth of it, and never a hang


@pytest.mark.parametrize("text", ["a" * 20_000, "you " * 5_000, "!?" * 5_000, "“" * 5_000])
def test_nothing_hangs_on_strange_texts(text):
    began = perf_counter()
    word_hints(text)
    assert perf_counter() - began < 2


def test_the_command_answers_line_by_line():
    assert answer(json.dumps({"text": "Add the year."})) == {"hints": []}
    [hint] = answer(json.dumps({"text": "This is garbage."}))["hints"]
    assert (hint["rule"], hint["words"]) == ("contempt", "is garbage")
    assert sorted(hint) == ["rule", "why", "words"]
    for wrong in ("no json", "[]", '{"text": 3}', "{}"):
        assert "error" in answer(wrong)
