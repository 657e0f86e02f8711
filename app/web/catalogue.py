"""Asking for something: which team, which of its offers, and the form."""

from collections.abc import Sequence
from email.utils import parseaddr
from functools import partial
from typing import Any

import flask

from app.attachments.actions import send_files
from app.attachments.models import Attachment
from app.catalogue.models import RequestType
from app.catalogue.offered import OnOffer, find_offer
from app.catalogue.queries import by_department, find_team, offers
from app.catalogue.questions import FieldKind
from app.config import Settings
from app.db import db
from app.language import gettext
from app.notices.tokens import ask_address
from app.people.queries import everybody_by_team, people_called
from app.requests.acts.raising import raise_request
from app.requests.lists.similar import similar as similar_to
from app.requests.models import Request
from app.requests.record.keys import refuse_repeat
from app.turnaround.outlook import in_line, lately
from app.web.files import keep_posted, kept_here
from app.web.forms.catalogue import AskForm, ask_form
from app.web.headers import now
from app.web.origin import carry_origin, link_with_origin, origin_of
from app.web.render import me, page, see
from app.worktime.opening import opening
from app.worktime.queries import clock_of

bp = flask.Blueprint("catalogue", __name__)
bp.url_defaults(carry_origin)

ALIKE_SHOWN = 3


@bp.get("/ask")
def choose_team() -> Any:
    """Show every team with what it offers, or those that the words find."""
    words = flask.request.args.get("q", "").strip()[:100]
    departments = by_department(db.session.scalars(offers()), words)
    return page("catalogue/choose_team.html", part="_teams.html", q=words, departments=departments)


@bp.get("/ask/<int:team_id>")
def choose_type(team_id: int) -> Any:
    """Show what one team offers."""
    team = find_team(db.session, team_id) or flask.abort(404)
    offered = list(db.session.scalars(offers().where(RequestType.team_id == team_id)))
    return page(
        "catalogue/choose_type.html",
        team=team,
        offered=offered,
        hours=opening(clock_of(team.calendar), now()),
    )


def _form(offered: OnOffer) -> tuple[AskForm, Sequence[Attachment], list[str]]:
    """Return the form, the files that are kept with it, and why some are not taken."""
    fields, here, wrong = offered.questions, flask.request.path, []
    with_teams = any(field.kind is FieldKind.TEAM for field in fields)
    teams = db.session.scalars(everybody_by_team()).all() if with_teams else []
    form = ask_form(offered, me(), [team.name for team in teams])
    form.known_people = partial(people_called, db.session)
    asks_files = [field for field in fields if field.kind is FieldKind.FILE]
    if not asks_files:
        return form, [], []
    if flask.request.files:
        refuse_repeat(db.session, me(), form.key.data or "")
        wrong = keep_posted(here, {f"answer_{field.key}": field.key for field in asks_files})
        db.session.commit()
    kept = kept_here(here)
    form.files = {f.key: [k.name for k in kept if k.field == f.key] for f in asks_files}
    return form, kept, wrong


@bp.route("/ask/types/<int:type_id>", methods=["GET", "POST"])
def fill_in(type_id: int) -> Any:
    """Show the form of one offer with what may be expected; raise the request."""
    offered = find_offer(db.session, type_id) or flask.abort(404)
    origin = origin_of()
    form, kept, wrong = _form(offered)
    if not wrong and form.validate_on_submit():
        raised = raise_request(db.session, offered, form.wish(), act=form.talk())
        send_files(db.session, kept, raised, None)
        link_with_origin(raised, origin)
        return _raised(raised, offered)
    return page(
        "catalogue/fill_in.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        kept=kept,
        wrong=wrong,
        origin=origin,
        offered=offered,
        **_expectation(offered),
    )


@bp.get("/ask/types/<int:type_id>/similar")
def similar(type_id: int) -> Any:
    """Show what may have been asked already, of what I may see."""
    offered = find_offer(db.session, type_id) or flask.abort(404)
    title = flask.request.args.get("title", "").strip()[:200]
    lines = similar_to(
        db.session, me(), title, team_id=offered.team_id, at=now(), limit=ALIKE_SHOWN
    )
    return page(
        "catalogue/similar.html", part="_similar.html", offered=offered, title=title, alike=lines
    )


def _raised(request: Request, offered: OnOffer) -> Any:
    # The first stage may be another team's.
    team = offered.team if request.team_id == offered.team_id else request.team
    flask.flash(gettext("Your request is with %(team)s now.", team=team.name), "good")
    answer = see("requests.show", request_id=request.id)
    db.session.commit()  # last: after it the row would be read once more
    return answer


def _expectation(offered: OnOffer) -> dict[str, Any]:
    """Return what somebody may expect who asks for this now."""
    return {
        "recent": lately(db.session, offered.id, at=now()),
        "line": in_line(db.session, offered.team_id),
        "hours": opening(offered.clock, now()),
        "by_mail": _mail_address(offered),
    }


def _mail_address(offered: OnOffer) -> str:
    """Return the address at which I may ask for this by mail, "" where no mail is taken."""
    settings: Settings = flask.current_app.extensions["baton"]
    if not settings.mailbox:
        return ""
    return ask_address(
        parseaddr(settings.mailbox)[1],
        type_id=offered.id,
        person_id=me().id,
        secret=settings.secret_key,
    )
