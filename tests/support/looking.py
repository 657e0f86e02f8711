"""All ways in which the figures of one week of IT Help can be looked at, and a count of its own."""

import csv
import io

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.people.models import Membership
from app.people.queries import team_clock
from app.people.rules import Role
from app.web.wording import duration, working_duration
from tests.support.calm_week import calm_week
from tests.support.crowds import crowd
from tests.support.it_desk import FRI, MON, NEXT_MON, at
from tests.support.recount import stories, working

WEEK = "first=2026-03-02&last=2026-03-08"
DAYS = ["--from", "2026-03-02", "--to", "2026-03-08"]
LOOKS = at(NEXT_MON, "09:05")
THREE = (50, 85, 95)
CLOCKS = ("working", "elapsed")


@pytest.fixture
def unanswered():
    """Say how many nobody answers in the week; a test that wants some says so itself."""
    return 0


@pytest.fixture
def week(db_session, cast, client, worker, mailbox, app, unanswered):
    """Let the week pass, and the worker write its letter; return how to look at it."""
    crowd(db_session, cast)
    calm_week(db_session, cast, unanswered=unanswered)
    mine = (cast.ida.id, cast.it_help.id)
    for one in db_session.scalars(select(Membership)):
        one.role = Role.LEAD if (one.person_id, one.team_id) == mine else Role.MEMBER
    db_session.commit()
    worker(NEXT_MON, "09:00")
    return Looking(db_session, cast, client, app, mailbox)


class Looking:
    """All ways to the figures of one week of IT Help."""

    def __init__(self, session, cast, client, app, mailbox):
        self.session, self.cast, self.app, self.client = session, cast, app, client
        [mail] = [mail for mail in mailbox.mails if mail["Subject"].startswith("The week")]
        self.letter = mail.get_content()

    @property
    def clock(self):
        return team_clock(self.session, self.cast.it_help.id)

    def page(self, url):
        with freeze_time(LOOKS):
            self.client.sign_in(self.cast.ida)
            return self.client.get(url)

    def table(self, url):
        return list(csv.DictReader(io.StringIO(self.page(url).html)))

    def report(self, *options):
        with freeze_time(LOOKS):
            return self.app.test_cli_runner().invoke(args=["report", *options, *DAYS]).stdout

    def spans(self, time):
        """Count anew from the raw events: the seconds of everything done, ascending."""
        clock = self.clock
        done = [s for s in stories(self.session) if s.end()[0] == "done"]
        assert all(at(MON, "00:00") <= s.end()[1] <= at(FRI, "18:00") for s in done)
        if time == "working":
            return sorted(working(story, clock, LOOKS) for story in done)
        return sorted(int((s.end()[1] - s.raised).total_seconds()) for s in done)

    def ranks(self, time, percents=THREE):
        """Return the least span that so many do not exceed, for each percent."""
        spans = self.spans(time)
        return [
            min(v for v in spans if 100 * sum(x <= v for x in spans) >= p * len(spans))
            for p in percents
        ]


def said(time, seconds):
    return (working_duration if time == "working" else duration)(seconds)


def in_hours(seconds):
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
