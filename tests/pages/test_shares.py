"""A share is told from twenty on, with its n, and only of what could have gone either way."""

import pytest
from freezegun import freeze_time
from sqlalchemy import select, update

from app.requests.models import Request
from tests.support.calm_week import HOW_MANY, calm_week
from tests.support.crowds import crowd
from tests.support.looking import LOOKS, WEEK

CONFIRMED = 10


@pytest.fixture
def look(client, db_session, cast):
    """Look at the week of IT Help when so many of the forty came from another tool's log."""
    crowd(db_session, cast)
    calm_week(db_session, cast, unanswered=3)

    def go(imported, url):
        ids = list(db_session.scalars(select(Request.id).order_by(Request.id)))
        log, said_yes = ids[:imported], ids[imported : imported + CONFIRMED]
        from_log = {"source": "a log", "source_ref": Request.title}
        db_session.execute(update(Request).where(Request.id.in_(log)).values(**from_log))
        db_session.execute(update(Request).where(Request.id.in_(said_yes)).values(outcome="yes"))
        db_session.commit()
        with freeze_time(LOOKS):
            client.sign_in(cast.ida)
            return client.get(f"{url}?{WEEK}")

    return go


@pytest.mark.parametrize(
    ("imported", "said"),
    [(0, "25 %"), (20, "50 %"), (21, "too few (19)"), (HOW_MANY, "too few (0)")],
)
def test_team_by_team_the_confirmed_are_told_of_those_who_could_confirm(look, imported, said):
    page = look(imported, "/turnaround")
    for team in ("IT Help", "All teams together"):
        [row] = [row for row in page.all("tbody tr") if row.th.get_text(strip=True) == team]
        cells = [cell.get_text(strip=True) for cell in row.select("td")]
        assert cells[-2:] == [said, str(HOW_MANY - imported)]
    assert "what came from another tool’s log is not counted in" in page.text


def test_the_overview_says_the_same_share(look, cast):
    team = f"/teams/{cast.it_help.id}/turnaround"
    page = look(20, team)
    assert "10 with yes, 0 in part: 50 % of 20" in page.text
    assert (
        "Not counted in: 20 from another tool’s log, which nobody here could confirm." in page.text
    )
    page = look(21, team)
    assert "with yes, 0 in part: too few to give a share (n = 19" in page.text


def test_a_stage_is_said_to_mean_open_work_and_visits_alone(look, client, cast):
    look(0, "/turnaround")
    whole = "Of whole requests, whatever the stage chosen."
    for url in (f"/teams/{cast.it_help.id}/turnaround", "/turnaround"):
        with freeze_time(LOOKS):
            plain, narrowed = client.get(f"{url}?{WEEK}"), client.get(f"{url}?{WEEK}&stage=work")
        assert "the stage “work”" not in plain.text
        assert whole not in plain.text
        assert "what is at the stage “work” now" in narrowed.text
    with freeze_time(LOOKS):
        page = client.get(f"/teams/{cast.it_help.id}/turnaround?{WEEK}&stage=work")
        empty = client.get(f"/teams/{cast.it_help.id}/turnaround?{WEEK}&stage=editor")
    assert "Only what is at the stage “editor” now." in empty.one("#open-work").get_text()
    for figure in ("first-response", "done-work", "throughput"):
        assert whole in page.one(f"#{figure} figcaption").get_text()
