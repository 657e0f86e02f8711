"""The table of all teams: whole like any figure, and the same wherever it is read."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.models import Request
from app.requests.queries import visible_to
from app.worktime.models import Calendar
from tests.support.cast import OFFICE_HOURS
from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic


@pytest.fixture
def visit(client, db_session, cast):
    made_once(db_session, traffic, cast, 200)

    def go(url, person=None, status=200):
        with freeze_time(NOW):
            client.sign_in(person or cast.ivo)
            return client.get(url, status)

    return go


def rows_of(page):
    return list(csv.reader(io.StringIO(page.response.get_data(as_text=True))))


def cells_of(row):
    return [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]


def test_it_says_what_it_counts_and_how(visit):
    page = visit("/turnaround?time=elapsed")
    assert page.texts("figcaption dt") == ["Counted", "Unit", "Clock"]
    assert page.texts("figcaption dd") == [
        "Open now; raised, and done, in these days",
        "requests, and elapsed time",
        "days and hours of each team",
    ]
    assert "By nearest rank" in page.one("#definitions").get_text()


@pytest.mark.parametrize("query", ["days=90", "days=30&time=elapsed&asker={finance}"])
def test_each_number_of_a_team_opens_its_list(visit, cast, query):
    query = query.format(finance=cast.finance.id)
    page = visit(f"/turnaround?{query}")
    *teams, together = page.all("#teams tbody tr")
    assert [row.find("th").get_text() for row in teams] == [
        *("Content", "Field Office", "Finance", "IT Help")
    ]
    for row in teams:
        assert all(cell.find("a") for cell in row.find_all("td")[:4])
        for link in row.select("td a"):
            assert query.partition("&")[0] in link["href"]
    for link in teams[-1].select("td a")[:4]:
        behind = visit(link["href"])
        assert int(re.search(r"(\d+) requests? of IT Help", behind.text)[1]) == int(link.get_text())
    assert together.find("th").find("a") is None, "they have no page of their own"
    assert int(cells_of(together)[1]) == sum(int(cells_of(row)[1]) for row in teams)


@pytest.mark.parametrize(
    "query", ["days=365", "days=90&time=elapsed&asker={finance}", "days=365&stage=work"]
)
def test_each_number_of_all_teams_together_opens_its_list(visit, cast, query):
    query = query.format(finance=cast.finance.id)
    together = visit(f"/turnaround?{query}").all("#teams tbody tr")[-1]
    links = [cell.find("a") for cell in together.find_all("td")]
    assert all(links)
    for link in (*links[:4], links[-1]):
        number, listed, behind = int(link.get_text()), set(), visit(link["href"])
        said = re.search(
            r"(\d+) requests? of all teams together, each by its own days", behind.text
        )
        assert int(said[1]) == number > 0
        mine = re.search(r"You may open (\d+) of them", behind.text)
        listed |= {a["href"] for a in behind.all("main .row-title a")}
        while more := behind.all("nav.pager a"):
            behind = visit(more[0]["href"])
            listed |= {a["href"] for a in behind.all("main .row-title a")}
        assert len(listed) == (int(mine[1]) if mine else number)


def test_the_list_of_all_teams_names_only_what_its_reader_may_open(visit, db_session, cast):
    done = "/turnaround/teams/list?figure=turnaround&days=7"
    seen = {}
    for person in (cast.ivo, cast.eve):
        page = visit(done, person)
        seen[person] = {a["href"] for a in page.all("main .row-title a")}
        may_open = visible_to(person).where(Request.done_at >= NOW - timedelta(days=6))
        for request in db_session.scalars(
            may_open.where(Request.done_at < NOW - timedelta(days=1))
        ):
            assert f"/requests/{request.id}" in seen[person]
        assert "others are between other people and only counted" in page.text
    assert seen[cast.ivo] - seen[cast.eve], "what is theirs alone"
    for key in ("silent", "stage-work", "arrivals-2026-03-02", "nothing", ""):
        visit(f"/turnaround/teams/list?figure={key}", status=404)


def test_the_list_of_all_teams_holds_the_days_of_each(visit, db_session, cast):
    """Where one team's day begins half a day sooner, its list and its part of this one agree."""
    plan = OFFICE_HOURS | {"tz": "Pacific/Auckland"}
    cast.it_help.calendar = Calendar(name="Far away", plan=plan)
    db_session.commit()
    *teams, together = visit("/turnaround?first=2026-03-10&last=2026-03-11").all("#teams tbody tr")
    for column in (3, 4):
        link = together.find_all("td")[column - 1].find("a")
        number = sum(int(cells_of(row)[column]) for row in teams)
        assert number == int(link.get_text()) > 0
        assert f"{number} request" in visit(link["href"]).text


def test_shares_and_times_of_few_are_not_told(visit):
    content, _, finance, _, _ = visit("/turnaround?days=7").all("#teams tbody tr")
    assert cells_of(finance)[5:] == [*["too few (0)"] * 3, "0"]
    n = cells_of(content)[4]
    assert int(n) < 20
    assert cells_of(content)[5:] == [*[f"too few ({n})"] * 3, n]
    together = cells_of(visit("/turnaround?days=365").all("#teams tbody tr")[-1])
    assert together[-2].endswith(" %")
    assert together[-1] == together[4], "all of what is done could be confirmed"


def test_the_same_as_a_table_for_a_spreadsheet_and_for_programs(visit, app):
    page = visit("/turnaround?days=365")
    exported = rows_of(visit(page.one("#teams a[download]")["href"]))
    assert exported[0][5:] == [
        *("Half within (seconds)", "85 % within (seconds)", "Confirmed (percent)"),
        "Confirmed, n",
    ]
    for row, line in zip(page.all("#teams tbody tr"), exported[1:], strict=True):
        assert cells_of(row)[:5] == line[:5]
    with freeze_time(NOW):
        told = app.test_cli_runner().invoke(args=["report", "teams", "--days", "365"]).stdout
    document = json.loads(told)
    assert document["columns"] == exported[0]
    assert [[str(cell) for cell in row] for row in document["rows"]] == exported[1:]
    assert document["window"]["last"] == "2026-04-08"
