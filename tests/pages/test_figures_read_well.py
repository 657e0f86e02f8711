"""What a manager reads off the figures: sentences apart, and names that tell things apart."""

import pytest
from freezegun import freeze_time

from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic


@pytest.fixture
def visit(client, db_session, cast):
    made_once(db_session, traffic, cast, 200)

    def go(url):
        with freeze_time(NOW):
            client.sign_in(cast.ivo)
            return client.get(url)

    return go


def test_types_of_the_same_name_are_told_apart_by_their_team(visit, db_session, cast):
    cast.article.name = cast.laptop.name
    db_session.flush()
    names = visit("/turnaround/fair").texts("#waits-by-asker tbody th")
    assert len(names) == len(set(names)) > 4
    assert "Laptop (IT Help): Field Office" in names
    assert "Laptop (Content): Field Office" in names
    ours = visit(f"/turnaround/fair?team={cast.it_help.id}").texts("#waits-by-asker tbody th")
    assert "Laptop: Field Office" in ours


def test_two_sentences_stand_apart(visit, cast):
    page = visit(f"/teams/{cast.it_help.id}/turnaround?days=365")
    [said] = [p for p in page.texts("#first-response p") if "before anybody had answered" in p]
    html = page.one("#first-response figure").decode()
    assert ". " in said
    assert ".<a" not in html


def test_weeks_of_more_than_a_year_are_named_with_their_year(visit, cast):
    long = "first=2024-11-04&last=2026-04-08"
    words = visit(f"/teams/{cast.it_help.id}/turnaround?{long}").texts("#throughput svg > text")
    assert "Nov 2024" in words
    short = visit(f"/teams/{cast.it_help.id}/turnaround?days=90").texts("#throughput svg > text")
    assert "9 Jan" in short


def test_a_year_is_told_by_month_in_drawing_table_lists_and_spreadsheet(visit, cast):
    team = cast.it_help.id
    flow = visit(f"/turnaround/flow?team={team}&days=365")
    overview = visit(f"/teams/{team}/turnaround?days=365")
    assert flow.texts("#throughput figcaption p")[0].startswith("By month;")
    assert overview.texts("#throughput figcaption")[0].startswith("Arrived and done By month,")
    shown = flow.all("#throughput tbody tr")
    assert len(shown) == len(overview.all("#throughput tbody tr")) == 13
    counts = [cell.get_text() for row in shown for cell in row.find_all("td")]
    assert counts == overview.texts("#throughput tbody td")
    assert len(flow.all("#throughput svg a")) == len(overview.all("#throughput svg a")) == 26
    assert "at the end of each month" in flow.texts("#flow figcaption p")[0]
    exported = visit(flow.one("#throughput a[download]")["href"]).html.splitlines()
    assert exported[0] == "Month,Arrived,Done"
    march = flow.all("#throughput svg a")[-4]
    assert march["aria-label"] == f"Arrived, in March 2026: {counts[-4]}"
    assert "Arrived in March 2026" in visit(march["href"]).h1
    march = overview.all("#throughput svg a")[-4]
    assert march["aria-label"] == f"Arrived in March 2026: {counts[-4]}"
    assert f"{counts[-4]} requests of IT Help" in visit(march["href"]).text


def test_bars_of_the_overview_differ_in_more_than_their_colour(visit, cast):
    page = visit(f"/teams/{cast.it_help.id}/turnaround?days=365")
    for figure in ("#stage-times", "#throughput"):
        looks = {rect["class"][0] for rect in page.all(f"{figure} svg a rect[class]")}
        assert len(looks) > 1
        legend = {
            item["class"][0].removeprefix("legend-") for item in page.all(f"{figure} .legend li")
        }
        assert looks <= legend
        woven = {rect["fill"] for rect in page.all(f"{figure} svg a rect[fill^=url]")}
        known = {f"url(#{pattern['id']})" for pattern in page.all(f"{figure} pattern")}
        assert woven == known
        assert len(woven) == len(looks) - 1
    said = page.texts("#stage-times svg a text")
    assert [words.rpartition(" ")[2] for words in said[:3]] == ["waiting", "hand", "paused"]
