"""Events that older code wrote say less, and mean what they meant then."""

from datetime import UTC, datetime, timedelta

import pytest

from app.requests.life.history import replay
from app.requests.life.ledger import Happening
from app.requests.rules import Kind, Side, State

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KIM, IVO, IDA = 1, 2, 3
DUE, LATER = AT + timedelta(days=1), AT + timedelta(days=2)
RAISED = {"stage": "work", "team": 5, "asking_team": 6, "due": DUE.isoformat()}
WAITS = {"waiting_on": "requester"}


def lived(*told):
    """Return the ledger of a laptop that Kim asked for and Ivo works on, after (kind, data)."""
    events = [
        (Kind.RAISED, KIM, Side.ASKING, RAISED),
        (Kind.STARTED, IVO, Side.PROVIDING, {}),
        *((kind, IVO, Side.PROVIDING, data) for kind, data in told),
    ]
    return replay(
        Happening(AT + timedelta(hours=hour), kind, by, side, data)
        for hour, (kind, by, side, data) in enumerate(events)
    )


@pytest.mark.parametrize(("data", "holder"), [({}, IVO), ({"holder": IDA}, IDA)])
def test_a_reopening_that_names_nobody_went_to_who_did_it(data, holder):
    assert lived((Kind.DONE, {}), (Kind.REOPENED, data)).visit.holder_id == holder


@pytest.mark.parametrize(("data", "due"), [({}, DUE), ({"due": LATER.isoformat()}, LATER)])
def test_done_during_a_pause_moved_nothing(data, due):
    assert lived((Kind.PAUSED, WAITS), (Kind.DONE, data)).due_at == due


def test_taking_a_merging_back_ended_its_pause():
    merged = (Kind.PAUSED, WAITS), (Kind.MERGED, {"into": 9})
    older = lived(
        *merged, (Kind.UNMERGED, {"from": 9}), (Kind.HANDED, {"stage": "work", "team": 7})
    )
    assert older.open_pause is None
    newer = lived(*merged, (Kind.UNMERGED, {"from": 9, "as_it_was": True}))
    assert (newer.state, newer.open_pause.ended_by) == (State.WAITING, None)
