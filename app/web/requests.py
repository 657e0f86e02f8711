"""The page of one request."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

import flask
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from app.db import db
from app.handoffs.rules import next_stage
from app.people.drafts import drafts_below
from app.people.models import Draft
from app.people.queries import everybody_by_team, members_of
from app.requests.lists import Line
from app.requests.models import Request
from app.requests.moves import possible
from app.requests.page import Story, story_of
from app.requests.queries import relation
from app.requests.rights import Relation
from app.requests.rules import Kind, Side, State
from app.web.acting import load_request
from app.web.author_view import line_for_author
from app.web.drafts import words_of
from app.web.forms import acts as forms
from app.web.forms.echoes import ChangesForm, NeedsForm, ThanksForm, VerdictForm
from app.web.headers import now
from app.web.piece_view import arriving_from, piece_of
from app.web.render import me, page
from app.web.wording import working_duration
from app.worktime.queries import clock_of

bp = flask.Blueprint("requests", __name__)


# What somebody says swaps the conversation and the turn; the rest of the page stays as it is.
SAID = frozenset({"message", "note"})


@bp.get("/requests/<int:request_id>")
def show(request_id: int) -> Any:
    """Show a request to somebody who may see it."""
    return show_request(load_request(request_id))


def show_request(
    request: Request, *, typed: FlaskForm | None = None, name: str = "", status: int = 200
) -> Any:
    """Render the page; `typed` is the form called `name` that came back with its errors."""
    stands = relation(db.session, request, me())
    story = story_of(db.session, request, stands, now=now())
    can = possible(stands, state=State(request.state), is_held=request.holder_id is not None)
    if arriving_from(request, story) not in (None, me()):
        can &= {Kind.MESSAGE, Kind.NOTE, Kind.WITHDRAWN}
    if next_stage(story.ledger.plan, request.stage) is not None:
        can -= {Kind.DONE}
    piece = piece_of(request, story, stands)
    here = flask.url_for("requests.show", request_id=request.id)
    kept = drafts_below(db.session, me().id, here)
    return page(
        "requests/show.html",
        part="said.html" if name in SAID else None,
        status=status,
        request=request,
        story=story,
        stands=stands,
        can=can,
        forms=_forms(request, can, kept, typed, name),
        opened=name,
        piece=piece,
        piece_line=line_for_author(request, story, piece) if piece else "",
        small=_small_form(kept, typed, name),
        **_turn(request, story, stands),
    )


def _forms(
    request: Request,
    can: Collection[Kind],
    kept: Mapping[str, Draft],
    typed: FlaskForm | None,
    name: str,
) -> dict[str, Any]:
    """Return a form per act, fresh but for the one that came back `typed`."""
    made: dict[str, Any] = {}
    here = flask.url_for("requests.show", request_id=request.id)
    for form_name, form in forms.ACTS.items():
        draft = kept.get(f"{here}/{forms.ADDRESSES[form_name]}")
        made[form_name] = form(formdata=words_of(draft))
        made[form_name].draft = draft
        made[form_name].seen.data = request.version
    if typed is not None:
        made[name] = typed
    made["give"].to.choices = _colleagues(request) if Kind.GIVEN in can else []
    made["handover"].team.choices = _other_teams(request) if Kind.HANDED in can else []
    return made


# The small forms that stand on a page several times, by the end of their addresses.
SMALL = {"verdicts": VerdictForm, "word": ChangesForm, "needs": NeedsForm, "thanks": ThanksForm}


def _small_form(
    kept: Mapping[str, Draft], typed: FlaskForm | None, name: str
) -> Callable[[str, str], FlaskForm]:
    """Return a look-up of small forms by name and address: as typed, as kept, or empty."""

    def form_at(wanted: str, address: str) -> FlaskForm:
        if typed is not None and wanted == name:
            return typed
        draft = kept.get(address)
        form = SMALL[address.rpartition("/")[2]](formdata=words_of(draft))
        form.draft = draft
        return form

    return form_at


def _turn(request: Request, story: Story, stands: Relation) -> dict[str, Any]:
    """Return whose turn it is, the tone of it, and what falls due next with the time left."""
    line = Line(request, story.ledger.visit.due_at, me(), now())
    giver = arriving_from(request, story)
    if giver not in (None, me()):
        return {
            "turn": f"{giver.first_name} is just passing it on.",
            "tone": "theirs",
            "due": None,
            "left": None,
        }
    mine = stands.raised_it if stands.side is Side.ASKING else stands.holds
    if line.late:
        tone = "late"
    elif request.turn_side == Side.NOBODY:
        tone = "done"
    elif mine and request.turn_side == stands.side:
        tone = "yours"
    else:
        tone = "waiting" if request.state == State.WAITING else "theirs"
    due = line.due or (request.due_at if request.is_open else None)
    return {"turn": line.turn, "tone": tone, "due": due, "left": _left(request, due)}


def _left(request: Request, due: datetime | None) -> str | None:
    """Return how much working time is left until `due`, or by how much it is late."""
    if due is None:
        return None
    clock = clock_of(request.team.calendar)
    if due < now():
        return f"{working_duration(clock.between(due, now()))} over the promise"
    return f"{working_duration(clock.between(now(), due))} left"


def _colleagues(request: Request) -> list[SelectChoice]:
    people = db.session.scalars(members_of(request.team_id))
    out = (request.requester_id, request.holder_id)
    return [SelectChoice(p.id, p.name) for p in people if p.id not in out]


def _other_teams(request: Request) -> list[SelectChoice]:
    teams = db.session.scalars(everybody_by_team())
    return [SelectChoice(team.id, team.name) for team in teams if team.id != request.team_id]
