"""Behind each count of a chapter stands its list, of that length; also behind each mark."""

import pytest

from app.turnaround.basis import Scope
from app.turnaround.contents import CHAPTERS
from tests.support.chapters import tell_page

NOT_OF_REQUESTS = {"forecast": 2, "oldest": 2}
"""Figures with a column that counts something else: days from today; of 100 like it."""


@pytest.mark.parametrize("chapter", sorted(CHAPTERS.keys() - {"advice"}))
def test_each_count_of_a_chapter_has_a_list_of_its_length(db_session, lived, chapter):
    one, other = lived.it_help, lived.content
    scopes = [Scope("organisation", "All"), Scope("team", one.name, team_id=one.id)]
    if chapter == "pair":
        scopes = [Scope("pair", "Both", team_id=one.id, other_id=other.id)]
    for scope in scopes:
        page = tell_page(db_session, chapter, scope, viewer=lived.ivo)
        counts = {
            cell
            for sheet in page.sheets
            for row in sheet.rows
            for column, cell in enumerate(row)
            if cell.kind == "count" and column != NOT_OF_REQUESTS.get(sheet.key)
        }
        assert counts
        assert [cell for cell in counts if cell.of is None and cell.value] == []
        lengths = {of: len(listed.rows) for of, listed in page.lists.known.items()}
        assert [cell for cell in counts if cell.of and lengths[cell.of] != cell.value] == []
        marks = [mark.of for sheet in page.sheets if sheet.plot for mark in sheet.plot.marks]
        assert [of for of in marks if of not in lengths and of[:8] != "request-"] == []
