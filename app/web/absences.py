"""Saying when I am away, and who stands in for me."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.db import db
from app.language import gettext
from app.people.absences import WrongAbsence, absences_of, say_away
from app.people.models import Absence, Person
from app.people.queries import members_of_any, teams_of
from app.web.forms.absences import AwayForm
from app.web.headers import now
from app.web.render import me, page, see
from app.worktime.days import local_day

bp = flask.Blueprint("absences", __name__)


@bp.route("/me/away", methods=["GET", "POST"])
def away() -> Any:
    """Show when I am away, and take more days."""
    form = AwayForm()
    people = db.session.scalars(members_of_any(teams_of(me())))
    names = [SelectChoice(p.id, p.name) for p in people if p.id != me().id]
    form.substitute.choices = [SelectChoice(0, gettext("Nobody in particular")), *names]
    today = local_day(me().zone_at(now()), now())
    if form.is_submitted() and form.validate() and _save(form):
        db.session.commit()
        flask.flash(gettext("Saved. The others know now."), "good")
        return see("absences.away")
    mine = db.session.scalars(absences_of(me(), today=today)).all()
    status = 422 if form.is_submitted() else 200
    return page("people/away.html", status=status, form=form, mine=mine)


def _save(form: AwayForm) -> bool:
    try:
        say_away(
            db.session,
            me(),
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            substitute=db.session.get(Person, form.substitute.data),
            today=local_day(me().zone_at(now()), now()),
        )
    except WrongAbsence as wrong:
        form[wrong.part].errors = [str(wrong)]
        return False
    return True


@bp.post("/me/away/<int:absence_id>/end")
def end(absence_id: int) -> Any:
    """I am here after all."""
    absence = db.session.get(Absence, absence_id)
    if absence is None or absence.person_id != me().id:
        flask.abort(404)
    db.session.delete(absence)
    db.session.commit()
    return see("absences.away")
