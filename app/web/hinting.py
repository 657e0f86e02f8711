"""Hints on advice: which were dismissed, and what became of those shown. No text is kept."""

import hashlib

import flask

from app.feedback.nudge import Hint
from app.feedback.rules import RemarkWords


def token_of(hint: Hint, remark: RemarkWords) -> str:
    """Return a token of a hint on just these words; other words are another token."""
    words = f"{remark.see}\0{remark.why}\0{remark.try_next}"
    return f"{hint.rule}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def is_dismissed(token: str) -> bool:
    """Say whether the person has said "leave it as it is" to this hint."""
    return bool(token) and token in flask.request.form.getlist("dismissed")
