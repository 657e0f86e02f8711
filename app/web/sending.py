"""From the handoff form to the act, and from its refusals back to the fields."""

from app.db import db
from app.documents.queries import latest_version
from app.feedback.actions import WrongWords
from app.feedback.rules import RemarkWords
from app.handoffs.actions import hand_back, hand_on
from app.handoffs.advice import Advice
from app.handoffs.rules import (
    Decision,
    NeedsAnswers,
    NeedsChanges,
    NeedsLateCard,
    NeedsPassage,
    NeedsQuestion,
    NeedsStrength,
    NeedsWord,
    Size,
)
from app.language import gettext
from app.people.models import Person
from app.requests.models import Request
from app.web.forms.handoffs import HandoffForm
from app.web.forms.slots import text


def hand(request: Request, form: HandoffForm) -> bool:
    """Act on the form without committing; False, with the reason beside its field, if refused."""
    try:
        slots = form.slots(body_of(request))
    except LookupError:
        return False
    try:
        _act(request, form, [remark for _, remark in slots] + form.unticked())
    except WrongWords as wrong:
        for (number, part), sentence in wrong.parts.items():
            slots[number][0][part].errors = [sentence]
    except NeedsStrength as needs:
        _point_at_strength(form, needs)
    except NeedsLateCard:
        _point_at_late_card(form)
    except (NeedsAnswers, NeedsQuestion, NeedsChanges, NeedsWord) as needs:
        form.unanswered = needs.count if isinstance(needs, NeedsAnswers) else 0
        form.decision.errors = [str(needs)]
    else:
        return True
    db.session.rollback()
    return False


def advice_of(form: HandoffForm, remarks: list[RemarkWords]) -> Advice:
    """Return what the form says, with `remarks`."""
    return Advice(
        remarks,
        note=text(form.note),
        size=Size(form.size.data) if form.size.data else None,
        summary=text(form.summary),
        wanted=form.wanted.data,
        eyes=text(form.eyes),
        keep=text(form.keep),
        late=form.late_card(),
    )


def body_of(request: Request) -> str:
    """Return the newest text, "" when there is none."""
    latest = latest_version(db.session, request.id)
    return latest.body if latest else ""


def _act(request: Request, form: HandoffForm, remarks: list[RemarkWords]) -> None:
    advice, decision = advice_of(form, remarks), Decision(form.decision.data)
    if form.goes_back():
        hand_back(
            db.session,
            request,
            decision=decision,
            stage=form.stage.data,
            advice=advice,
            act=form.act(),
        )
    else:
        to = db.session.get(Person, form.to.data) if form.to.data else None
        hand_on(db.session, request, advice=advice, to=to, decision=decision, act=form.act())


def _point_at_late_card(form: HandoffForm) -> None:
    for field in (form.late_sorry, form.late_why):
        if not text(field):
            field.errors = [gettext("It comes later than expected; please say this first.")]


def _point_at_strength(form: HandoffForm, needs: NeedsStrength) -> None:
    slot = form.first_strength()
    if isinstance(needs, NeedsPassage):
        slot.quote.errors = [
            gettext("Which words should stay? Copy them here, or choose them in the text.")
        ]
    else:
        slot.see.errors = [
            gettext("Please name at least one thing that works and should stay, and why.")
        ]
