"""What happened, in plain sentences; the words that the history of a request is made of."""

from collections.abc import Callable, Mapping
from datetime import date
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
    Kind.TAKEN_BACK: "{who} took the handoff back, to look at it once more.",
    Kind.PROMISED_ANEW: "{who} said first that it will be late, and promised it anew.",
    Kind.APPROVAL_ASKED: "{who} asked {holder} to agree.",
    Kind.MERGED: "{who} merged it into another request.",
    Kind.UNSAID: "{who} took a message back.",
    Kind.RATED: "{who} said how it was.",
    Kind.UNMERGED: "{who} took the merging back.",
}


def tell(
    kind: str, data: Mapping[str, Any], *, who: str, holder: str | None, team: str | None
) -> str:
    """Return one event as a sentence; `holder` and `team` are the names that its data refers to."""
    if kind == Kind.HANDED:
        return _handed(data, who, holder, team)
    if kind == Kind.STEPPED_ASIDE:
        return f"{who} stepped aside for {holder or 'another pair of eyes'}: {data['reason']}."
    if kind == Kind.THANKED and data.get("to"):
        return f"{who} said thanks to {holder or 'a colleague'}."
    if kind == Kind.GIVEN and "holder" in data and data["holder"] is None:
        return f"{who} gave it back to the team’s line."
    if kind in TELLERS:
        return TELLERS[Kind(kind)](data, who)
    return SENTENCES[kind].format(
        who=who, holder=holder or "a colleague", version=data.get("version", "")
    )


def _resumed(data: Mapping[str, Any], who: str) -> str:
    if data.get("how") == "answered":
        return "The answer came; the work goes on."
    if data.get("how") == "decided":
        return "There is an answer; the work goes on."
    if data.get("how") == "parts":
        return "The last of its parts is done; the work goes on."
    if data.get("how") == "the date came":
        return "The day it waited for came; the work goes on."
    return f"{who} ended the wait."


def _settled(data: Mapping[str, Any], who: str) -> str:
    return f"{who} found a remark {'settled' if data.get('settled') else 'still open'}."


def _paused(data: Mapping[str, Any], who: str) -> str:
    if data.get("waiting_on") == "third party":
        return f"{who} waits for {data.get('who') or 'somebody else'}."
    if data.get("waiting_on") == "children":
        return "It waits for its parts with other teams."
    if data.get("missing"):
        return f"{who} gave it back with a list of what is missing."
    return f"{who} asked a question and waits for the answer."


def _handed(data: Mapping[str, Any], who: str, holder: str | None, team: str | None) -> str:
    decision = data.get("decision", "")
    if decision == "to another team":
        return f"{who} handed it to {team}."
    to = holder or f"the {data['stage']}s of {team}"
    if decision.startswith("back"):
        return f"{who} gave it {decision} to {to}."
    return f"{who} passed it on to {to}."


def _said_when(data: Mapping[str, Any], who: str) -> str:
    day = date.fromisoformat(data["day"])
    words = f" “{data['words']}”" if data.get("words") else ""
    return f"{who} will look on {day:%A} {day.day} {day:%B}.{words}"


def _changes_answered(data: Mapping[str, Any], who: str) -> str:
    said = "confirmed" if data.get("confirmed") else "answered"
    as_lead = ", as lead, because the author is gone" if data.get("as_lead") else ""
    return f"{who} {said} the changes in version {data['version']}{as_lead}."


def _confirmed(data: Mapping[str, Any], who: str) -> str:
    if data.get("automatic"):
        return "It was confirmed by itself."
    return f"{who} said it helps{' partly' if data.get('outcome') == 'partly' else ''}."


def _reminded(data: Mapping[str, Any], who: str) -> str:
    what = next((words for start, words in REMINDERS if data["what"].startswith(start)), "")
    return f"{who} reminded{what}."


REMINDERS = (
    ("answer soon", ": a first answer is due soon"),
    ("answer due", ": the first answer is late"),
    ("answer wanted", " that a question waits for its answer"),
    ("reply due", ": an answer is late"),
    ("late soon", ": the promise ends soon"),
    ("late", ": it is late, and nobody said so"),
    ("offer to close", " that no answer came; it could be closed, kindly"),
    ("confirm soon", " that it will confirm itself"),
    ("how was it", " of the one question: how was it?"),
)


def _decided(data: Mapping[str, Any], who: str) -> str:
    return f"{who} {'agreed' if data.get('agreed') else 'did not agree'}."


def _linked(data: Mapping[str, Any], who: str) -> str:
    merged = data["link"] == "absorbed"
    return f"{who} merged another request into it." if merged else f"{who} linked it with another."


def _unlinked(data: Mapping[str, Any], who: str) -> str:
    what = "merging" if data["link"] == "absorbed" else "link"
    return f"{who} took a {what} back."


def _ticked(data: Mapping[str, Any], who: str) -> str:
    return f"{who} {'ticked' if data.get('ticked') else 'unticked'} “{data['point']}”."


TELLERS: Mapping[Kind, Callable[[Mapping[str, Any], str], str]] = {
    Kind.PAUSED: _paused,
    Kind.RESUMED: _resumed,
    Kind.CONFIRMED: _confirmed,
    Kind.SAID_WHEN: _said_when,
    Kind.REMARK_SETTLED: _settled,
    Kind.CHANGES_ANSWERED: _changes_answered,
    Kind.REMINDED: _reminded,
    Kind.DECIDED: _decided,
    Kind.TICKED: _ticked,
    Kind.LINKED: _linked,
    Kind.UNLINKED: _unlinked,
}
