"""The turnaround pages as people see them: figures, lists, exports, and what the gate keeps."""

import csv
import io

import pytest
from freezegun import freeze_time

from app.catalogue.rules import Visibility
from app.requests.models import Party, Request
from app.turnaround.queries import team_story
from app.turnaround.rules import Choice
from app.web.exports import neutral
from app.web.figure_lists import PAGE
from tests.support.lives import NOW, live
from tests.support.once import made_once

MARCH = "first=2026-03-01&last=2026-03-31"


@pytest.fixture
def visit(client, db_session, cast):
    """Open an address of IT Help as somebody, at NOW, among 200 requests."""
    made_once(db_session, live, cast, 200)

    def go(person, path="", status=200):
        with freeze_time(NOW):
            client.sign_in(person)
            return client.get(f"/teams/{cast.it_help.id}/turnaround{path}", status)

    return go


@pytest.fixture
def figures(visit, db_session, cast):
    return team_story(db_session, cast.it_help, Choice(90), now=NOW).figures


def read(page):
    return list(csv.DictReader(io.StringIO(page.response.get_data(as_text=True))))


def test_open_work_comes_first_and_every_figure_can_be_opened_and_taken_along(visit, cast):
    page = visit(cast.ivo)
    assert page.texts("h2")[0] == "Open now"
    for figure in page.all("figure"):
        assert figure.find("figcaption").get_text(strip=True)
        assert figure.find("table").find("caption")
        addresses = [link["href"] for link in figure.find_all("a")]
        assert any("/list?" in address for address in addresses)
        assert any(".csv?" in address for address in addresses)
    for drawing in page.all("svg[role=group]"):
        assert drawing.find("title", recursive=False).get_text()
        assert drawing.find("desc", recursive=False).get_text()
        assert all(bar.find_parent("a") for bar in drawing.select("a rect, svg > rect"))
    assert len(page.all("svg[role=group]")) == 3


def test_the_page_shows_the_figures(visit, figures, cast):
    page = visit(cast.ivo)
    ages = [int(cell) for cell in page.texts("#open-work td.num")]
    assert ages == [n for _, _, n in figures.open.ages]
    assert page.texts("#throughput tfoot td") == [
        str(sum(week.arrivals for week in figures.periods)),
        str(sum(week.completions for week in figures.periods)),
    ]
    assert page.texts("#done-work td.num")[2] == str(figures.turnaround.n)
    assert f"{figures.turnaround.confirmed} with yes" in page.text


def test_every_link_of_the_page_leads_somewhere_with_as_many_requests(visit, client, figures, cast):
    page = visit(cast.ivo)
    base = f"/teams/{cast.it_help.id}/turnaround"
    for link in page.all("#open-work td a, #throughput td a"):
        rows = read(visit(cast.ivo, "/" + _csv_of(link["href"].removeprefix(base))))
        assert len(rows) == int(link.get_text())


def _csv_of(address):
    query = dict(pair.split("=") for pair in address.partition("?")[2].split("&"))
    return f"{query['figure']}.csv?days={query['days']}"


def test_a_list_goes_on_page_by_page_until_all_were_shown(visit, figures, cast, client):
    page = visit(cast.ivo, "/list?figure=turnaround&days=90")
    titles, pages = page.texts(".row-title a"), 1
    while page.all(".pager a"):
        with freeze_time(NOW):
            page = client.get(page.one(".pager a")["href"])
        titles += page.texts(".row-title a")
        pages += 1
    assert len(titles) == len(set(titles)) == figures.turnaround.n > PAGE
    assert pages == -(-figures.turnaround.n // PAGE)


def test_a_stranger_reads_the_figures_but_only_opens_what_is_theirs(visit, cast):
    page = visit(cast.lou, "/list?figure=turnaround&days=90")
    mine = len(page.texts(".row-title a"))
    assert f"You may open {mine} of them" in page.text
    rows = read(visit(cast.lou, "/turnaround.csv?days=90"))
    assert sum(bool(row["title"]) for row in rows) == mine
    assert all(bool(row["title"]) == bool(row["request"]) for row in rows)
    assert 0 < mine < len(rows) == len(read(visit(cast.ivo, "/turnaround.csv?days=90")))


def test_nothing_of_a_confidential_request_is_named(visit, db_session, cast):
    for request in db_session.query(Request):
        request.visibility = Visibility.CONFIDENTIAL
    db_session.query(Party).filter(Party.team_id != cast.it_help.id).delete()
    db_session.flush()
    page = visit(cast.ada)
    assert "=Request" not in page.html
    assert "counted here but not named" in page.text
    assert "=Request" not in visit(cast.ada, "/throughput.csv?days=90").html


def test_a_spreadsheet_runs_nothing(visit, cast):
    rows = read(visit(cast.ivo, "/turnaround.csv?days=90"))
    assert all(row["title"].startswith("'=Request") for row in rows)
    for start in "=+-@\t\r\n":
        assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert [neutral(-1), neutral(None), neutral("1-1")] == [-1, None, "1-1"]


def test_the_numbers_of_the_export_are_those_of_the_page(visit, figures, cast):
    rows = read(visit(cast.ivo, "/turnaround.csv?days=90"))
    working = sorted(int(row["working_s"]) for row in rows)
    elapsed = sorted(int(row["elapsed_s"]) for row in rows)
    rank = -(-len(rows) // 2) - 1
    told = figures.turnaround
    assert (working[rank], elapsed[rank]) == (told.working.median, told.elapsed.median)
    stage = read(visit(cast.ivo, "/stage-work.csv?days=90"))
    assert len(stage) == next(s.n for s in figures.stages if s.stage == "work")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?first=2026-03-01", "Please give both the first and the last day."),
        ("?first=2026-03-02&last=2026-03-01", "The last day lies before the first."),
        ("?first=soon&last=2026-03-01", "Not a valid date value."),
    ],
)
def test_days_that_make_no_sense_are_answered_beside_the_field(visit, cast, query, sentence):
    assert sentence in visit(cast.ivo, query, 422).texts(".field-error")[0]


@pytest.mark.parametrize("query", ["?days=8", "?days=9" + "9" * 400, "?days="])
def test_a_number_of_days_that_is_not_offered_is_the_usual_one(visit, cast, query):
    assert visit(cast.ivo, query).texts("#window h2") == ["The last 90 days"]


@pytest.mark.parametrize("after", ["x~y", "0001-01-01~1", "~", "2026-01-01T00:00~" + "9" * 99])
def test_a_place_in_a_list_that_cannot_be_read_harms_nobody(visit, cast, after):
    visit(cast.ivo, f"/list?figure=turnaround&after={after}")


def test_few_requests_are_too_few_to_say(visit, cast):
    assert "too few to say (n = 0)" in visit(cast.ivo, "?first=2025-01-01&last=2025-01-02").text


@pytest.mark.parametrize("path", ["/list?figure=nothing", "/list", "/nothing.csv"])
def test_a_figure_that_is_none_is_not_found(visit, cast, path):
    visit(cast.ivo, path, 404)


def test_all_teams_stand_side_by_side_in_reading_order(visit, client, figures, cast):
    visit(cast.eve)
    with freeze_time(NOW):
        page = client.get("/turnaround")
    names = ["Content", "Field Office", "Finance", "IT Help"]
    assert page.texts("tbody th") == [*names, "All teams together"]
    row = page.all("tbody tr")[names.index("IT Help")]
    cells = [cell.get_text() for cell in row.find_all("td")]
    assert cells[:2] == [str(figures.open.n), str(figures.open.late)]
    assert cells[3] == str(figures.turnaround.n)


@pytest.mark.parametrize("figure", ["turnaround", "throughput", "stage-work"])
def test_a_table_is_read_piece_by_piece_and_nothing_is_twice_or_left_out(
    visit, cast, monkeypatch, figure
):
    address = f"/{figure}.csv?days=365"
    whole = visit(cast.ivo, address).html
    monkeypatch.setattr("app.turnaround.behind.CHUNK", 7)
    assert visit(cast.ivo, address).html == whole
    assert whole.count("\n") > 30
