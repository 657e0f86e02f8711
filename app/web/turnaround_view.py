"""What the turnaround pages show beside the figures: addresses, rows of lists, and drawings."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import flask
from markupsafe import Markup

from app.db import db
from app.language import gettext, ngettext, spoken
from app.requests.lists.shown import Shown
from app.requests.models import Request
from app.turnaround import windows
from app.turnaround.charts import LONGEST, NAMED, lying_bars, standing_pairs
from app.turnaround.figures import PARTS, Figures
from app.turnaround.periods import BY, STEPS, Grain, foot_names, within
from app.turnaround.plots import feet
from app.turnaround.rules import PRESETS, Choice
from app.web import filters
from app.web.forms.turnaround import NarrowedForm
from app.web.headers import now
from app.web.numbers import as_number
from app.web.pages import draw

FORMS = 256  # drawn ones that are kept, a few kilobytes each
_drawn: dict[tuple[object, ...], Markup] = {}


def read_form(team_id: int | None) -> NarrowedForm:
    """Return the form as the address fills it, with what a team, or all of them, offer."""
    form = NarrowedForm(flask.request.args)
    form.offer(*windows.offered(db.session, team_id))
    return form


def address_of(choice: Choice, *, elapsed: bool) -> dict[str, Any]:
    """Return what was chosen as the part of an address."""
    if choice.days:
        days: dict[str, Any] = {"days": choice.days}
    elif choice.is_all_time:
        days = {"days": "all"}
    else:
        days = {"first": choice.first, "last": choice.last}
    return days | narrowed_in(choice) | ({"time": "elapsed"} if elapsed else {})


def narrowed_in(choice: Choice) -> dict[str, Any]:
    """Return what a choice is narrowed by as the part of an address."""
    names = {"type": choice.type_id, "asker": choice.asking_team_id, "stage": choice.stage}
    return {name: value for name, value in names.items() if value}


def switches(
    endpoint: str, form: NarrowedForm, choice: Choice, *, elapsed: bool, **values: Any
) -> dict[str, Any]:
    """Return the links to other days and to the other kind of time, everything else kept."""
    address = address_of(choice, elapsed=elapsed) | values
    others = {k: v for k, v in address.items() if k not in ("days", "first", "last")}
    kept = {k: v for k, v in others.items() if k == "time"}
    presets = [(ngettext("%(num)s day", "%(num)s days", days), days) for days in PRESETS]
    same = {k: v for k, v in address.items() if k != "time"}
    return {
        "presets": [
            (words, filters.address(endpoint, days=key, **others), str(key))
            for words, key in (*presets, (gettext("All time"), "all"))
        ],
        "chosen_days": str(address.get("days", "")),
        "times": [
            (gettext("Working time"), filters.address(endpoint, **same), "working"),
            (gettext("Elapsed time"), filters.address(endpoint, time="elapsed", **same), "elapsed"),
        ],
        "chosen_time": "elapsed" if elapsed else "working",
        "narrowing": narrowing(form, filters.address(endpoint, **values), kept),
    }


def narrowing(form: NarrowedForm, action: str, kept: Mapping[str, str]) -> Markup:
    """Return the form that chooses what is counted; the same again is drawn once.

    Five fields take as long as all the figures. One with a mistake in it is drawn anew.
    """
    known = {"form": form, "action": action, "kept": tuple(kept.items())}
    if form.errors:
        return Markup(draw("turnaround/narrowing.html", **known))
    which = (spoken(), action, known["kept"], form.shown())
    if which not in _drawn:
        if len(_drawn) >= FORMS:
            _drawn.clear()
        _drawn[which] = Markup(draw("turnaround/narrowing.html", **known))
    return _drawn[which]


def sources(team_id: int, address: dict[str, Any]) -> dict[str, Any]:
    """Return makers of the links to the list and the table behind a figure.

    A page has a hundred of them, which differ in the key of the figure alone: letters, digits and
    hyphens, which stand in an address as they are.
    """

    def to(name: str) -> Callable[[str], str]:
        known = {"team_id": team_id, "figure": "FIGURE", **address}
        before, _, after = filters.address(f"turnaround.{name}", **known).rpartition("FIGURE")
        return lambda figure: f"{before}{figure}{after}"

    return {"list_of": to("behind"), "csv_of": to("export")}


def after_key(text: str) -> tuple[datetime, int] | None:
    """Return the key after which a list goes on; None, its beginning, when it cannot be read."""
    raised_at, _, request_id = text.partition("~")
    try:
        return datetime.fromisoformat(raised_at).astimezone(UTC), as_number(request_id)
    except (ValueError, OverflowError):
        return None


def row(request: Request | Shown) -> dict[str, Any]:
    """Return a request as a row of a list."""
    asks = gettext(
        "%(team)s asks for: %(type)s", team=request.asking_team.name, type=request.type.name
    )
    return {
        "request": request,
        "url": filters.request_address(request.id),
        "title": request.title,
        "kicker": f"{asks} · #{request.id}",
        "turn": _story_of(request),
        "state": request.state,
        "people": [request.holder] if request.holder else [],
    }


def _story_of(request: Request | Shown) -> str:
    days = ((request.done_at or now()) - request.raised_at).days
    if request.done_at:
        many = ngettext("Done after %(num)s day", "Done after %(num)s days", days)
        return many if days else gettext("Done after less than a day")
    if request.is_open:
        many = ngettext("Open for %(num)s day", "Open for %(num)s days", days)
        return many if days else gettext("Open for less than a day")
    many = ngettext("Raised %(num)s day ago", "Raised %(num)s days ago", days)
    return many if days else gettext("Raised less than a day ago")


def charts(figures: Figures, *, elapsed: bool) -> dict[str, Any]:
    """Return the geometry of the drawings of a team's page."""
    shown = ("elapsed",) if elapsed else PARTS
    medians = {stage: [getattr(stage, name).median for name in shown] for stage in figures.stages}
    known = [stage for stage, each in medians.items() if any(each)]
    pairs = standing_pairs([(period.arrivals, period.completions) for period in figures.periods])
    names = foot_names(figures.window)
    return {
        "ages": lying_bars([[n] for _, _, n in figures.open.ages]),
        "known_stages": known,
        "stages": lying_bars(
            [[median or 0 for median in medians[stage]] for stage in known],
            longest=LONGEST if elapsed else NAMED,
        ),
        "periods": pairs,
        "period_names": feet(names, pairs.places, y=pairs.height - 6),
        "period_words": words_of(figures),
    }


def words_of(figures: Figures) -> dict[str, Any]:
    """Return how the parts of the window are said: what they are, and each of them."""
    grain = Grain(figures.by)
    return {
        "by": gettext(BY[grain]),
        "step": gettext(STEPS[grain]),
        "each": [within(grain, period.first, year=False) for period in figures.periods],
    }
