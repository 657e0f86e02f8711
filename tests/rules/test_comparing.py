"""What changed between two texts: found word by word, and told without losing a letter."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.comparing import count, inline, rows
from app.documents.difference import Change, spans

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED
texts = st.text(alphabet="ab .!\n\u0301é🙂", max_size=80)


def old_of(found, old):
    return "".join(old[s.old_start : s.old_end] for s in found)


def new_of(found, new):
    return "".join(new[s.new_start : s.new_end] for s in found)


@given(texts, texts)
def test_the_spans_tile_both_texts(old, new):
    found = spans(old, new)
    assert old_of(found, old) == old
    assert new_of(found, new) == new
    for span in found:
        before, after = old[span.old_start : span.old_end], new[span.new_start : span.new_end]
        assert {SAME: before == after, ADDED: not before, REMOVED: not after}[span.change]


@given(texts, texts)
def test_every_paragraph_of_both_texts_is_told(old, new):
    def words(runs, *left_out):
        return "".join(text for change, text in runs if change not in left_out).split()

    one = [run for paragraph in inline(old, new) for run in paragraph]
    assert "".join(words(one, ADDED)) == "".join(old.split())
    assert "".join(words(one, REMOVED)) == "".join(new.split())
    side = rows(old, new)
    assert "".join(words([r for row in side for r in row.old])) == "".join(old.split())
    assert "".join(words([r for row in side for r in row.new])) == "".join(new.split())


def test_one_word_that_changed_is_one_word_that_changed():
    assert inline("It was cold. We went.", "It was dark. We went.") == [
        [(SAME, "It was "), (REMOVED, "cold"), (ADDED, "dark"), (SAME, ". "), (SAME, "We went.")]
    ]


def test_paragraphs_stay_beside_each_other_when_one_is_put_before_them():
    found = rows("One.\n\nTwo is here.", "New.\n\nOne.\n\nTwo was here.")
    assert [len(row.old) for row in found] == [0, 1, 3]
    assert found[0].new == [(ADDED, "New.")]
    assert found[2].old[1] == (REMOVED, "is ")


def test_words_that_came_and_went_are_counted():
    assert count("a b c", "a x y c") == (2, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n" * 100_000, "a\nb\n" * 50_000),
        ("a" * 1_000_000, "b" * 1_000_000),
        ("word " * 20_000, "other " * 20_000),
        (" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 0, -1)))),
    ],
    ids=["equal lines", "one endless word", "one word often", "all turned round"],
)
def test_nothing_hangs_on_strange_texts(old, new):
    began = perf_counter()
    assert new_of(spans(old, new), new) == new
    assert perf_counter() - began < 20  # minutes when it is wrong
