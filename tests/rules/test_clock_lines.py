"""`flask clock`: a JSON line in, a JSON line out, and no line ends the stream."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli.worktime import clock
from app.worktime.clock_lines import answer_line
from tests.support.working_hours import HOUR, OFFICE

CALENDAR = {
    "tz": "Europe/Berlin",
    "weekly": OFFICE,
    "holidays": ["2024-12-25"],
    "special": {"2024-12-24": [["09:00", "13:00"]]},
    "changes": [{"from": "2024-07-01", "weekly": {"mon": [["10:00", "12:00"]]}}],
}
QUESTION = {
    "calendar": CALENDAR,
    "start": "2024-03-04T00:00:00+01:00",
    "end": "2024-03-05T00:00:00+01:00",
}


def ask(**parts: object) -> dict:
    return json.loads(answer_line(json.dumps({**QUESTION, **parts})))


def ask_calendar(**parts: object) -> dict:
    return ask(calendar={**CALENDAR, **parts})


def test_a_good_line_is_answered_in_working_seconds():
    assert answer_line(json.dumps(QUESTION)) == '{"working_seconds": 28800}'


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2024-03-04T08:00Z", "2024-03-04T10:30Z", 2.5 * HOUR),
        ("2024-03-04 09:00+01:00", "2024-03-04T19:00:00+09:00", 2 * HOUR),
        ("2024-03-04T09:00:00.900+01:00", "2024-03-04T09:00:10.100+01:00", 10),
        ("2024-03-04T10:30Z", "2024-03-04T08:00Z", 0),
        ("2024-12-23T00:00+01:00", "2024-12-28T00:00+01:00", 6 * HOUR),
        ("2024-07-01T00:00+02:00", "2024-07-08T00:00+02:00", 2 * HOUR),
    ],
)
def test_times_are_iso_with_z_or_an_offset_with_seconds_or_without(start, end, seconds):
    assert ask(start=start, end=end) == {"working_seconds": seconds}


def test_pauses_are_taken_off_and_one_that_ends_before_it_starts_is_nothing():
    pauses = [
        ["2024-03-04T10:00+01:00", "2024-03-04T11:00+01:00"],
        ["2024-03-04T10:30+01:00", "2024-03-04T12:00+01:00"],
        ["2024-03-04T15:00+01:00", "2024-03-04T14:00+01:00"],
        ["2024-03-04T16:30+01:00", "2024-03-09T00:00+01:00"],
    ]
    assert ask(pauses=pauses) == {"working_seconds": 5.5 * HOUR}
    assert ask(pauses=[]) == {"working_seconds": 8 * HOUR}


def test_other_keys_of_a_line_are_left_alone():
    assert ask(name="an ordinary Monday") == {"working_seconds": 8 * HOUR}


def test_a_calendar_without_hours_answers_zero():
    assert ask_calendar(weekly={}) == {"working_seconds": 0}
    assert ask(calendar={"tz": "UTC", "weekly": {"mon": []}}) == {"working_seconds": 0}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", "JSON"),
        ("nonsense", "JSON"),
        ("[1, 2]", "object"),
        ("null", "object"),
        ("{}", '"calendar"'),
        ('{"calendar": {}, "start": "2024-03-04T08:00Z"}', '"end"'),
        ('{"calendar": NaN}', "NaN"),
        ('{"calendar": 1' + "0" * 5000 + "}", "JSON"),
        ("[" * 100_000, "nested"),
        ('{"a":' * 100_000, "nested"),
    ],
)
def test_what_is_no_question_gets_a_sentence(line, word):
    assert word in json.loads(answer_line(line))["error"]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"start": "2024-03-04T08:00:00"}, "offset"),
        ({"end": "2024-03-04"}, "offset"),
        ({"start": 1709539200}, "ISO time"),
        ({"start": None}, "ISO time"),
        ({"end": "yesterday"}, "ISO time"),
        ({"end": "2024-02-30T08:00Z"}, "ISO time"),
        ({"start": "1500-01-01T00:00Z"}, "1900"),
        ({"end": "9999-12-31T23:59-23:59"}, "2200"),
        ({"pauses": None}, "pauses"),
        ({"pauses": {}}, "pauses"),
        ({"pauses": ["2024-03-04T08:00Z"]}, "pair"),
        ({"pauses": [["2024-03-04T08:00Z"]]}, "pair"),
        ({"pauses": [["2024-03-04T08:00Z", None]]}, "ISO time"),
        ({"pauses": [["2024-03-04T08:00", "2024-03-04T09:00"]]}, "offset"),
        ({"calendar": "office"}, "object"),
        ({"calendar": {"weekly": {}}}, '"tz"'),
        ({"calendar": {"tz": "UTC"}}, '"weekly"'),
    ],
)
def test_a_bad_part_of_a_question_gets_a_sentence(parts, word):
    assert word in ask(**parts)["error"]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        *(({"tz": tz}, "time zone") for tz in ("Mars/Base", "", "Europe", "../UTC", "\ud800", 1)),
        ({"tz": "x" * 5000}, "time zone"),
        ({"tz": "\x00"}, "time zone"),
        ({"holiday": []}, "'holiday'"),
        ({"weekly": []}, "object"),
        ({"weekly": {"Mon": []}}, "weekday"),
        ({"weekly": {"mon": {}}}, "list"),
        ({"weekly": {"mon": None}}, "list"),
        ({"weekly": {"mon": ["09:00", "17:00"]}}, "pair"),
        ({"weekly": {"mon": [["09:00"]]}}, "pair"),
        *(
            ({"weekly": {"mon": [[time, "17:00"]]}}, "no time")
            for time in ("9:00", "09:60", "25:00", "24:01", "09:00:00", "", "٠٩:00", "09:00\n", 9)
        ),
        ({"weekly": {"mon": [["24:00", "02:00"]]}}, "open"),
        ({"holidays": "2024-12-25"}, "list"),
        ({"holidays": None}, "list"),
        *(
            ({"holidays": [day]}, "date")
            for day in ("2023-02-29", "20241225", "2024-W52-3", "25.12.2024", 20241225, None)
        ),
        ({"special": []}, "object"),
        ({"special": {"someday": []}}, "date"),
        ({"special": {"2024-12-24": [["09:00", "noon"]]}}, "no time"),
        ({"changes": {}}, "list"),
        ({"changes": [{"weekly": {}}]}, '"from"'),
        ({"changes": [{"from": "2024-07-01"}]}, '"weekly"'),
        ({"changes": [{"from": "2024-07-01", "weekly": {}, "until": 1}]}, "'until'"),
        ({"changes": [{"from": "2024-07-01", "weekly": {}}] * 2}, "Two changes"),
    ],
)
def test_a_bad_calendar_gets_a_sentence(parts, word):
    assert word in ask_calendar(**parts)["error"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.sampled_from([*CALENDAR, *QUESTION, "pauses"]), json_values)
def test_no_line_raises_whatever_stands_in_its_place(key, value):
    answers = (
        ask(**{key: value}),
        ask_calendar(**{key: value}),
        json.loads(answer_line(f"{value}")),
    )
    assert all(answer.keys() in ({"error"}, {"working_seconds"}) for answer in answers)


def test_the_command_answers_line_for_line_and_passes_over_blank_ones():
    good = json.dumps(QUESTION).encode()
    stream = b"\n".join([good, b"", b"  ", b"nonsense", b"\xff\xfe", good])
    result = CliRunner().invoke(clock, input=stream)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [*map(list, answers)] == [
        ["working_seconds"],
        ["error"],
        ["error"],
        ["working_seconds"],
    ]
