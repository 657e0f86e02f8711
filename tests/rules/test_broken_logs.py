"""Logs with broken lines: every line is taken or listed, whatever stands in it."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from app.cli.import_log import as_text
from app.imports.columns import as_text as read_as_text
from app.imports.columns import look_over
from app.imports.mapping import read_mapping
from app.imports.records import records
from tests.support.logs_in import GOOD, HEADER, MAPPING

MAP = read_mapping(MAPPING.read_text())
OPEN = 'INC6,01-03-2016 10:00,01-03-2016 09:00,"New,Group 1,Ann,Caller 1,y\n'


def lines(first, last):
    return [GOOD.replace("INC1", f"INC{number}") for number in range(first, last + 1)]


def look(*rows):
    return look_over((HEADER + "".join(rows)).encode(), MAP)


def refs(cases):
    return [case.ref for case in cases]


def test_a_quote_that_nothing_closes_costs_its_own_line_alone():
    seen = look(*lines(1, 5), OPEN, *lines(7, 11))

    assert refs(seen.cases) == [f"INC{number}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)]
    assert dict(seen.report.rejected) == {"its cells cannot be told apart": [7]}
    assert (seen.report.lines, seen.report.joined) == (11, [])


def test_a_quote_that_a_later_line_closes_costs_both_and_none_in_between():
    for closing in ('"Re, opened"', '""', 'New"'):
        later = GOOD.replace("INC1", "INC11").replace("New", closing)
        seen = look(*lines(1, 5), OPEN, *lines(7, 10), later, *lines(12, 12))
        assert refs(seen.cases) == [f"INC{number}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 12)]
        assert sorted(chain(*seen.report.rejected.values())) == [7, 12]


def test_a_cell_over_several_lines_is_read_and_told_with_the_lines_it_has():
    long = GOOD.replace("INC1", "INC2").replace(",y", ',"it was\n\ncold, and\nwet"')
    seen = look(*lines(1, 1), long, *lines(3, 3), long.replace("New", "Odd"), "INC5,x\n")

    assert refs(seen.cases) == ["INC1", "INC2", "INC3"]
    assert [case.lines[0].number for case in seen.cases] == [2, 3, 7]
    assert dict(seen.report.rejected) == {
        "unknown state “Odd”": [8],
        "wrong number of cells": [12],
    }
    assert seen.report.joined == [(3, 6), (8, 11)]
    told = as_text(seen.report, dry_run=True)
    assert "Read as one line, because a quoted cell goes on: 3 to 6, 8 to 11" in told


def test_what_is_no_utf_8_is_rejected_by_its_line():
    rows = [GOOD, GOOD.replace("Ann", "Müller"), GOOD]
    content = HEADER.replace(",x", ",größe").encode("latin-1")
    content += b"".join(row.encode("latin-1") for row in rows)
    seen = look_over(content, MAP)

    assert dict(seen.report.rejected) == {"not written in UTF-8": [3]}
    assert seen.report.unknown_columns == ["gr\ufffd\ufffde"]
    assert [line.person for case in seen.cases for line in case.lines] == ["Ann", "Ann"]


PIECES = st.sampled_from(
    ['"', '""', ",", "\n", "\r", "\r\n", "a", "é", "\0", " ", '","', ",,", "\\"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_line_is_lost_or_told_twice(text):
    content = text.encode()
    found = list(records(read_as_text(content)))
    all_lines = list(read_as_text(content))

    told = [number for one in found for number in range(one.first, one.last + 1)]
    assert told == sorted(set(told))
    for number in set(range(1, len(all_lines) + 1)) - set(told):
        assert not all_lines[number - 1].strip("\r\n"), "only empty lines are left out"
