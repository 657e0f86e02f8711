"""Hints on advice: which were dismissed, and what became of those shown. No text is kept."""

import hashlib
from collections.abc import Sequence
from itertools import islice

import flask

from app.db import db
from app.feedback.hint_counts import count_hints
from app.feedback.nudge import RULES, Hint, hints_on
from app.feedback.rules import RemarkWords
from app.web.forms.handoffs import HandoffForm
from app.web.headers import now


def token_of(hint: Hint, remark: RemarkWords) -> str:
    """Return a token of a hint on just these words; other words are another token."""
    words = f"{remark.see}\0{remark.why}\0{remark.try_next}"
    return f"{hint.rule}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def hint_slots(form: HandoffForm, body: str) -> None:
    """Put the hint on each strength and remark beside it, unless its writer has dismissed it."""
    for slot in form.all_slots():
        try:
            remark = slot.remark(body)
        except (LookupError, ValueError):  # not a remark yet; its fields say what is missing
            continue
        hint = next(hints_on(remark), None) if remark else None
        if hint and remark and not is_dismissed(token_of(hint, remark)):
            slot.hint, slot.hint_token = hint, token_of(hint, remark)


def hinted_before() -> list[str]:
    """Return the tokens of the hints shown on this handoff so far."""
    return [token for token in flask.request.form.getlist("hinted") if _rule(token) in RULES]


def remember(team_id: int, remarks: Sequence[RemarkWords]) -> None:
    """Count what became of the hints that were shown, in the same transaction as the handoff."""
    now_there = {
        token_of(hint, remark) for remark in remarks for hint in islice(hints_on(remark), 1)
    }
    tokens = sorted(set(hinted_before()))
    count_hints(
        db.session,
        team_id,
        now().date(),
        shown=[_rule(token) for token in tokens],
        kept=[_rule(token) for token in tokens if token in now_there],
    )


def _rule(token: str) -> str:
    return token.partition(":")[0]


def is_dismissed(token: str) -> bool:
    """Say whether the person has said "leave it as it is" to this hint."""
    return bool(token) and token in flask.request.form.getlist("dismissed")
