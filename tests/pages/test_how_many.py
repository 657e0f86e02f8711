"""Every percentage and percentile of the chapters says of how many it is."""

import csv
import io
import re

import pytest
from freezegun import freeze_time

from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic


@pytest.fixture
def look(client, db_session, cast):
    """Open an address as Ivo, at NOW, among 240 requests between all teams."""
    made_once(db_session, traffic, cast, 240)

    def go(url):
        with freeze_time(NOW):
            client.sign_in(cast.ivo)
            return client.get(url)

    return go


def counted(heads):
    return [head.endswith(", n") for head in heads]


@pytest.mark.parametrize("figure", ["held", "waits"])
def test_both_directions_of_a_pair(look, cast, figure):
    pair = f"team={cast.it_help.id}&other={cast.field_office.id}"
    page = look(f"/turnaround/pair?{pair}")
    beside = [False, False, True, False, True]
    assert counted(page.texts(f"#{figure} thead th")) == beside
    for row in page.all(f"#{figure} tbody tr"):
        assert all(cell.get_text(strip=True).isdecimal() for cell in row.select("td")[1::2])
    head, *rows = csv.reader(io.StringIO(look(f"/turnaround/pair/{figure}.csv?{pair}").html))
    assert counted(head) == beside
    assert rows
    assert all(row[2].isdecimal() and row[4].isdecimal() for row in rows)
    for link in page.all(f"#{figure} td:nth-child(3) a"):
        text = look(link["href"]).text
        marks = re.search(r"behind (\d+) marks", text) or re.search(r"(\d+) requests?\.", text)
        assert int(marks[1]) == int(link.get_text())


@pytest.mark.parametrize("chapter", ["how-long", "expect"])
def test_what_is_to_be_read_first(look, cast, chapter):
    page = look(f"/turnaround/{chapter}?team={cast.it_help.id}")
    notes = page.texts("#done .stat-note, #expectation .stat-note")
    raised = page.texts("#done tbody tr:last-child td, #expectation tbody tr:last-child td")[0]
    assert notes == [f"n = {raised}"] * 3
