"""The time until the first answer is one number on all pages, and the unanswered count in it."""

import json

import pytest

from tests.support.calm_week import HOW_MANY
from tests.support.it_desk import NEXT_MON, at
from tests.support.looking import CLOCKS, LOOKS, THREE, WEEK, in_hours, said
from tests.support.recount import least_by_kaplan_meier, stories

UNANSWERED = 9


@pytest.fixture
def unanswered():
    return UNANSWERED


def known(week, time, now=LOOKS):
    """Count anew from the raw events: within which seconds so many were answered; None unknown."""
    answered, without = [], []
    for story in stories(week.session):
        replies, end = story.said("providing"), story.end()[1] or now
        until = replies[0] if replies else end
        elapsed = int((until - story.raised).total_seconds())
        took = week.clock.between(story.raised, until) if time == "working" else elapsed
        (answered if replies else without).append(took)
    assert (len(answered), len(without)) == (HOW_MANY, UNANSWERED)
    ranks = [least_by_kaplan_meier(answered, without, percent) for percent in THREE]
    assert ranks[0] > sorted(answered)[HOW_MANY // 2 - 1], "the unanswered make it longer"
    return ranks, max(answered + without)


def in_words(time, seconds, longest):
    return said(time, seconds) if seconds is not None else f"more than {said(time, longest)}"


@pytest.mark.parametrize("time", CLOCKS)
def test_the_overview_and_the_list_behind_it(week, time):
    ranks, longest = known(week, time)
    words = [in_words(time, seconds, longest) for seconds in ranks[:2]]
    team = f"/teams/{week.cast.it_help.id}/turnaround"
    page = week.page(f"{team}?{WEEK}")
    first = 0 if time == "working" else 2
    assert page.texts("#first-response .stat-value")[first : first + 2] == words
    row = 0 if time == "working" else 3
    everything = str(HOW_MANY + UNANSWERED)
    assert page.texts("#first-response td.num")[row : row + 3] == [*words, everything]
    assert f"{everything} requests raised in these days, {HOW_MANY} of them answered" in page.text
    rows = week.table(f"{team}/response.csv?{WEEK}")
    assert len(rows) == HOW_MANY + UNANSWERED
    assert sum(not row["first_response_at"] for row in rows) == UNANSWERED


@pytest.mark.parametrize("time", CLOCKS)
def test_the_report_as_json_and_as_text(week, time):
    ranks, longest = known(week, time)
    told = json.loads(week.report("turnaround", "--format", "json"))
    ours = [team for team in told["teams"] if team["team"] == "IT Help"]
    n = HOW_MANY + UNANSWERED
    for figures in (*ours, told["together"]):
        spread = {"n": n, "median": ranks[0], "p85": ranks[1], "why": None, "longest": longest}
        assert figures["response"][time] == spread
    half, most = (
        f"more than {in_hours(longest)}" if seconds is None else in_hours(seconds)
        for seconds in ranks[:2]
    )
    line = f"  First response, {time}: median {half}, 85 % within {most} (n = {n})"
    assert line in week.report("turnaround", "--team", "IT Help").splitlines()


def test_the_letter_to_the_lead(week):
    (half, most, _), longest = known(week, "working", at(NEXT_MON, "09:00"))  # when it was written
    until = f"within {in_hours(most)}" if most else f"only after more than {in_hours(longest)}"
    line = f"First answer: half within {in_hours(half)} of working time, 85 of 100 {until} (n = "
    assert f"{line}{HOW_MANY + UNANSWERED})." in week.letter.splitlines()


@pytest.mark.parametrize("time", CLOCKS)
def test_the_chapter_as_page_table_and_report(week, time):
    ranks, longest = known(week, time)
    n = HOW_MANY + UNANSWERED
    for scope in (f"team={week.cast.it_help.id}", f"type={week.cast.laptop.id}", ""):
        address = f"{WEEK}&time={time}&{scope}"
        row = week.page(f"/turnaround/how-long?{address}").all("#first-response tbody tr")[-1]
        cells = [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        words = [in_words(time, seconds, longest) for seconds in ranks]
        assert cells == ["Together", str(n), str(2 * UNANSWERED // 3), *words]
    told = json.loads(week.report("how-long", "--time", time, "--team", "IT Help"))["figures"][0]
    said_so = [f"more than {longest}" if at is None else at for at in ranks]
    assert told["rows"][-1][1:] == [n, 2 * UNANSWERED // 3, *said_so]
