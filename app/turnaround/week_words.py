"""What the letter about a week says: plain text, calm words, nobody by name."""

from dataclasses import dataclass

from app.language import gettext, ngettext
from app.language.writing import day_of_month, inside
from app.notices.letters import Text, foot, hello
from app.turnaround.figures import Figures, OpenWork
from app.turnaround.kept import Promises
from app.turnaround.statistics import Spread


@dataclass(frozen=True)
class Week:
    """The figures of one team's week, its promises, and where its pages stand."""

    figures: Figures
    promises: Promises
    url: str


def week_words(name: str, week: Week, *, settings_url: str) -> Text:
    """Return the letter to `name`."""
    figures, window = week.figures, week.figures.window
    team = figures.team
    first, last = day_of_month(window.first), day_of_month(window.last)
    days = gettext("%(first)s to %(last)s", first=first, last=last)
    counts = "\n".join(
        (
            _open(figures.open),
            _came(figures),
            _promised(week.promises),
            gettext("First answer: %(spread)s.", spread=_spread(figures.response.working)),
            gettext("Turnaround: %(spread)s.", spread=_spread(figures.turnaround.working)),
        )
    )
    means = gettext("All of it, and what each figure means:")
    whole = f"{week.url}/turnaround?first={window.first}&last={window.last}"
    why = gettext("This comes once a week to those who look after %(team)s.", team=team)
    body = "\n\n".join(
        (
            hello(name),
            gettext("This was the week of %(team)s, %(days)s.", team=team, days=days),
            f"{_pressing(figures.open)}\n{week.url}",
            counts,
            f"{means}\n{whole}",
            foot(why, settings_url),
        )
    )
    return Text(gettext("The week of %(team)s, %(days)s", team=team, days=days), body)


def _pressing(work: OpenWork) -> str:
    """Say what presses, in the order in which it does."""
    silent, late = work.silent - work.late_and_silent, work.late - work.late_and_silent
    said = [
        words
        for n, words in (
            (work.late_and_silent, _late_and_silent(work.late_and_silent)),
            (silent, _silent(silent)),
            (late, _late(late)),
        )
        if n
    ]
    if not said:
        return gettext("Nothing is late.")
    return gettext("First of all: %(what)s.", what="; ".join(said))


def _late_and_silent(n: int) -> str:
    return ngettext(
        "%(num)s is late, and nobody has answered yet",
        "%(num)s are late, and nobody has answered yet",
        n,
    )


def _silent(n: int) -> str:
    return ngettext(
        "%(num)s is past the promised first answer", "%(num)s are past the promised first answer", n
    )


def _late(n: int) -> str:
    return ngettext("%(num)s is past the due time", "%(num)s are past the due time", n)


def _open(work: OpenWork) -> str:
    if not work.n:
        return gettext("Nothing is open.")
    ages = "; ".join(f"{inside(gettext(label))}, {n}" for _, label, n in work.ages if n)
    return gettext("Open now: %(n)s. By age: %(ages)s.", n=work.n, ages=ages)


def _came(figures: Figures) -> str:
    raised, done = figures.response.raised, figures.turnaround.n
    return gettext("Came in: %(raised)s. Done: %(done)s.", raised=raised, done=done)


def _promised(promises: Promises) -> str:
    due = len(promises.all)
    if not due:
        return gettext("No promise came due.")
    return gettext(
        "Promises that came due: %(due)s; kept %(kept)s, done late %(late)s, still open %(open)s.",
        due=due,
        kept=len(promises.kept),
        late=len(promises.late),
        open=len(promises.open),
    )


def _spread(spread: Spread) -> str:
    if spread.why:
        return _untold(spread)
    longest = _hours(spread.longest or 0)
    if spread.median is None:
        return gettext(
            "half only after more than %(longest)s of working time (n = %(n)s)",
            longest=longest,
            n=spread.n,
        )
    half = _hours(spread.median)
    if spread.p85 is None:
        return gettext(
            "half within %(half)s of working time, 85 of 100 only after more than %(longest)s "
            "(n = %(n)s)",
            half=half,
            longest=longest,
            n=spread.n,
        )
    most = _hours(spread.p85)
    return gettext(
        "half within %(half)s of working time, 85 of 100 within %(most)s (n = %(n)s)",
        half=half,
        most=most,
        n=spread.n,
    )


def _untold(spread: Spread) -> str:
    """Say what `statistics.untold` says, in the language of the letter."""
    if spread.why == "crowd":
        return gettext("too few people to say")
    return gettext("too few to say (n = %(n)s)", n=spread.n)


def _hours(seconds: int) -> str:
    hours = gettext("%(hours)s h", hours=seconds // 3600)
    padded = f"{seconds % 3600 // 60:02}"
    minutes = gettext("%(minutes)s min", minutes=padded)
    return f"{hours} {minutes}"
