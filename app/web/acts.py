"""The acts on a request: each loads and authorises, calls one action, commits once."""

from typing import Any

import flask

from app.db import db
from app.handoffs.actions import hand_to_team, say_done
from app.people.models import Person, Team
from app.requests.acts import settling, work
from app.requests.models import Request
from app.requests.rules import Outcome, WaitingOn
from app.web.answering import act_on

bp = flask.Blueprint("acts", __name__, url_prefix="/requests/<int:request_id>")


@bp.post("/claims")
def create_claim(request_id: int) -> Any:
    """Take it up."""
    return act_on(request_id, "click", lambda r, f: work.claim(db.session, r, act=f.act()))


@bp.post("/takeovers")
def create_takeover(request_id: int) -> Any:
    """Take it over from a colleague."""
    return act_on(request_id, "click", lambda r, f: work.take_over(db.session, r, act=f.act()))


@bp.post("/gifts")
def create_gift(request_id: int) -> Any:
    """Give it to a colleague."""

    def give(request: Request, form: Any) -> None:
        to = db.session.get(Person, form.to.data or 0) or flask.abort(404)
        work.give(db.session, request, to=to, act=form.act())

    return act_on(request_id, "give", give)


@bp.post("/starts")
def create_start(request_id: int) -> Any:
    """Begin."""
    return act_on(request_id, "click", lambda r, f: work.start(db.session, r, act=f.act()))


@bp.post("/pauses")
def create_pause(request_id: int) -> Any:
    """Ask and wait for the answer."""

    def pause(request: Request, form: Any) -> None:
        third = form.waiting_on.data == WaitingOn.THIRD_PARTY
        work.pause(
            db.session,
            request,
            question=form.question.data.strip(),
            waiting_on=WaitingOn(form.waiting_on.data),
            who=form.who.data.strip() if third else "",
            until=form.until_moment(),
            act=form.act(),
        )

    return act_on(request_id, "pause", pause)


@bp.post("/resumptions")
def create_resumption(request_id: int) -> Any:
    """End a wait by hand."""
    return act_on(request_id, "click", lambda r, f: work.resume(db.session, r, act=f.act()))


@bp.post("/handovers")
def create_handover(request_id: int) -> Any:
    """Hand it to another team."""

    def hand(request: Request, form: Any) -> None:
        to = db.session.get(Team, form.team.data or 0) or flask.abort(404)
        hand_to_team(db.session, request, to=to, note=form.note.data.strip(), act=form.act())

    return act_on(request_id, "handover", hand)


@bp.post("/declines")
def create_decline(request_id: int) -> Any:
    """Decline with a reason and another way."""

    def decline(request: Request, form: Any) -> None:
        work.decline(
            db.session,
            request,
            reason=form.reason.data.strip(),
            change=(form.change.data or "").strip(),
            instead=form.instead.data.strip(),
            act=form.act(),
        )

    return act_on(request_id, "decline", decline)


@bp.post("/withdrawals")
def create_withdrawal(request_id: int) -> Any:
    """Take it back."""

    def withdraw(request: Request, form: Any) -> None:
        reason = (form.reason.data or "").strip()
        for_all = form.for_all.data
        settling.withdraw(db.session, request, reason=reason, for_all=for_all, act=form.act())

    return act_on(request_id, "withdraw", withdraw)


@bp.post("/completions")
def create_completion(request_id: int) -> Any:
    """Say that it is done."""

    def done(request: Request, form: Any) -> None:
        say_done(db.session, request, words=form.words.data.strip(), act=form.act())

    return act_on(request_id, "done", done)


@bp.post("/confirmations")
def create_confirmation(request_id: int) -> Any:
    """Have the last word: yes, partly, or not yet, which reopens it."""

    def settle(request: Request, form: Any) -> None:
        words = (form.words.data or "").strip()
        if form.outcome.data == "not yet":
            settling.reopen(db.session, request, reason=words, act=form.act())
        else:
            outcome = Outcome(form.outcome.data)
            settling.confirm(db.session, request, outcome=outcome, words=words, act=form.act())

    return act_on(request_id, "confirm", settle)


@bp.post("/thanks")
def create_thanks(request_id: int) -> Any:
    """Thank everybody who carried it."""

    def thank(request: Request, form: Any) -> None:
        settling.thank(db.session, request, words=form.words.data.strip(), act=form.talk())

    return act_on(request_id, "thanks", thank)
