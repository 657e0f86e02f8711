"""Markdown that was drawn is kept for the next reader, within bounds."""

from app.web import filters


def test_a_short_text_is_drawn_once_and_a_long_one_is_never_kept():
    filters._kept.cache_clear()
    note, book = "Thank *you*.", "word " * filters.SHORT
    for _ in range(2):
        assert filters.markdown(note) == "<p>Thank <em>you</em>.</p>\n"
        assert filters.markdown(book).startswith("<p>word word")
    kept = filters._kept.cache_info()
    assert (kept.currsize, kept.hits) == (1, 1)
