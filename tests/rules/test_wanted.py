"""What somebody types when they look for something."""

import pytest

from app.requests.search.folding import folded_words
from app.requests.search.wanted import number_of, read_wanted


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


def test_numbers_and_folding():
    assert (number_of("#12"), number_of(" 12 "), number_of("12 lamps")) == (12, 12, None)
    assert folded_words("Café ÜBER-Straße №5") == ["cafe", "uber", "strasse", "no5"]
