"""One figure in every place that says it: the same number, to the second, on both engines."""

import json
from datetime import datetime

import pytest

from app.web.wording import duration, working_duration
from tests.support.calm_week import HOW_MANY
from tests.support.looking import CLOCKS, WEEK, in_hours, said
from tests.support.recount import stories

SHEETS = (("flow", "scatter"), ("how-long", "done"), ("expect", "expectation"))


@pytest.mark.parametrize("time", CLOCKS)
def test_the_overview_its_rows_and_the_table_of_all_teams(week, time):
    half, most = week.ranks(time, (50, 85))
    team = f"/teams/{week.cast.it_help.id}/turnaround"
    page = week.page(f"{team}?{WEEK}")
    first = 0 if time == "working" else 2
    words = [said(time, half), said(time, most)]
    assert page.texts("#done-work .stat-value")[first : first + 2] == words
    row = 0 if time == "working" else 3
    assert page.texts("#done-work td.num")[row : row + 3] == [*words, str(HOW_MANY)]

    rows = week.table(f"{team}/turnaround.csv?{WEEK}")
    assert sorted(int(row[f"{time}_s"]) for row in rows) == week.spans(time)

    everybody = week.page(f"/turnaround?{WEEK}&time={time}")
    rows = everybody.all("#teams tbody tr")
    [ours] = [row for row in rows if row.th.get_text(strip=True) == "IT Help"]
    for row in (ours, rows[-1]):
        assert [cell.get_text(strip=True) for cell in row.select("td")][3:6] == [
            str(HOW_MANY),
            *words,
        ]


@pytest.mark.parametrize("time", CLOCKS)
def test_the_report_as_json_and_as_text(week, time):
    half, most = week.ranks(time, (50, 85))
    told = json.loads(week.report("turnaround", "--format", "json"))
    ours = [team for team in told["teams"] if team["team"] == "IT Help"]
    for figures in (*ours, told["together"]):
        spread = {"n": HOW_MANY, "median": half, "p85": most, "why": None, "longest": None}
        assert figures["turnaround"][time] == spread
    line = f"median {in_hours(half)}, 85 % within {in_hours(most)} (n = {HOW_MANY})"
    text = week.report("turnaround", "--team", "IT Help")
    assert f"  Turnaround, {time}: {line}" in text.splitlines()


def test_the_letter_to_the_lead(week):
    half, most = week.ranks("working", (50, 85))
    assert (
        f"Turnaround: half within {in_hours(half)} of working time, 85 of 100 within "
        f"{in_hours(most)} (n = {HOW_MANY})." in week.letter.splitlines()
    )


@pytest.mark.parametrize("time", CLOCKS)
@pytest.mark.parametrize(("chapter", "sheet"), SHEETS)
def test_the_chapters_as_page_table_and_report(week, chapter, sheet, time):
    ranks = week.ranks(time)
    cast = week.cast
    scopes = (f"team={cast.it_help.id}", f"type={cast.laptop.id}", "")
    for scope in scopes:
        address = f"{WEEK}&time={time}&{scope}"
        row = week.page(f"/turnaround/{chapter}?{address}").all(f"#{sheet} tbody tr")[-1]
        cells = [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        assert cells[:2] == ["Together", str(HOW_MANY)]
        words = [said(time, seconds) for seconds in ranks]
        assert words == [cell for cell in cells if cell in words]
        last = week.table(f"/turnaround/{chapter}/{sheet}.csv?{address}")[-1]
        names = ("Half within", "85 % within", "95 % within")
        assert [int(last[f"{name} (seconds)"]) for name in names] == ranks
    for narrow in (["--team", "IT Help"], ["--type", "Laptop"], []):
        told = json.loads(week.report(chapter, "--time", time, *narrow))
        [figure] = [each for each in told["figures"] if each["figure"] == sheet]
        at = figure["columns"].index("Half within (seconds)")
        assert figure["rows"][-1][1] == HOW_MANY
        assert figure["rows"][-1][at : at + 3] == ranks


def test_the_form_before_asking(week):
    page = week.page(f"/ask/types/{week.cast.laptop.id}")
    half, most = week.ranks("elapsed", (50, 85))
    assert f"Half of the last {HOW_MANY} were done after {duration(half)} (" in page.text
    assert f"85 in 100 were done after {duration(most)} (" in page.text
    for seconds in week.ranks("working", (50, 85)):
        assert f"({working_duration(seconds)}" in page.text


def test_the_share_of_promises_kept(week):
    promised = [
        (story.end()[1], datetime.fromisoformat(story.events[0][2]["due"]))
        for story in stories(week.session)
    ]
    kept = sum(done <= due for done, due in promised)
    assert 0 < kept < HOW_MANY
    counts = [HOW_MANY, kept, HOW_MANY - kept, 0]
    percent = (200 * kept + HOW_MANY) // (2 * HOW_MANY)
    come, held, late, still = counts
    line = f"Promises that came due: {come}; kept {held}, done late {late}, still open {still}."
    assert line in week.letter.splitlines()

    it_help, office = week.cast.it_help.id, week.cast.field_office.id
    for scope in (f"team={it_help}", f"type={week.cast.laptop.id}", ""):
        row = week.page(f"/turnaround/promises?{WEEK}&{scope}").all("#promises tbody tr")[-1]
        cells = [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        assert cells == ["Done", *map(str, counts), f"{percent} %"]
        last = week.table(f"/turnaround/promises/promises.csv?{WEEK}&{scope}")[-1]
        assert list(last.values()) == ["Done", *map(str, counts), str(percent)]
    told = json.loads(week.report("promises", "--team", "IT Help"))["figures"][0]
    assert told["rows"][-1] == ["Done", *counts, percent]
    pair = week.page(f"/turnaround/pair?{WEEK}&team={office}&other={it_help}")
    [row] = [r for r in pair.all("#held tbody tr") if "Done when promised" in r.get_text()]
    assert [cell.get_text(strip=True) for cell in row.find_all("td")] == [
        *(f"{percent} %", str(HOW_MANY)),
        *("too few (0)", "0"),
    ]
