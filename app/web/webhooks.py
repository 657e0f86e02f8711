"""A team's webhooks: made, looked after and ended by its lead."""

from typing import Any

import flask

from app.catalogue.queries import find_team
from app.db import db
from app.language import gettext
from app.people.models import Team
from app.people.queries import leads
from app.web.acting import ActForm
from app.web.drafts import forget_here
from app.web.forms.programs import WebhookForm
from app.web.headers import now
from app.web.render import me, page, see
from app.webhooks import actions
from app.webhooks.models import Delivery, Webhook
from app.webhooks.queries import last_deliveries, webhooks_of
from app.webhooks.rules import WrongAddress, why_not

bp = flask.Blueprint("webhooks", __name__, url_prefix="/teams/<int:team_id>/webhooks")
SHOWN = 50


@bp.route("", methods=["GET", "POST"])
def webhooks(team_id: int) -> Any:
    """Show the team's webhooks, and make one; its secret is shown this once."""
    team, form = _load_team(team_id), WebhookForm()
    made = _make(team, form) if form.is_submitted() and form.validate() else None
    status = 422 if form.is_submitted() and made is None else 200
    if made is not None:
        forget_here()
        db.session.commit()
        form = WebhookForm(formdata=None)
    known = db.session.scalars(webhooks_of(team.id)).all()
    answer = page(
        "teams/webhooks.html", status=status, team=team, form=form, known=known, made=made
    )
    if made is not None:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _make(team: Team, form: WebhookForm) -> Webhook | None:
    allowed = flask.current_app.extensions["baton"].webhooks_allow_private
    try:
        return actions.make_webhook(
            db.session,
            team,
            address=form.address.data.strip(),
            events=form.events.data,
            by=me(),
            form_key=form.key.data,
            plain=bool(allowed),
            at=now(),
        )
    except WrongAddress as wrong:
        form.address.errors = [str(wrong)]
        return None


@bp.get("/<int:webhook_id>")
def deliveries(team_id: int, webhook_id: int) -> Any:
    """Show what was sent lately, and what came of it."""
    team, webhook = _load(team_id, webhook_id)
    sent = last_deliveries(db.session, webhook, limit=SHOWN)
    return page("teams/deliveries.html", team=team, webhook=webhook, sent=sent, why_not=why_not)


@bp.post("/<int:webhook_id>/deliveries/<int:delivery_id>/again")
def send_again(team_id: int, webhook_id: int, delivery_id: int) -> Any:
    """Send one of them once more."""
    _, webhook = _load(team_id, webhook_id)
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None or delivery.webhook_id != webhook.id:
        flask.abort(404)
    actions.send_again(delivery, at=now())
    db.session.commit()
    flask.flash(gettext("It is on its way again."), "good")
    return see("webhooks.deliveries", team_id=team_id, webhook_id=webhook_id)


@bp.route("/<int:webhook_id>/renewal", methods=["GET", "POST"])
def renew(team_id: int, webhook_id: int) -> Any:
    """Say what a new secret means, and make one; it is shown this once."""
    team, webhook = _load(team_id, webhook_id)
    form, secret = ActForm(), None
    if form.is_submitted() and form.validate():
        secret = actions.renew_secret(db.session, webhook, form_key=form.key.data, at=now())
        db.session.commit()
    status = 422 if form.is_submitted() and secret is None else 200
    answer = page(
        "teams/secret.html", status=status, team=team, webhook=webhook, form=form, secret=secret
    )
    if secret is not None:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<int:webhook_id>/end")
def end(team_id: int, webhook_id: int) -> Any:
    """Send it nothing any more."""
    _, webhook = _load(team_id, webhook_id)
    actions.end_webhook(db.session, webhook, at=now())
    db.session.commit()
    flask.flash(gettext("It hears nothing any more."), "good")
    return see("webhooks.webhooks", team_id=team_id)


def _load_team(team_id: int) -> Team:
    """Return a team to its lead."""
    team = find_team(db.session, team_id) or flask.abort(404)
    if not leads(me(), team.id):
        flask.abort(403)
    return team


def _load(team_id: int, webhook_id: int) -> tuple[Team, Webhook]:
    team, webhook = _load_team(team_id), db.session.get(Webhook, webhook_id)
    if webhook is None or webhook.team_id != team.id or webhook.ended_at is not None:
        flask.abort(404)
    return team, webhook
