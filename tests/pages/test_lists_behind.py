"""Behind each number of a team's overview stands its list, and the list is as long as it says."""

import re
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import State
from tests.support.lives import NOW, live

SECTIONS = ("open-work", "first-response", "done-work", "stage-times", "throughput")


@pytest.fixture
def open_page(client, db_session, cast):
    live(db_session, cast, 240)
    done = db_session.scalars(
        select(Request).where(Request.team_id == cast.content.id, Request.state == State.DONE)
    ).all()
    for number, request in enumerate(done):
        if number % 3:
            request.state, request.ended_at = State.CONFIRMED, NOW
        if number % 3 == 2:
            request.source = f"log {number}"
    its = Request.team_id == cast.content.id
    silent = db_session.scalar(select(Request).where(its, Request.state == State.IN_WORK))
    silent.first_response_at = None
    silent.respond_by = silent.due_at = NOW - timedelta(days=1)
    left = StageVisit.left_at.is_not(None), StageVisit.stage == "editor"
    for visit in db_session.scalars(select(StageVisit).where(*left).limit(3)):
        visit.round = 2
    db_session.commit()

    def go(url):
        with freeze_time(NOW):
            client.sign_in(cast.ada)
            return client.get(url)

    return go


def length_of(page):
    said = re.search(r"(\d+) requests? of ", page.text)
    visits = re.search(r"(\d+) visits among them", page.text)
    return int((visits or said)[1])


@pytest.mark.parametrize("query", ["days=365", "days=30&time=elapsed", "days=90&stage=editor"])
def test_each_number_of_the_overview_opens_a_list_of_its_length(open_page, cast, query):
    page = open_page(f"/teams/{cast.content.id}/turnaround?{query}")
    numbers = {}
    for section in SECTIONS:
        for link in page.all(f"#{section} a"):
            number = re.match(r"\d+", link.get_text())
            is_time = link.find_parent("svg") or link.find_parent(class_="stat-value")
            if number and not is_time and "/turnaround/list" in link["href"]:
                numbers[link["href"]] = int(number[0])
    assert len(numbers) > 25
    for url, number in numbers.items():
        assert length_of(open_page(url)) == number, url


def test_no_number_of_the_overview_is_without_its_list(open_page, cast):
    page = open_page(f"/teams/{cast.content.id}/turnaround?days=365")
    behind = {re.search("figure=([^&]*)", a["href"])[1] for a in page.all("a[href*='/list?']")}
    assert behind >= {
        *("answered", "confirmable", "from-a-log", "unspoken", "open-late-silent"),
        *("arrivals", "completions", "stage-editor-begun", "stage-editor-again"),
        *(f"stage-editor-{part}" for part in ("waiting", "in-hand", "paused")),
    }
    for section in SECTIONS:
        for cell in page.all(f"#{section} td.num"):
            is_count = cell.get_text(strip=True).isdigit() and not cell.find_parent("table").find(
                "caption", string=["Turnaround", "First response"]
            )
            assert not is_count or cell.find("a"), (section, cell)


def test_the_overview_leads_to_where_paused_time_is_told_apart(open_page, cast):
    page = open_page(f"/teams/{cast.content.id}/turnaround?days=365")
    link = page.one("#stage-times figcaption a")
    told = open_page(link["href"])
    assert "/turnaround/how-long" in link["href"]
    assert "days=365" in link["href"]
    assert link["href"].endswith("#stage-times")
    names = told.texts("#stage-times tbody th")
    assert any("requester" in name for name in names)
    assert any("third" in name or "others" in name for name in names)
