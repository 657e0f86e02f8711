"""Saying when I am away, and who stands in for me."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.config import Settings
from app.db import db
from app.language import gettext
from app.language.writing import listed
from app.notices.standing_in import ask_to_stand_in
from app.people.absences import WrongAbsence, absences_of, left_alone_by, say_away
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
        return see("absences.away")
    mine = db.session.scalars(absences_of(me(), today=today)).all()
    status = 422 if form.is_submitted() else 200
    return page("people/away.html", status=status, form=form, mine=mine)


def _save(form: AwayForm) -> bool:
    try:
        absence = say_away(
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
    db.session.flush()
    flask.flash(gettext("Saved. The others know now."), "good")
    _tell(absence)
    return True


def _tell(absence: Absence) -> None:
    """Tell who stands in; and remind whoever was to stand in for others on these days."""
    settings: Settings = flask.current_app.extensions["baton"]
    if absence.substitute and settings.mail_server:
        ask_to_stand_in(db.session, absence.substitute, absence, url=settings.address, at=now())
    alone = db.session.scalars(left_alone_by(absence)).all()
    if alone:
        said = gettext(
            "You were to stand in for %(names)s on some of these days; please tell them.",
            names=listed(alone),
        )
        flask.flash(said, "info")


@bp.post("/me/away/<int:absence_id>/end")
def end(absence_id: int) -> Any:
    """I am here after all."""
    absence = db.session.get(Absence, absence_id)
    if absence is None or absence.person_id != me().id:
        flask.abort(404)
    db.session.delete(absence)
    db.session.commit()
    return see("absences.away")
