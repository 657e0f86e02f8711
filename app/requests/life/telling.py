"""What happened, in plain sentences; the words that the history of a request is made of."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.language import gettext
from app.language.writing import whole_day
from app.requests.life.told import (
    CHANGES_ANSWERED,
    HANDED,
    NOT_REMINDED,
    PASSED_ON,
    REMINDED,
    REMINDERS,
    RESUMED,
    SENTENCES,
    THOSE_OF,
)
from app.requests.rules import Kind


def tell(
    kind: str, data: Mapping[str, Any], *, who: str, holder: str | None, team: str | None
) -> str:
    """Return one event as a sentence; `holder` and `team` are the names that its data refers to."""
    if kind == Kind.HANDED:
        return _handed(data, who, holder, team)
    if kind == Kind.STEPPED_ASIDE:
        return _stepped_aside(data, who, holder)
    somebody = holder or gettext("a colleague")
    if kind == Kind.THANKED and data.get("to"):
        return gettext("%(who)s said thanks to %(holder)s.", who=who, holder=somebody)
    if kind == Kind.GIVEN and "holder" in data and data["holder"] is None:
        return gettext("%(who)s gave it back to the team’s line.", who=who)
    if kind in TELLERS:
        return TELLERS[Kind(kind)](data, who)
    if kind == Kind.DECIDED:
        return _decided(data, who, holder)
    return gettext(SENTENCES[kind], who=who, holder=somebody, version=data.get("version", ""))


def _stepped_aside(data: Mapping[str, Any], who: str, holder: str | None) -> str:
    return gettext(
        "%(who)s stepped aside for %(holder)s: %(reason)s.",
        who=who,
        holder=holder or gettext("another pair of eyes"),
        reason=gettext(data["reason"]),
    )


def _resumed(data: Mapping[str, Any], who: str) -> str:
    by_itself = RESUMED.get(data.get("how"))
    return gettext(by_itself) if by_itself else gettext("%(who)s ended the wait.", who=who)


def _settled(data: Mapping[str, Any], who: str) -> str:
    if data.get("settled"):
        return gettext("%(who)s found a remark settled.", who=who)
    return gettext("%(who)s found a remark still open.", who=who)


def _paused(data: Mapping[str, Any], who: str) -> str:
    if data.get("waiting_on") == "third party":
        if other := data.get("who"):
            return gettext("%(who)s waits for %(other)s.", who=who, other=other)
        return gettext("%(who)s waits for somebody else.", who=who)
    if data.get("waiting_on") == "children":
        return gettext("It waits for its parts with other teams.")
    if data.get("missing"):
        return gettext("%(who)s gave it back with a list of what is missing.", who=who)
    return gettext("%(who)s asked a question and waits for the answer.", who=who)


def _handed(data: Mapping[str, Any], who: str, holder: str | None, team: str | None) -> str:
    decision = data.get("decision", "")
    if decision == "to another team":
        to = team
    else:
        those = THOSE_OF.get(data["stage"])
        to = holder or (gettext(those, team=team) if those else team)
    said = HANDED.get(decision, PASSED_ON)
    return gettext(said, who=who, to=to)


def _said_when(data: Mapping[str, Any], who: str) -> str:
    day = whole_day(date.fromisoformat(data["day"]))
    said = gettext("%(who)s will look on %(day)s.", who=who, day=day)
    if not data.get("words"):
        return said
    quoted = gettext("“%(words)s”", words=data["words"])
    return f"{said} {quoted}"


def _changes_answered(data: Mapping[str, Any], who: str) -> str:
    said = CHANGES_ANSWERED[bool(data.get("confirmed")), bool(data.get("as_lead"))]
    return gettext(said, who=who, version=data["version"])


def _confirmed(data: Mapping[str, Any], who: str) -> str:
    if data.get("automatic"):
        return gettext("It was confirmed by itself.")
    if data.get("outcome") == "partly":
        return gettext("%(who)s said it helps partly.", who=who)
    return gettext("%(who)s said it helps.", who=who)


def _reopened(data: Mapping[str, Any], who: str) -> str:
    if data.get("confirmed"):
        return gettext("%(who)s said it did not hold after all; it is open again.", who=who)
    return gettext("%(who)s said: not yet. The clock goes on.", who=who)


def _reminded(data: Mapping[str, Any], who: str) -> str:
    if data.get("untold"):
        return gettext(NOT_REMINDED)
    said = next((said for start, said in REMINDERS if data["what"].startswith(start)), REMINDED)
    return gettext(said, who=who)


def _decided(data: Mapping[str, Any], who: str, holder: str | None) -> str:
    if data["agreed"] is None and holder:
        return gettext("%(holder)s has left, without a yes or a no.", holder=holder)
    if data["agreed"] is None:
        return gettext("The person who was asked to agree has left, without a yes or a no.")
    if data["agreed"]:
        return gettext("%(who)s agreed.", who=who)
    return gettext("%(who)s did not agree.", who=who)


def _linked(data: Mapping[str, Any], who: str) -> str:
    if data["link"] == "absorbed":
        return gettext("%(who)s merged another request into it.", who=who)
    return gettext("%(who)s linked it with another.", who=who)


def _unlinked(data: Mapping[str, Any], who: str) -> str:
    if data["link"] == "absorbed":
        return gettext("%(who)s took a merging back.", who=who)
    return gettext("%(who)s took a link back.", who=who)


def _ticked(data: Mapping[str, Any], who: str) -> str:
    if data.get("ticked"):
        return gettext("%(who)s ticked “%(point)s”.", who=who, point=data["point"])
    return gettext("%(who)s unticked “%(point)s”.", who=who, point=data["point"])


TELLERS: Mapping[Kind, Callable[[Mapping[str, Any], str], str]] = {
    Kind.PAUSED: _paused,
    Kind.RESUMED: _resumed,
    Kind.CONFIRMED: _confirmed,
    Kind.REOPENED: _reopened,
    Kind.SAID_WHEN: _said_when,
    Kind.REMARK_SETTLED: _settled,
    Kind.CHANGES_ANSWERED: _changes_answered,
    Kind.REMINDED: _reminded,
    Kind.TICKED: _ticked,
    Kind.LINKED: _linked,
    Kind.UNLINKED: _unlinked,
}
