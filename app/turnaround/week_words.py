"""What the letter about a week says: plain text, calm words, nobody by name."""

from dataclasses import dataclass
from datetime import date

from app.notices.letters import Text
from app.turnaround.figures import Figures, OpenWork
from app.turnaround.kept import Promises
from app.turnaround.statistics import Spread, untold


@dataclass(frozen=True)
class Week:
    """The figures of one team's week, its promises, and where its pages stand."""

    figures: Figures
    promises: Promises
    url: str


def week_words(name: str, week: Week, *, settings_url: str) -> Text:
    """Return the letter to `name`."""
    figures, window = week.figures, week.figures.window
    days = f"{_day(window.first)} to {_day(window.last)}"
    whole = f"{week.url}/turnaround?first={window.first}&last={window.last}"
    body = f"""Hello {name},

this was the week of {figures.team}, {days}.

{_pressing(figures.open)}
{week.url}

{_open(figures.open)}
Came in: {figures.response.raised}. Done: {figures.turnaround.n}.
{_promised(week.promises)}
First answer: {_spread(figures.response.working)}.
Turnaround: {_spread(figures.turnaround.working)}.

All of it, and what each figure means:
{whole}

--
This comes once a week to those who look after {figures.team}.
Change what comes by mail: {settings_url}
"""
    return Text(f"The week of {figures.team}, {days}", body)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _pressing(work: OpenWork) -> str:
    """Say what presses, in the order in which it does."""
    pressing = [
        (work.late_and_silent, "late, and nobody has answered yet"),
        (work.silent - work.late_and_silent, "past the promised first answer"),
        (work.late - work.late_and_silent, "past the due time"),
    ]
    said = [f"{n} {'is' if n == 1 else 'are'} {words}" for n, words in pressing if n]
    return f"First of all: {'; '.join(said)}." if said else "Nothing is late."


def _open(work: OpenWork) -> str:
    if not work.n:
        return "Nothing is open."
    ages = "; ".join(f"{label[0].lower()}{label[1:]}, {n}" for _, label, n in work.ages if n)
    return f"Open now: {work.n}. By age: {ages}."


def _promised(promises: Promises) -> str:
    due = len(promises.all)
    if not due:
        return "No promise came due."
    return (
        f"Promises that came due: {due}; kept {len(promises.kept)}, "
        f"done late {len(promises.late)}, still open {len(promises.open)}."
    )


def _spread(spread: Spread) -> str:
    if spread.median is None or spread.p85 is None:
        return untold(spread.why or "few", spread.n)
    half, most = _hours(spread.median), _hours(spread.p85)
    return f"half within {half} of working time, 85 of 100 within {most} (n = {spread.n})"


def _hours(seconds: int) -> str:
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
