"""What stands around the table of all teams: its sheet, its addresses, the switches."""

from typing import Any

from app.db import db
from app.turnaround import queries
from app.turnaround.lives import Time
from app.turnaround.rules import CROWD, MIN_N, Choice, Window
from app.turnaround.sheets import Sheet
from app.turnaround.side_by_side import TOGETHER, side_by_side
from app.web import filters
from app.web.forms.turnaround import NarrowedForm
from app.web.headers import now
from app.web.turnaround_view import address_of, switches


def told(choice: Choice, time: Time) -> tuple[Sheet, Window]:
    """Return the table of all teams for what was chosen, and its days."""
    lines, together = queries.all_lines(db.session, choice, now=now())
    return side_by_side(lines, together, time, stage=choice.stage), together.window


def frame(form: NarrowedForm, choice: Choice) -> dict[str, Any]:
    """Return what the page shows around the table."""
    elapsed = form.is_elapsed
    address = address_of(choice, elapsed=elapsed)

    def list_of(key: str) -> str:
        team_id, _, figure = key.partition("-")
        if team_id == TOGETHER:
            return filters.address("together.behind", figure=figure, **address)
        known = {"team_id": int(team_id), **address}
        if figure == "page":
            return filters.address("turnaround.team", **known)
        return filters.address("turnaround.behind", figure=figure, **known)

    return {
        "basis": {"time": form.clock},
        "days": address,
        "list_of": list_of,
        "csv_of": lambda _: filters.address("turnaround.export_all", **address),
        "least": MIN_N,
        "crowd": CROWD,
        **switches("turnaround.everybody", form, choice, elapsed=elapsed),
    }
