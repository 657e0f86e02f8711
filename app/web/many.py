"""Moving several requests of a team at once: look first, then do, with a word for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.catalogue.queries import find_team
from app.db import db
from app.handoffs.actions import hand_to_team
from app.language import gettext
from app.people.models import Person, Team
from app.people.queries import everybody_by_team, members_of, teams_of
from app.requests.acts.work import claim, give, take_over
from app.requests.lists.team import queue
from app.requests.models import Request
from app.requests.queries import visible_to
from app.requests.record.keys import AlreadyDone
from app.requests.record.recording import Act
from app.requests.rules import NotNow, NotYours, Stale
from app.web.forms.many import ManyForm
from app.web.headers import now
from app.web.render import me, page

bp = flask.Blueprint("many", __name__, url_prefix="/teams/<int:team_id>/many")
PAGE = 50


@dataclass(frozen=True)
class Row:
    """What became of one request, or would become of it."""

    request: Request
    title: str
    done: bool
    words: str


@bp.get("")
def choose(team_id: int) -> Any:
    """Show what is open, to choose from."""
    team = _load_team(team_id)
    return _page(team, _form(team))


@bp.post("")
def move(team_id: int) -> Any:
    """Show what would become of each, or do it."""
    team = _load_team(team_id)
    form = _form(team)
    if not form.validate():
        return _page(team, form, status=422)
    act = _act_of(form)
    rows = [_row(request, act, _act_key(form, request)) for request in _chosen(form)]
    if form.step.data == "do":
        db.session.commit()
    else:
        db.session.rollback()  # it was a look, nothing more
        team = _load_team(team_id)
    return page("teams/moved.html", team=team, form=form, rows=rows, looked=form.step.data != "do")


def _row(request: Request, act: Callable[[Request, Act], None], key: Act) -> Row:
    """Do it in a bracket of its own, so that one refusal leaves the others alone."""
    title = request.title
    try:
        with db.session.begin_nested():
            act(request, key)
    except AlreadyDone:
        return Row(request, title, True, gettext("Done."))
    except Stale:
        return Row(request, title, False, gettext("Somebody moved it meanwhile."))
    except (NotNow, NotYours) as reason:
        return Row(request, title, False, str(reason))
    return Row(request, title, True, gettext("Done."))


def _act_of(form: ManyForm) -> Callable[[Request, Act], None]:
    """Return the one act that each of the chosen ones goes through."""
    if form.act.data == "give":
        person = db.session.get(Person, form.to.data or 0) or flask.abort(404)
        return lambda request, act: _give(request, person, act)
    if form.act.data == "hand":
        team = db.session.get(Team, form.team.data or 0) or flask.abort(404)
        note = (form.note.data or "").strip()
        return lambda request, act: hand_to_team(db.session, request, to=team, note=note, act=act)
    return lambda request, act: claim(db.session, request, act=act)


def _give(request: Request, person: Person, act: Act) -> None:
    """To oneself it is taking over; to a colleague, giving."""
    if person.id != me().id:
        give(db.session, request, to=person, act=act)
    elif request.holder_id is None:
        claim(db.session, request, act=act)
    else:
        take_over(db.session, request, act=act)


def _act_key(form: ManyForm, request: Request) -> Act:
    seen = dict(form.numbers())[request.id]
    return Act(me(), now(), f"{form.key.data[:40]}-{request.id}", seen)


def _chosen(form: ManyForm) -> Sequence[Request]:
    """Return those of the chosen that I may see, in the order in which rows are locked."""
    ids = [number for number, _ in form.numbers()]
    query = visible_to(me()).where(Request.id.in_(ids)).order_by(Request.id)
    return db.session.scalars(query).all()


def _form(team: Team) -> ManyForm:
    form = ManyForm()
    people = db.session.scalars(members_of(team.id))
    others = db.session.scalars(everybody_by_team())
    form.to.choices = [SelectChoice(person.id, person.name) for person in people]
    form.team.choices = [SelectChoice(each.id, each.name) for each in others if each.id != team.id]
    return form


def _page(team: Team, form: ManyForm, status: int = 200) -> Any:
    found = queue(db.session, me(), team.id, view="open", at=now(), limit=PAGE)
    return page("teams/many.html", status=status, team=team, form=form, lines_shown=found.lines)


def _load_team(team_id: int) -> Team:
    """Return a team to its members."""
    team = find_team(db.session, team_id) or flask.abort(404)
    if team.id not in teams_of(me()):
        flask.abort(403)
    return team
