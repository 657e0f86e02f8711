"""What somebody types when they look for something."""

import pytest

from app.requests.lists.filters import NOTHING, STATES, Search, shape_of
from app.requests.search.folding import folded_words
from app.requests.search.wanted import (
    VALUES,
    Wanted,
    number_of,
    read_wanted,
    unknown_filters,
    unknown_values,
)


@pytest.mark.parametrize(
    ("typed", "words", "filters"),
    [
        ("projector", "projector", {}),
        ('team:"IT Help" state:open red  lamp', "red lamp", {"team": "IT Help", "state": "open"}),
        ("LATE:yes", "", {"late": "yes"}),
        ("note: this", "note: this", {}),
        ("colour:red", "colour:red", {}),
        ('team:"" x', 'team:"" x', {}),
    ],
)
def test_words_and_filters_are_told_apart(typed, words, filters):
    wanted = read_wanted(typed)

    assert (wanted.words, dict(wanted.filters)) == (words, filters)
    assert read_wanted(str(wanted)) == wanted


def test_a_control_wins_over_a_word_of_the_same_key():
    wanted = read_wanted("state:open lamp", {"state": "done", "team": "", "sort": "password"})

    assert dict(wanted.filters) == {"state": "done"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("state:nonsense", ["“nonsense” is no state; try open, waiting, done or confirmed."]),
        ("late:maybe", ["“maybe” says neither yes nor no; try late:yes or late:no."]),
        ("waiting:Bob lamp", ["Nothing waits for “Bob”; try me, team, asking or other."]),
        ('STATE:"In work" late:YES waiting:me team:nowhere holder:nobody', []),
    ],
)
def test_a_value_that_its_filter_does_not_know_is_said(typed, said):
    assert unknown_values(read_wanted(typed)) == said


def test_every_value_that_is_known_finds_something_else_than_nothing():
    assert set(VALUES["state"]) == set(STATES)
    for key in VALUES:
        for value in VALUES[key]:
            wanted = Wanted(filters={key: value})
            shape = shape_of(Search(None, wanted, at=None, limit=1))
            assert shape.filters[0][1] not in ("", NOTHING), (key, value)


def test_numbers_and_folding():
    assert (number_of("#12"), number_of(" 12 "), number_of("12 lamps")) == (12, 12, None)
    assert folded_words("Café ÜBER-Straße №5") == ["cafe", "uber", "strasse", "no5"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("foo:bar lamp", ["“foo:” is no filter; there are team:, type:, from:, holder:, state:, "]),
        ("foo:bar Foo:x colour:red", ["“foo:”", "“Foo:”", "“colour:”"]),
        ("https://example.org/x 10:30 note: this team:x", []),
    ],
)
def test_what_looks_like_a_filter_and_is_none_is_said(typed, said):
    told = unknown_filters(read_wanted(typed))
    assert [sentence.startswith(words) for sentence, words in zip(told, said, strict=True)] == [
        True for _ in said
    ]
