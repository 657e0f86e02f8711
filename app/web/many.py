"""Moving several requests of a team at once: look first, then do, with a word for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import flask
from sqlalchemy.orm import joinedload

from app.catalogue.queries import find_team
from app.db import db
from app.handoffs.actions import hand_to_team
from app.language import gettext, gettext_noop
from app.people.models import Person, Team
from app.people.queries import everybody_by_team, teams_of
from app.requests.acts.work import claim, give, take_over
from app.requests.lists.team import queue
from app.requests.models import Request
from app.requests.queries import visible_to
from app.requests.record.keys import AlreadyDone
from app.requests.record.recording import Act
from app.requests.rules import NotNow, NotYours, Stale
from app.web.forms.choosing import away_words, people_to_choose, to_choose
from app.web.forms.many import ManyForm
from app.web.headers import now
from app.web.render import me, page

bp = flask.Blueprint("many", __name__, url_prefix="/teams/<int:team_id>/many")
PAGE = 50
WOULD = gettext_noop("%(before)s has it now; it would go to %(after)s.")
DID = gettext_noop("%(after)s has it now; %(before)s had it before.")
Do = Callable[[Request, Act], None]


@dataclass(frozen=True)
class Row:
    """One request, and what became of it, or would become; `words` say why it stays, if it does."""

    id: int
    title: str
    requester: str
    fate: str
    done: bool = True
    words: str = ""


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
    looked, (to, act) = form.step.data != "do", _act_of(form)
    fate = WOULD if looked else DID
    rows = [_row(request, act, _act_key(form, request), fate, to) for request in _chosen(form)]
    if not looked:
        db.session.commit()
    else:
        db.session.rollback()  # it was a look, nothing more
        team = _load_team(team_id)
    away = away_words(_person(form)) if looked and form.act.data == "give" else ""
    return page("teams/moved.html", team=team, form=form, rows=rows, looked=looked, away=away)


def _row(request: Request, act: Do, key: Act, fate: str, to: str) -> Row:
    """Do it in a bracket of its own, so that one refusal leaves the others alone."""
    has_it = request.holder.name if request.holder else request.team.name
    stays = gettext("%(holder)s has it.", holder=has_it)
    about = (request.id, request.title, request.requester.name)
    try:
        with db.session.begin_nested():
            act(request, key)
    except AlreadyDone:
        return Row(*about, stays)
    except Stale:
        return Row(*about, stays, done=False, words=gettext("Somebody moved it meanwhile."))
    except (NotNow, NotYours) as reason:
        return Row(*about, stays, done=False, words=str(reason))
    return Row(*about, gettext(fate, before=has_it, after=to))


def _act_of(form: ManyForm) -> tuple[str, Do]:
    """Return to whom each of the chosen ones goes, and the one act that it goes through."""
    if form.act.data == "give":
        person = _person(form)
        return person.name, lambda request, act: _give(request, person, act)
    if form.act.data == "hand":
        team = db.session.get(Team, form.team.data or 0) or flask.abort(404)
        note = (form.note.data or "").strip()
        hand = partial(hand_to_team, db.session, to=team, note=note)
        return team.name, lambda request, act: hand(request, act=act)
    return me().name, lambda request, act: claim(db.session, request, act=act)


def _person(form: ManyForm) -> Person:
    return db.session.get(Person, form.to.data or 0) or flask.abort(404)


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
    names = (joinedload(Request.requester), joinedload(Request.holder), joinedload(Request.team))
    query = visible_to(me()).where(Request.id.in_(ids)).order_by(Request.id)
    return db.session.scalars(query.options(*names)).all()


def _form(team: Team) -> ManyForm:
    form = ManyForm()
    others = db.session.scalars(everybody_by_team())
    form.to.choices = people_to_choose(team.id)
    form.team.choices = to_choose(each for each in others if each.id != team.id)
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
