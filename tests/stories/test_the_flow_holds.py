"""Random acts, legal and not, by random people, against a second, independent idea of the flow."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.requests.acts.raising import Wish, raise_request
from app.requests.life.history import replay
from app.requests.life.ledger import tiles
from app.requests.queries import events_of
from app.requests.record.earlier import as_happening
from app.requests.record.rebuilding import differences
from app.requests.record.recording import Act
from app.requests.rules import NotNow, NotYours
from tests.support.flow import do, tries

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
# The two who mostly meet come up more often, so that most scripts get somewhere.
PEOPLE = ("ivo", "ivo", "ivo", "kim", "kim", "lou", "ida", "bea", "eve")
TEAMS = {"kim": "asks", "lou": "asks", "ivo": "it", "ida": "it", "bea": "content", "eve": "none"}
OPEN = ("raised", "accepted", "in work", "waiting")


@dataclass
class Expected:
    """What a second idea of the flow says, written from the product's words, not from the code."""

    state: str = "raised"
    holder: str | None = None
    team: str = "it"
    started: bool = False
    handed: bool = False
    settled_at: datetime = MONDAY  # when it was last said to be done, or confirmed

    def allows(self, act: str, who: str, at: datetime) -> bool:
        provides = TEAMS[who] == self.team
        asks = TEAMS[who] == "asks"
        party = provides or asks or (TEAMS[who] == "it" and self.handed)
        moving = self.state in ("raised", "accepted", "in work")
        return {
            "message": party,
            "note": party and not asks,
            "claim": provides and self.state in OPEN and self.holder is None,
            "take over": provides and self.state in OPEN and self.holder not in (None, who),
            "start": provides
            and self.state in ("raised", "accepted")
            and self.holder in (None, who),
            "pause": provides and moving,
            "resume": provides and self.state == "waiting",
            "decline": provides and self.state in OPEN,
            "withdraw": asks and self.state in OPEN,
            "done": provides and self.state in OPEN,
            "confirm": asks and self.state == "done",
            "reopen": asks
            and (
                self.state == "done"
                or (self.state == "confirmed" and at <= close_of_day(self.settled_at, 10))
            ),
            "wait": True,
            "thank": asks,
            "hand": provides and moving and self.team == "it",
        }[act]

    def move(self, act: str, who: str, at: datetime) -> None:
        if act in ("done", "confirm"):
            self.settled_at = at
        if act == "wait" and self.state == "done" and close_of_day(self.settled_at, 5) <= at:
            self.state, self.settled_at = "confirmed", at
        answered = act == "message" and TEAMS[who] == "asks" and self.state == "waiting"
        if act in ("claim", "take over"):
            self.holder = who
            self.state = "accepted" if self.state == "raised" else self.state
        elif act == "start":
            self.holder, self.started, self.state = self.holder or who, True, "in work"
        elif act == "pause":
            self.state = "waiting"
        elif act == "resume" or answered:
            waits = "accepted" if self.holder or self.handed else "raised"
            self.state = "in work" if self.started else waits
        else:
            self._move_far(act, who)

    def _move_far(self, act: str, who: str) -> None:
        if act == "done":
            self.holder = self.holder or who
        elif act == "reopen":
            self.started, self.handed = False, True
        elif act == "hand":
            self.team, self.holder, self.started, self.handed = "content", None, False, True
        self.state = FAR.get(act, self.state)


def close_of_day(at: datetime, count: int) -> datetime:
    """Return 17:00 in Berlin on the `count`-th weekday after `at`."""
    day = at.astimezone(BERLIN).date()
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return datetime.combine(day, time(17), BERLIN)


FAR = {
    "decline": "declined",
    "withdraw": "withdrawn",
    "confirm": "confirmed",
    "done": "done",
    "reopen": "accepted",
    "hand": "accepted",
}
NAMES = (
    *("message", "note", "claim", "take over", "start", "pause", "resume", "decline"),
    *("withdraw", "done", "confirm", "reopen", "thank", "hand", "wait"),
)
SCRIPTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(PEOPLE), st.integers(0, 60 * 60 * 30)),
    min_size=12,
    max_size=40,
)


def test_no_illegal_act_succeeds_the_pieces_tile_and_the_rebuild_is_identical(
    db_session, cast, engine
):
    @settings(
        max_examples=tries(engine, 80),
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try writes; shrinking is slow
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(SCRIPTS)
    def run(script):
        at, number, expected = MONDAY, 0, Expected()
        act = Act(cast.kim, at, f"raise-{id(script)}-{at.timestamp()}")
        wish = Wish("A laptop", "", [], cast.field_office.id)
        request = raise_request(db_session, cast.laptop, wish, act=act)
        for name, who, seconds in script:
            at, number = at + timedelta(seconds=seconds), number + 1
            act = Act(getattr(cast, who), at, f"key-{request.id}-{number}", request.version)
            legal = expected.allows(name, who, at)
            before = request.version, request.state, request.last_event_at
            try:
                with db_session.begin_nested():
                    do(db_session, request, act, cast, name)
            except (NotNow, NotYours):
                assert not legal, (name, who, expected)
                assert (request.version, request.state, request.last_event_at) == before
            else:
                assert legal, (name, who, expected)
                expected.move(name, who, at)
            assert request.state == expected.state, (name, who)
        check_tiling(db_session, request, now=at + timedelta(days=1))
        assert list(differences(db_session)) == []
        db_session.rollback()

    run()


def check_tiling(session, request, *, now):
    """The pieces of a life follow each other from raised to its end, and add up to its age."""
    ledger = replay([as_happening(event) for event in session.scalars(events_of(request.id))])
    end = request.ended_at or now
    pieces = tiles(ledger, now=end)
    if not pieces:
        assert end == request.raised_at
        return
    assert pieces[0][1] == request.raised_at
    assert pieces[-1][2] == end
    assert all(one[2] == other[1] for one, other in pairwise(pieces))
    assert sum((to - start for _, start, to in pieces), timedelta()) == end - request.raised_at
