"""The deeper figures in German: every word of a sheet and of the lists behind it, no number."""

import pytest

from app.language import speaking
from app.turnaround.basis import Scope
from app.turnaround.contents import CHAPTERS
from app.turnaround.sheets import document, heads
from tests.support.chapters import tell_page

SAME = {"Team"}  # heads that both languages write alike
WORDS = ("title", "about", "counted", "unit", "clock")


def scope_of(cast, chapter):
    """Return all teams, or two of them where the chapter is about two."""
    one, other = cast.it_help.id, cast.field_office.id
    if chapter == "pair":
        return Scope("pair", "two", team_id=one, other_id=other)
    return Scope("organisation", "Everybody")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_german_in_all_its_words_and_counts_alike(db_session, lived, chapter):
    scope = scope_of(lived, chapter)
    english = tell_page(db_session, chapter, scope)
    with speaking("de"):
        german = tell_page(db_session, chapter, scope)
        theirs = [(document(sheet), heads(sheet)) for sheet in german.sheets]
    for sheet, (said, columns) in zip(english.sheets, theirs, strict=True):
        ours = document(sheet)
        assert list(said) == list(ours)
        assert [name for name in WORDS if said[name] == ours[name]] == []
        assert set(columns) & set(heads(sheet)) <= SAME
    counts = [[cell.value for cell in row[1:] if cell.kind != "words"] for row in _rows(english)]
    assert counts == [
        [cell.value for cell in row[1:] if cell.kind != "words"] for row in _rows(german)
    ]
    behind = {key: listed.about for key, listed in english.lists.known.items()}
    assert german.lists.known.keys() == behind.keys()
    untold = [key for key, listed in german.lists.known.items() if listed.about == behind[key]]
    assert untold == []


def test_a_team_is_told_both_ways_and_from_and_to_are_no_span_of_days(db_session, lived):
    scope = Scope("team", lived.it_help.name, team_id=lived.it_help.id)
    with speaking("de"):
        [sheet] = tell_page(db_session, "between", scope).sheets
    assert sheet.head[:3] == ("Team", "An IT Help", "Hälfte wartete")
    assert [words for _, words in sheet.plot.legend] == ["An IT Help", "Von IT Help"]


def _rows(page):
    return [row for sheet in page.sheets for row in sheet.rows]
