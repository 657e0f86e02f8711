"""An offer as whoever asks for it reads it: what the team says now, and nothing it took back."""

import pytest

from app.catalogue.offered import PLAIN, find_offer

pytestmark = pytest.mark.both


def test_it_says_what_the_team_says(db_session, cast):
    for said in (cast.laptop, cast.article):
        offer = find_offer(db_session, said.id)
        for name in (*(column.key for column in PLAIN), "team_id", "questions"):
            assert getattr(offer, name) == getattr(said, name), name
        assert offer.clock.plan == said.clock.plan
        assert (offer.team.id, offer.team.name) == (said.team.id, said.team.name)
        assert (offer.stages, offer.checklist) == (said.stages, said.checklist)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda laptop: setattr(laptop, "name", "Notebook"), lambda o: o.name == "Notebook"),
        (lambda laptop: setattr(laptop, "fields", []), lambda o: o.questions == ()),
        (
            lambda laptop: setattr(laptop.team, "name", "Helpers"),
            lambda o: o.team.name == "Helpers",
        ),
        (
            lambda laptop: setattr(
                laptop.team.calendar, "plan", laptop.team.calendar.plan | {"tz": "Asia/Tokyo"}
            ),
            lambda o: o.clock.plan.zone == "Asia/Tokyo",
        ),
    ],
)
def test_a_change_is_read_at_once(db_session, cast, change, said):
    assert not said(find_offer(db_session, cast.laptop.id))
    change(cast.laptop)
    assert said(find_offer(db_session, cast.laptop.id))


def test_what_is_offered_no_more_and_what_never_was_is_none(db_session, cast):
    cast.laptop.is_active = False
    assert find_offer(db_session, cast.laptop.id) is None
    assert find_offer(db_session, 4711) is None
