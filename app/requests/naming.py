"""What states, and what can happen, are called where people read it."""

from collections.abc import Mapping
from typing import Final

from app.language import gettext, gettext_noop
from app.language.writing import begun

STATES: Final[Mapping[str, str]] = {
    "raised": gettext_noop("raised"),
    "accepted": gettext_noop("accepted"),
    "in work": gettext_noop("in work"),
    "waiting": gettext_noop("waiting"),
    "done": gettext_noop("done"),
    "confirmed": gettext_noop("confirmed"),
    "declined": gettext_noop("declined"),
    "withdrawn": gettext_noop("withdrawn"),
    "merged": gettext_noop("merged"),
}
KINDS: Final[Mapping[str, str]] = {
    "raised": gettext_noop("raised"),
    "message": gettext_noop("message"),
    "note": gettext_noop("note"),
    "claimed": gettext_noop("claimed"),
    "taken over": gettext_noop("taken over"),
    "given": gettext_noop("given"),
    "started": gettext_noop("started"),
    "paused": gettext_noop("paused"),
    "resumed": gettext_noop("resumed"),
    "handed": gettext_noop("handed"),
    "declined": gettext_noop("declined"),
    "withdrawn": gettext_noop("withdrawn"),
    "done": gettext_noop("done"),
    "confirmed": gettext_noop("confirmed"),
    "reopened": gettext_noop("reopened"),
    "thanked": gettext_noop("thanked"),
    "version made": gettext_noop("version made"),
    "remark answered": gettext_noop("remark answered"),
    "remark settled": gettext_noop("remark settled"),
    "changes answered": gettext_noop("changes answered"),
    "stepped aside": gettext_noop("stepped aside"),
    "taken back": gettext_noop("taken back"),
    "said when": gettext_noop("said when"),
    "promised anew": gettext_noop("promised anew"),
    "reminded": gettext_noop("reminded"),
    "rated": gettext_noop("rated"),
    "unsaid": gettext_noop("unsaid"),
    "approval asked": gettext_noop("approval asked"),
    "decided": gettext_noop("decided"),
    "ticked": gettext_noop("ticked"),
    "linked": gettext_noop("linked"),
    "unlinked": gettext_noop("unlinked"),
    "merged": gettext_noop("merged"),
    "unmerged": gettext_noop("unmerged"),
}


def state_word(state: str) -> str:
    """Return what a state is called inside a sentence: "in work"."""
    return gettext(STATES.get(state, state))


def state_title(state: str) -> str:
    """Return what a state is called where it stands by itself: "In work"."""
    return begun(state_word(state))


def kind_word(kind: str) -> str:
    """Return what happened, in as few words as can be: "taken over"."""
    return gettext(KINDS.get(kind, kind))


def impossible(state: str, kind: str) -> str:
    """Say that something cannot happen in a state."""
    return gettext(
        "A request that is %(state)s cannot be %(kind)s.",
        state=state_word(state),
        kind=kind_word(kind),
    )
