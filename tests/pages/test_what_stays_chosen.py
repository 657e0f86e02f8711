"""What somebody chose on one page of figures stays chosen on the others."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from freezegun import freeze_time

from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic

TABS = "nav.tabs[aria-label='Pages of figures'] a"


@pytest.fixture
def visit(client, db_session, cast):
    made_once(db_session, traffic, cast, 60)

    def go(url, status=200):
        with freeze_time(NOW):
            client.sign_in(cast.ivo)
            return client.get(url, status)

    return go


def query_of(address):
    return dict(parse_qsl(urlsplit(address).query))


def test_from_the_overview_of_a_team_to_every_chapter_and_back(visit, cast):
    chosen = {
        "days": "30",
        "time": "elapsed",
        "stage": "work",
        "type": str(cast.laptop.id),
        "asker": str(cast.finance.id),
    }
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    overview = visit(f"/teams/{cast.it_help.id}/turnaround?{query}")
    tabs = [link["href"] for link in overview.all(TABS)]
    assert len(tabs) == 9
    for address in tabs[1:]:
        assert query_of(address) == chosen | {"team": str(cast.it_help.id)}
        back = visit(address).all(TABS)[0]["href"]
        assert query_of(back) == chosen
    again = visit(back)
    assert again.texts("figure td") == overview.texts("figure td")


def test_from_all_teams_to_every_chapter_and_back(visit, cast):
    chosen = {"first": "2026-03-01", "last": "2026-03-31", "time": "elapsed"}
    page = visit("/turnaround?first=2026-03-01&last=2026-03-31&time=elapsed")
    for link in page.all(TABS)[1:]:
        assert query_of(link["href"]) == chosen
    back = visit(page.link("Flow")).link("Team by team")
    assert query_of(back) == chosen
    assert visit(back).texts("tbody td") == page.texts("tbody td")


def test_a_type_of_one_team_is_nothing_to_all_teams(visit, cast):
    page = visit(f"/teams/{cast.it_help.id}/turnaround?days=30&type={cast.laptop.id}")
    assert query_of(page.link("All teams")) == {"days": "30"}
    visit(page.link("All teams"))


def test_from_a_pair_to_each_team_and_from_a_type_to_everybody(visit, cast):
    one, other = cast.it_help, cast.content
    kept = "days=7&time=elapsed"
    page = visit(f"/turnaround/pair?team={one.id}&other={other.id}&type={cast.laptop.id}&{kept}")
    for link, team in zip(page.all(".page-actions a")[1:], (one, other), strict=True):
        leads = query_of(link["href"])
        chosen = {"days": "7", "time": "elapsed", "type": str(cast.laptop.id)}
        assert leads == chosen | {"team": str(team.id)}
        visit(link["href"])
    page = visit(f"/turnaround/now?type={cast.laptop.id}&{kept}")
    assert query_of(page.link("Everybody")) == {"days": "7", "time": "elapsed"}


def test_a_type_stays_with_the_team_that_offers_it_and_the_other_says_that_it_cannot(visit, cast):
    one, other, laptop = cast.it_help, cast.content, cast.laptop
    pair = f"/turnaround/pair?team={one.id}&other={other.id}&type={laptop.id}&days=all"
    ours, theirs = (visit(a["href"]) for a in visit(pair).all(".page-actions a")[1:])
    said = f"Content does not offer “{laptop.name}”, which was chosen before"

    assert ours.one("select[name=type] option[selected]").get_text() == laptop.name
    assert said not in ours.text
    whole = visit(f"/turnaround/between?team={one.id}&days=all")
    assert ours.texts("#handoffs td") != whole.texts("#handoffs td")

    assert said in theirs.text
    assert theirs.all("select[name=type] option[selected]") == []
    whole = visit(f"/turnaround/between?team={other.id}&days=all")
    assert theirs.texts("#handoffs td") == whole.texts("#handoffs td")
    assert said not in whole.text
    links = [a["href"] for a in theirs.all("main a") if "/turnaround/" in a["href"]]
    assert len(links) > 9
    assert not any("type=" in link for link in links)
    visit(f"/turnaround/between?team={other.id}&type=999999", 422)


def test_an_address_kept_long_ago_still_narrows(visit, cast):
    now, then = (
        visit(f"/teams/{cast.it_help.id}/turnaround?{name}={cast.finance.id}")
        for name in ("asker", "asking")
    )
    assert then.texts("figure td") == now.texts("figure td")
    assert then.one("select[name=asker] option[selected]").get_text() == "Finance"
