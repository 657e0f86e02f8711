"""The sentences of which a history is made, by what happened; marked for other languages."""

from collections.abc import Mapping
from typing import Final

from app.language import gettext_noop
from app.requests.rules import Kind

SENTENCES: Final[Mapping[str, str]] = {
    Kind.RAISED: gettext_noop("%(who)s asked for it."),
    Kind.MESSAGE: gettext_noop("%(who)s wrote a message."),
    Kind.NOTE: gettext_noop("%(who)s wrote an internal note."),
    Kind.CLAIMED: gettext_noop("%(who)s took it up."),
    Kind.TAKEN_OVER: gettext_noop("%(who)s took it over."),
    Kind.GIVEN: gettext_noop("%(who)s gave it to %(holder)s."),
    Kind.STARTED: gettext_noop("%(who)s began to work on it."),
    Kind.DECLINED: gettext_noop("%(who)s declined it."),
    Kind.WITHDRAWN: gettext_noop("%(who)s took it back."),
    Kind.DONE: gettext_noop("%(who)s said it is done."),
    Kind.THANKED: gettext_noop("%(who)s said thanks to all who carried it."),
    Kind.VERSION_MADE: gettext_noop("%(who)s saved version %(version)s."),
    Kind.REMARK_ANSWERED: gettext_noop("%(who)s answered a remark."),
    Kind.TAKEN_BACK: gettext_noop("%(who)s took the handoff back, to look at it once more."),
    Kind.PROMISED_ANEW: gettext_noop(
        "%(who)s said first that it will be late, and promised it anew."
    ),
    Kind.APPROVAL_ASKED: gettext_noop("%(who)s asked %(holder)s to agree."),
    Kind.MERGED: gettext_noop("%(who)s merged it into another request."),
    Kind.UNSAID: gettext_noop("%(who)s took a message back."),
    Kind.RATED: gettext_noop("%(who)s said how it was."),
    Kind.UNMERGED: gettext_noop("%(who)s took the merging back."),
}

RESUMED: Final[Mapping[str | None, str]] = {
    "answered": gettext_noop("The answer came; the work goes on."),
    "decided": gettext_noop("There is an answer; the work goes on."),
    "left": gettext_noop("The person it waited for has left; the work goes on."),
    "parts": gettext_noop("The last of its parts is done; the work goes on."),
    "the date came": gettext_noop("The day it waited for came; the work goes on."),
}

HANDED: Final[Mapping[str, str]] = {
    "to another team": gettext_noop("%(who)s handed it to %(to)s."),
    "back for small changes": gettext_noop("%(who)s gave it back to %(to)s for small changes."),
    "back for larger changes": gettext_noop("%(who)s gave it back to %(to)s for larger changes."),
    "back with a question": gettext_noop("%(who)s gave it back to %(to)s with a question."),
}

# Plain work is everybody's, and goes to the team by its name.
THOSE_OF: Final[Mapping[str, str]] = {
    "author": gettext_noop("the authors of %(team)s"),
    "editor": gettext_noop("the editors of %(team)s"),
    "proofreader": gettext_noop("the proofreaders of %(team)s"),
}

# Whether they were confirmed, and by a lead.
CHANGES_ANSWERED: Final[Mapping[tuple[bool, bool], str]] = {
    (True, False): gettext_noop("%(who)s confirmed the changes in version %(version)s."),
    (False, False): gettext_noop("%(who)s answered the changes in version %(version)s."),
    (True, True): gettext_noop(
        "%(who)s confirmed the changes in version %(version)s, as lead, because the author is gone."
    ),
    (False, True): gettext_noop(
        "%(who)s answered the changes in version %(version)s, as lead, because the author is gone."
    ),
}

REMINDERS: Final = (
    ("answer soon", gettext_noop("%(who)s reminded: a first answer is due soon.")),
    ("answer due", gettext_noop("%(who)s reminded: the first answer is late.")),
    ("answer wanted", gettext_noop("%(who)s reminded that a question waits for its answer.")),
    ("reply due", gettext_noop("%(who)s reminded: an answer is late.")),
    ("late soon", gettext_noop("%(who)s reminded: the promise ends soon.")),
    ("late", gettext_noop("%(who)s reminded: it is late, and nobody said so.")),
    (
        "offer to close",
        gettext_noop("%(who)s reminded that no answer came; it could be closed, kindly."),
    ),
    ("confirm soon", gettext_noop("%(who)s reminded that it will confirm itself.")),
    ("how was it", gettext_noop("%(who)s reminded of the one question: how was it?")),
)

NOT_REMINDED: Final = gettext_noop(
    "Nobody was asked once more how it was: the day for that had long passed."
)
PASSED_ON: Final = gettext_noop("%(who)s passed it on to %(to)s.")
REMINDED: Final = gettext_noop("%(who)s reminded.")
