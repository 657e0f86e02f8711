"""The forms of a request's page, each made when the page shows it."""

from collections.abc import Mapping
from typing import Any

import flask
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from app.catalogue.models import PreparedAnswer
from app.catalogue.prepared import filled
from app.db import db
from app.people.models import Draft
from app.people.queries import team_names, teams_of
from app.requests.models import Request
from app.web.acting import ActForm
from app.web.drafts import words_of
from app.web.forms.acts import ACTS, ADDRESSES
from app.web.forms.choosing import people_to_choose, to_choose
from app.web.numbers import as_number
from app.web.render import me
from app.web.turn_view import hoped_for


class ActForms(dict[str, Any]):
    """Forms by the name of their act: fresh, or with the words of their draft."""

    def __init__(self, request: Request, kept: Mapping[str, Draft]) -> None:
        super().__init__()
        self._here = flask.url_for("requests.show", request_id=request.id)
        self.about = request
        self._kept = kept

    def __missing__(self, name: str) -> ActForm:
        """Make the form when it is first asked for."""
        draft = self._draft(name)
        form = ACTS[name](formdata=words_of(draft))
        form.draft = draft
        form.seen.data = self.about.version
        self._fill(form)
        if name == "message":
            _begin_prepared(self.about, form)
        self[name] = form
        return form

    def untouched(self, name: str) -> bool:
        """Say whether the form is empty: it neither came back, nor has a draft or a beginning."""
        begun = name == "message" and "begin" in flask.request.args
        return name not in self and not begun and self._draft(name) is None

    def _draft(self, name: str) -> Draft | None:
        return self._kept.get(f"{self._here}/{ADDRESSES[name]}")

    def take(self, name: str, typed: FlaskForm) -> None:
        """Show `typed` in the place of the form called `name`."""
        self._fill(typed, fresh=False)
        self[name] = typed

    def _fill(self, form: Any, *, fresh: bool = True) -> None:
        """Offer what can be chosen, and a day to begin with."""
        if fresh and "until" in form:
            form.until.data = form.until.data or hoped_for(self.about)
        if "to" in form:
            out = (self.about.requester_id, self.about.holder_id)
            form.to.choices = people_to_choose(self.about.team_id, but=out)
        if "team" in form:
            form.team.choices = _other_teams(self.about)


def act_forms(
    request: Request, kept: Mapping[str, Draft], typed: FlaskForm | None, name: str
) -> ActForms:
    """Return a form per act; `typed` is the one called `name` that came back with its errors."""
    forms = ActForms(request, kept)
    if typed is not None and name in ACTS:
        forms.take(name, typed)
    elif typed is not None:
        forms[name] = typed
    return forms


def _begin_prepared(request: Request, form: Any) -> None:
    """Put a prepared answer of the team after what was typed so far."""
    wanted = flask.request.args.get("begin", type=as_number)
    answer = db.session.get(PreparedAnswer, wanted) if wanted else None
    if answer is None or answer.team_id != request.team_id or answer.team_id not in teams_of(me()):
        return
    words = filled(answer, first_name=request.requester.first_name)
    form.words.data = "\n\n".join(part for part in (form.words.data, words) if part)
    form.bare.data = answer.id


def _other_teams(request: Request) -> list[SelectChoice]:
    teams = team_names(db.session)
    return to_choose(team for team in teams if team.id != request.team_id)
