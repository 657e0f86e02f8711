"""The pages of deeper figures: each figure whole, each mark a link, each title through the gate."""

import csv
import io
import re

import pytest
from freezegun import freeze_time

from app.turnaround.contents import CHAPTERS
from app.web.chapter_pages import PAGE
from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic

EACH = [key for key in CHAPTERS if key != "pair"]
UNLINKED = {"advice"}  # counts alone, so that nobody can be guessed


@pytest.fixture
def visit(client, db_session, cast):
    """Open an address as somebody, at NOW, among 240 requests between all teams."""
    made_once(db_session, traffic, cast, 240)

    def go(person, url, status=200):
        with freeze_time(NOW):
            client.sign_in(person)
            return client.get(url, status)

    return go


def rows_of(page):
    return list(csv.reader(io.StringIO(page.response.get_data(as_text=True))))


@pytest.mark.parametrize("chapter", EACH)
def test_every_figure_says_what_it_counts_and_is_a_table_too(visit, cast, chapter):
    for query in (f"?team={cast.it_help.id}", f"?type={cast.laptop.id}", ""):
        page = visit(cast.ivo, f"/turnaround/{chapter}{query}")
        assert page.all("figure")
        for figure in page.all("figure"):
            check_figure(figure, visit, cast)


def test_where_spans_are_working_time_its_days_are_explained(visit, cast):
    said = "Eight working hours are called a working day."
    chapter = f"/turnaround/how-long?team={cast.it_help.id}"
    assert said in visit(cast.ivo, f"{chapter}&time=working").text
    assert said not in visit(cast.ivo, f"{chapter}&time=elapsed").text


def check_figure(figure, visit, cast):
    said = [dt.get_text() for dt in figure.select("figcaption dt")]
    assert said == ["Counted", "Unit", "Clock"]
    assert all(dd.get_text(strip=True) for dd in figure.select("figcaption dd"))
    (link,) = figure.select("a[download]")
    exported = rows_of(visit(cast.ivo, link["href"]))
    shown = figure.select("tbody tr")
    assert len(shown) == len(exported) - 1
    assert figure.find("svg") is None or shown
    for row, line in zip(shown, exported[1:], strict=True):
        cells = row.find_all(["th", "td"])
        for cell, value in zip(cells[1:], line[1:], strict=True):
            text = cell.get_text(strip=True)
            if value.isdecimal() and re.fullmatch(r"\d+( %)?", text):
                assert text.removesuffix(" %") == value
    for drawing in figure.select("svg[role=group]"):
        assert drawing.find("title", recursive=False).get_text()
        assert drawing.find("desc", recursive=False).get_text()
        assert drawing.select("circle, rect")
        for mark in drawing.select("a"):
            assert mark["href"].startswith("/")
            assert mark["aria-label"] == mark.find("title").get_text()
    marks = figure.select("svg > circle, svg > rect")
    assert marks == []


@pytest.mark.parametrize("chapter", [key for key in EACH if key not in UNLINKED])
def test_every_count_opens_a_list_of_as_many(visit, cast, chapter):
    page = visit(cast.ivo, f"/turnaround/{chapter}?team={cast.it_help.id}")
    links = [a for a in page.all("td a[href*='of=']") if a.get_text(strip=True).isdecimal()]
    assert links
    for link in links[:: max(len(links) // 8, 1)]:
        behind = visit(cast.ivo, link["href"])
        told = re.search(r"(\d+) requests?\.", behind.text)
        marks = re.search(r"behind (\d+) marks", behind.text)
        assert int((marks or told)[1]) == int(link.get_text())


def test_a_list_goes_on_until_all_were_shown(visit, cast):
    page = visit(cast.ivo, f"/turnaround/expect/list?team={cast.it_help.id}&of=raised-all&days=all")
    n, titles, pages = int(re.search(r"(\d+) requests", page.text)[1]), [], 1
    titles += page.texts(".row-title a")
    while page.all(".pager a"):
        page = visit(cast.ivo, page.one(".pager a")["href"])
        titles += page.texts(".row-title a")
        pages += 1
    assert len(titles) == n > PAGE
    assert pages == -(-n // PAGE)


def test_a_stranger_reads_the_figures_and_opens_only_what_is_theirs(visit, cast):
    team = cast.it_help.id
    mine = visit(cast.ivo, f"/turnaround/now?team={team}")
    theirs = visit(cast.lou, f"/turnaround/now?team={team}")
    assert mine.texts("#open-work td") == theirs.texts("#open-work td")
    assert "Between other people" in theirs.text
    assert "Between other people" not in mine.text
    opened = [a["href"] for a in theirs.all('svg a[href^="/requests/"], #oldest th a')]
    for address in opened:
        visit(cast.lou, address)
    listed = visit(cast.lou, f"/turnaround/now/list?team={team}&of=open")
    assert "the others are between other people and only counted" in listed.text
    exported = rows_of(visit(cast.lou, f"/turnaround/now/oldest.csv?team={team}"))
    numbers = [row[0] for row in exported]
    assert numbers.count("") == theirs.texts("#oldest th").count("Between other people") > 0


def test_a_pair_of_teams_turns_the_other_way(visit, cast):
    one, other = cast.it_help.id, cast.field_office.id
    page = visit(cast.ivo, f"/turnaround/pair?team={one}&other={other}")
    turned = visit(cast.ivo, page.link("The other way round"))
    assert page.texts("#volume thead th")[1:] == turned.texts("#volume thead th")[:0:-1]
    for row, back in zip(page.all("#volume tbody tr"), turned.all("#volume tbody tr"), strict=True):
        texts = [cell.get_text(strip=True) for cell in row.find_all("td")]
        assert texts == [cell.get_text(strip=True) for cell in back.find_all("td")][::-1]
    between = visit(cast.ivo, f"/turnaround/between?team={one}")
    assert visit(cast.ivo, between.link("Field Office")).h1 == page.h1


def test_switch_and_filters_stay_and_change_the_figures(visit, cast):
    team = cast.it_help.id
    page = visit(cast.ivo, f"/turnaround/expect?team={team}&days=365")
    elapsed = visit(cast.ivo, page.link("Elapsed time"))
    assert elapsed.texts("nav.tabs a[aria-current]")[-2:] == ["A year", "Elapsed time"]
    assert "elapsed time" in elapsed.one("#expectation figcaption").get_text()
    assert page.texts("#expectation .stat-value") != elapsed.texts("#expectation .stat-value")
    asked = visit(cast.ivo, f"/turnaround/expect?team={team}&asker={cast.finance.id}")
    few = int(asked.texts("#expectation tbody tr:last-child td")[0])
    assert 0 < few < int(page.texts("#expectation tbody tr:last-child td")[0])
    assert f"asker={cast.finance.id}" in asked.link("How long")
    assert asked.one("#choosing input[name=first]").get("value", "") == ""  # 90 days stay 90 days
    everybody = visit(cast.ivo, f"/turnaround/fair?team={team}")
    kept = visit(cast.ivo, asked.link("Fair"))  # not offered there, so it changes nothing
    assert kept.texts("#overtaking td") == everybody.texts("#overtaking td")


def test_a_stage_narrows_how_long_in_part_and_promises_not_at_all_and_both_say_so(visit, cast):
    team, idle = f"team={cast.content.id}", "Chosen on another page, and without effect here: "
    page = visit(cast.ada, f"/turnaround/how-long?{team}&stage=work")
    for figure in ("first-response", "next-response", "done"):
        said = page.texts(f"#{figure} figcaption dd")[0]
        assert said.endswith("; whole requests, whatever the stage")
    assert "only at the stage “work”" in page.one("#stage-times figcaption").get_text()
    assert idle not in page.text
    kept = visit(cast.ada, page.link("Promises"))
    assert "stage=work" in kept.url
    assert f"{idle}Stage." in kept.text
    assert kept.one("#choosing details").get("open") is None
    both = visit(cast.ada, f"/turnaround/fair?{team}&stage=work&asker={cast.finance.id}")
    assert f"{idle}Who asks, Stage." in both.text


@pytest.mark.parametrize(
    "query", ["?team=987", "?team=x", "?type=987", "?team=1&other=1", "?team=" + "9" * 400]
)
def test_what_there_is_not_is_missing(visit, cast, query):
    chapter = "pair" if "other" in query else "now"
    visit(cast.ivo, f"/turnaround/{chapter}{query}", 404)
    visit(cast.ivo, f"/turnaround/now/list?team={cast.it_help.id}&of=nothing", 404)
    visit(cast.ivo, f"/turnaround/now/nothing.csv?team={cast.it_help.id}", 404)


def test_a_wrong_choice_is_answered_beside_its_field(visit, cast):
    url = f"/turnaround/now?team={cast.it_help.id}"
    page = visit(cast.ivo, f"{url}&first=2026-03-02&last=2026-03-01", 422)
    assert "The last day lies before the first." in page.texts(".field-error")[0]
    page = visit(cast.ivo, f"{url}&asker=nobody", 422)
    assert page.texts(".field-error")
    visit(cast.ivo, f"/turnaround/now/list?team={cast.it_help.id}&of=open&after=x~y")


def test_groups_under_five_people_are_not_timed(client, cast, db_session, visit):
    for member in [m for m in db_session.query(type(cast.ivo)) if m.name.endswith("of IT Help")]:
        member.is_active = False
    db_session.commit()
    page = visit(cast.ivo, f"/turnaround/expect?team={cast.it_help.id}")
    assert "too few people" in page.text
    assert page.all("#expectation .stat") == []
