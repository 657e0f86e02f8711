"""Passages are followed into the next version: the same, moved, perhaps here, or gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.anchoring import anchor_at, place_all
from app.feedback.rules import Outcome
from tests.bench.anchoring import measure
from tests.bench.editing import LEVELS

TEXT = (
    "It was cold in the harbour. The keeper lit the lamp and waited for the ferry.\n\n"
    "Nobody came that night. The log says so in one short line.\n\n"
    "In the morning the fog was gone, and so was the boat."
)
LAMP = "The keeper lit the lamp and waited for the ferry."


def follow(quote, *versions, text=TEXT):
    """Return where `quote` of `text` stands in the last of `versions`, and what reads there."""
    start = text.index(quote)
    anchor, place, before = anchor_at(text, start, start + len(quote)), None, text
    for version in versions:
        [place] = place_all([(anchor, place)], before, version)
        before = version
    words = before[place.start : place.end] if place.start is not None else None
    return place.outcome, words


def test_in_an_unchanged_text_it_stays():
    assert follow(LAMP, TEXT) == (Outcome.SAME, LAMP)


def test_it_moves_with_what_is_written_before_it():
    assert follow(LAMP, f"A new opening.\n\n{TEXT}") == (Outcome.SAME, LAMP)


def test_it_follows_a_moved_paragraph():
    first, second, third = TEXT.split("\n\n")
    assert follow(LAMP, f"{second}\n\n{third}\n\n{first}") == (Outcome.SAME, LAMP)


def test_words_put_into_it_make_it_moved_with_changes():
    edited = TEXT.replace("lit the lamp", "lit the old brass lamp")
    expected = LAMP.replace("the lamp", "the old brass lamp")
    assert follow(LAMP, edited) == (Outcome.MOVED, expected)


def test_when_half_of_it_is_left_the_author_is_asked():
    edited = TEXT.replace("waited for the ferry", "went home to sleep early")
    outcome, words = follow(LAMP, edited)
    assert outcome == Outcome.PERHAPS
    assert words.startswith("The keeper lit the lamp")


def test_a_deleted_passage_is_gone():
    assert follow(LAMP, TEXT.replace(LAMP, "")) == (Outcome.GONE, None)


def test_in_an_empty_text_everything_is_gone():
    assert follow(LAMP, "") == (Outcome.GONE, None)


def test_it_never_jumps_to_a_look_alike():
    twin = "The keeper lit his pipe and waited for the letter."
    both = TEXT.replace("Nobody came", f"{twin} Nobody came")
    assert follow(LAMP, both.replace(f"{LAMP}", ""), text=both)[0] == Outcome.GONE


def test_a_short_word_that_stands_elsewhere_too_is_not_taken_for_it():
    assert follow("fog", TEXT.replace("the fog was gone", "all was gone, fog or not"))[0] in (
        Outcome.GONE,
        Outcome.PERHAPS,
    )


def test_what_was_gone_is_found_again_when_its_words_come_back():
    assert follow(LAMP, TEXT.replace(LAMP, ""), TEXT) == (Outcome.SAME, LAMP)


def test_many_small_edits_add_up():
    versions, words = [], TEXT
    for gone in ("keeper ", "lamp ", "waited ", "ferry"):
        words = words.replace(gone, "", 1)
        versions.append(words)
    outcome, _ = follow(LAMP, *versions)
    assert outcome in (Outcome.PERHAPS, Outcome.GONE)


@pytest.mark.parametrize(
    "words", ["e\u0301tait 🙂 une fe\u0302te", "👩‍🚀 and 🏳️‍🌈 came", "naïve façade"]
)
def test_marks_and_emoji_count_as_they_are_stored(words):
    text = f"🙂 Before. {words} stands here. After."
    assert follow(words, f"🙂🙂 New. {text}", text=text) == (Outcome.SAME, words)


def test_outer_spaces_are_no_part_of_a_passage():
    anchor = anchor_at("a  word  b", 1, 9)
    assert (anchor.quote, anchor.start, anchor.end) == ("word", 3, 7)
    assert (anchor.prefix, anchor.suffix) == ("a  ", "  b")
    with pytest.raises(ValueError):
        anchor_at("a  b", 1, 3)


@given(
    st.text(alphabet="ab .\n🙂", min_size=1, max_size=60),
    st.text("ab .\n🙂", max_size=60),
    st.data(),
)
def test_a_place_always_lies_inside_the_text(old, new, data):
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    if not old[start:end].strip():
        return
    anchor = anchor_at(old, start, end)
    [place] = place_all([(anchor, None)], old, new)
    if place.outcome is Outcome.GONE:
        assert place.start is None
    else:
        assert 0 <= place.start < place.end <= len(new)
    if place.outcome is Outcome.SAME:
        assert new[place.start : place.end] == anchor.quote
    [stayed] = place_all([(anchor, None)], old, old)
    assert (stayed.outcome, stayed.start, stayed.end) == (Outcome.SAME, anchor.start, anchor.end)


@pytest.mark.parametrize(("level", "right"), list(zip(LEVELS, (0.99, 0.87, 0.76), strict=True)))
def test_enough_passages_stay_on_their_words(level, right):
    found = measure(level, documents=200)
    assert found.right >= right
    assert found.false <= 0.03
