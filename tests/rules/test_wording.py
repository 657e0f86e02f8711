"""Times and spans as people say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.language import speaking
from app.web.wording import Times, browser_name, duration, working_duration, working_hours

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Berlin


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 4, 13, 0, tzinfo=UTC), "today 14:00"),
        (datetime(2026, 3, 5, 13, 0, tzinfo=UTC), "tomorrow 14:00"),
        (datetime(2026, 3, 3, 8, 12, tzinfo=UTC), "yesterday 09:12"),
        (datetime(2026, 3, 4, 23, 30, tzinfo=UTC), "tomorrow 00:30"),
        (datetime(2026, 3, 6, 9, 0, tzinfo=UTC), "Friday 10:00"),
        (datetime(2026, 2, 27, 9, 0, tzinfo=UTC), "last Friday 10:00"),
        (datetime(2026, 3, 30, 9, 0, tzinfo=UTC), "30 Mar, 11:00"),
        (datetime(2025, 12, 24, 9, 0, tzinfo=UTC), "24 Dec 2025, 10:00"),
    ],
)
def test_a_moment_is_said_plainly_in_the_readers_zone(moment, said):
    assert Times(NOW, BERLIN).plain(moment) == said


def test_a_moment_in_full_names_its_zone():
    assert Times(NOW, BERLIN).full(NOW) == "Wednesday 4 March 2026, 10:00 CET"
    with speaking("de"):
        assert Times(NOW, BERLIN).full(NOW) == "Mittwoch, 4. März 2026, 10:00 MEZ"
        assert Times(NOW, UTC).full(NOW) == "Mittwoch, 4. März 2026, 09:00 UTC"


@pytest.mark.parametrize(
    ("seconds", "elapsed", "working"),
    [
        (59, "under a minute", "under a minute"),
        (25 * 60, "25 min", "25 min"),
        (3 * 3600 + 20 * 60, "3 h 20 min", "3 h 20 min"),
        (8 * 3600, "8 h", "1 working day"),
        (19 * 3600, "19 h", "2 working days 3 h"),
        (76 * 3600, "3 days 4 h", "9 working days 4 h"),
        (timedelta(days=1), "1 day", "3 working days"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, elapsed, working):
    assert (duration(seconds), working_duration(seconds)) == (elapsed, working)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3600, "1 working hour"),
        (40 * 3600, "40 working hours"),
        (40 * 3600 + 900, "40 h 15 min of working time"),
        (900, "15 min of working time"),
    ],
)
def test_a_promise_in_hours_is_said_in_hours_however_long_the_days_of_a_team_are(seconds, said):
    assert working_hours(seconds) == said


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Safari/604", "Safari on iPhone"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_called_by_its_name(agent, said):
    assert browser_name(agent) == said
