"""Compiled SQL is found by which statement it was made of, and by all that the statement says."""

import pytest

from app.compiled import KEPT, CompiledCache


class Told:
    """What tells all of a statement; counts how often somebody read through it."""

    def __init__(self, words):
        self.words, self.read = words, 0

    def __hash__(self):
        self.read += 1
        return hash(self.words)

    def __eq__(self, other):
        return self.words == other.words


def key(told, *columns):
    return "sqlite", told, columns, False, False


@pytest.fixture
def cache():
    return CompiledCache()


def test_a_statement_that_was_found_before_is_not_read_through_again(cache):
    told = Told("SELECT a")
    cache[key(told)] = "compiled"
    assert cache.get(key(told)) == "compiled"
    read = told.read
    assert [cache.get(key(told)) for _ in range(9)] == ["compiled"] * 9
    assert told.read == read


def test_another_statement_that_says_the_same_finds_it_too(cache):
    cache[key(Told("SELECT a"))] = "compiled"
    assert cache.get(key(Told("SELECT a"))) == "compiled"


def test_the_same_statement_for_other_columns_is_another(cache):
    told = Told("INSERT")
    cache[key(told, "a")] = "for a"
    assert cache.get(key(told, "a")) == "for a"
    assert cache.get(key(told, "b")) is None
    cache[key(told, "b")] = "for b"
    assert [cache.get(key(told, name)) for name in "abab"] == ["for a", "for b"] * 2


def test_a_statement_that_lies_where_another_lay_finds_its_own(cache):
    for words in ("a", "b"):
        cache[key(Told(words))] = words
    found = [cache.get(key(Told(words))) for words in "ab" * 9]
    assert found == list("ab" * 9)


def test_what_is_known_stays_bounded(cache):
    for number in range(3 * KEPT):
        told = Told(number)
        cache[key(told)] = number
        assert cache.get(key(told)) == number
    assert len(cache) <= 1.5 * KEPT
    assert len(cache._known) <= KEPT
