"""Whose turn it is, in one plain sentence for the person who reads it."""

from typing import Final

from app.language import gettext, gettext_noop
from app.requests.naming import state_word
from app.requests.rules import Side, State


def turn_sentence(
    *,
    state: str,
    turn_side: str,
    viewer_side: str,
    holder: str | None,
    team: str,
    requester: str,
    asking_team: str,
    late: bool,
    personal: bool = True,
    waits_for: str | None = None,
    agrees: bool = False,
) -> str:
    """Return whose turn it is, as one or two short sentences.

    All names are shown as given. `late` is read only while it is the providing side's turn.
    `personal` says that the reader is the very person meant: the requester on the asking side,
    the holder on the providing side; False makes the sentence name that person instead of "you".
    `waits_for` names a third party, and is empty for parts with other teams; `agrees` says that
    the reader is whom it waits for.
    """
    asking = viewer_side == Side.ASKING
    if state in _ENDED:
        return gettext(_ENDED[State(state)], team=team, asking_team=asking_team)
    if state == State.DONE:
        return _done(holder or team, requester, asking=asking, personal=personal)
    if turn_side == Side.ASKING:
        return _asked(holder or team, requester, asking=asking, personal=personal)
    if turn_side == Side.THIRD_PARTY:
        return _elsewhere(holder or team, waits_for, asking=asking, agrees=agrees)
    if asking:
        return _theirs(holder, team, late=late)
    if holder is None:
        return _free(team, providing=viewer_side == Side.PROVIDING, late=late)
    return _held(holder, mine=viewer_side == Side.PROVIDING and personal, late=late)


def merged_sentence(into: int | None, state: str | None) -> str:
    """Return where a request goes on that was merged, and how that one stands, as far as known."""
    if into is None:
        return gettext(_ENDED[State.MERGED])
    if state is None:
        return gettext("It was merged into #%(id)s.", id=into)
    said = state_word(state)
    return gettext("It was merged into #%(id)s, which is %(state)s.", id=into, state=said)


_ENDED = {
    State.CONFIRMED: gettext_noop("Finished and confirmed."),
    State.DECLINED: gettext_noop("%(team)s declined it and said why."),
    State.WITHDRAWN: gettext_noop("%(asking_team)s took it back. Nothing more to do."),
    State.MERGED: gettext_noop("It goes on together with another request."),
}


def _done(by: str, requester: str, *, asking: bool, personal: bool) -> str:
    if asking and personal:
        return gettext("Done, says %(by)s. Does it hold?", by=by)
    if asking:
        return gettext(
            "Done, says %(by)s. %(requester)s has the last word.", by=by, requester=requester
        )
    return gettext(
        "Done. %(requester)s has the last word on whether it holds.", requester=requester
    )


def _asked(by: str, requester: str, *, asking: bool, personal: bool) -> str:
    if asking and personal:
        return gettext("Your turn: %(by)s asks you something.", by=by)
    if asking:
        return gettext(
            "%(by)s asks %(requester)s something and waits for the answer.",
            by=by,
            requester=requester,
        )
    return gettext("Waiting for %(requester)s’s answer.", requester=requester)


def _elsewhere(by: str, other: str | None, *, asking: bool, agrees: bool) -> str:
    if agrees:
        return gettext("Your turn: %(by)s asks you to agree.", by=by)
    if other:
        said, at_rest = NAMED
    else:
        said, at_rest = UNNAMED if other is None else PARTS
    return gettext(at_rest if asking else said, by=by, other=other)


# What those who carry it read, and who asked, for whom there is nothing to do.
NAMED: Final = (
    gettext_noop("%(by)s waits for %(other)s."),
    gettext_noop("%(by)s waits for %(other)s. Nothing for you to do now."),
)
UNNAMED: Final = (
    gettext_noop("%(by)s is waiting for an answer from somebody else."),
    gettext_noop("%(by)s is waiting for an answer from somebody else. Nothing for you to do now."),
)
PARTS: Final = (
    gettext_noop("It waits for its parts with other teams."),
    gettext_noop("It waits for its parts with other teams. Nothing for you to do now."),
)


def _held(holder: str, *, mine: bool, late: bool) -> str:
    if mine and late:
        return gettext("Your turn, %(holder)s, and it is late.", holder=holder)
    if mine:
        return gettext("Your turn, %(holder)s.", holder=holder)
    if late:
        return gettext("%(holder)s has it, and it is late.", holder=holder)
    return gettext("%(holder)s has it.", holder=holder)


def _theirs(holder: str | None, team: str, *, late: bool) -> str:
    if holder is None and late:
        return gettext("%(team)s has it; nobody has picked it up yet, and it is late.", team=team)
    if holder is None:
        return gettext("%(team)s has it; nobody has picked it up yet.", team=team)
    if late:
        return gettext(
            "%(holder)s has it, and it is late. Nothing for you to do now.", holder=holder
        )
    return gettext("%(holder)s has it. Nothing for you to do now.", holder=holder)


def _free(team: str, *, providing: bool, late: bool) -> str:
    if providing and late:
        return gettext("Nobody has picked it up yet, and it is late.")
    if providing:
        return gettext("Nobody has picked it up yet.")
    if late:
        return gettext("%(team)s has it; nobody has picked it up yet, and it is late.", team=team)
    return gettext("%(team)s has it; nobody has picked it up yet.", team=team)
