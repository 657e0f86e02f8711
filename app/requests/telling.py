"""What happened, in plain sentences; the words that the history of a request is made of."""

from collections.abc import Mapping
from typing import Any

from app.requests.rules import Kind

SENTENCES: Mapping[str, str] = {
    Kind.RAISED: "{who} asked for it.",
    Kind.MESSAGE: "{who} wrote a message.",
    Kind.NOTE: "{who} wrote an internal note.",
    Kind.CLAIMED: "{who} took it up.",
    Kind.TAKEN_OVER: "{who} took it over.",
    Kind.GIVEN: "{who} gave it to {holder}.",
    Kind.STARTED: "{who} began to work on it.",
    Kind.DECLINED: "{who} declined it.",
    Kind.WITHDRAWN: "{who} took it back.",
    Kind.DONE: "{who} said it is done.",
    Kind.REOPENED: "{who} said: not yet. The clock goes on.",
    Kind.THANKED: "{who} said thanks to all who carried it.",
    Kind.VERSION_MADE: "{who} saved version {version}.",
    Kind.REMARK_ANSWERED: "{who} answered a remark.",
}


def tell(
    kind: str, data: Mapping[str, Any], *, who: str, holder: str | None, team: str | None
) -> str:
    """Return one event as a sentence; `holder` and `team` are the names that its data refers to."""
    if kind == Kind.PAUSED:
        return _paused(data, who)
    if kind == Kind.RESUMED:
        return (
            "The answer came; the work goes on."
            if data.get("how") == "answered"
            else (f"{who} ended the wait.")
        )
    if kind == Kind.HANDED:
        return _handed(data, who, holder, team)
    if kind == Kind.CONFIRMED:
        return _confirmed(data, who)
    return SENTENCES[kind].format(
        who=who, holder=holder or "a colleague", version=data.get("version", "")
    )


def _paused(data: Mapping[str, Any], who: str) -> str:
    if data.get("waiting_on") == "third party":
        return f"{who} waits for {data.get('who') or 'somebody else'}."
    return f"{who} asked a question and waits for the answer."


def _handed(data: Mapping[str, Any], who: str, holder: str | None, team: str | None) -> str:
    decision = data.get("decision", "")
    if decision == "to another team":
        return f"{who} handed it to {team}."
    to = holder or f"the {data['stage']}s of {team}"
    if decision.startswith("back"):
        return f"{who} gave it {decision} to {to}."
    return f"{who} passed it on to {to}."


def _confirmed(data: Mapping[str, Any], who: str) -> str:
    if data.get("automatic"):
        return "It was confirmed by itself."
    return f"{who} said it helps{' partly' if data.get('outcome') == 'partly' else ''}."
