"""Whose turn it is, in one plain sentence for the person who reads it."""

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
) -> str:
    """Return whose turn it is, as one or two short sentences.

    All names are shown as given. `late` is read only while it is the providing side's turn.
    `personal` says that the reader is the very person meant: the requester on the asking side,
    the holder on the providing side; False makes the sentence name that person instead of "you".
    """
    asking = viewer_side == Side.ASKING
    if state in _ENDED:
        return _ENDED[State(state)].format(team=team, asking_team=asking_team)
    if state == State.DONE:
        return _done(holder or team, requester, asking=asking, personal=personal)
    if turn_side == Side.ASKING:
        return _asked(holder or team, requester, asking=asking, personal=personal)
    if turn_side == Side.THIRD_PARTY:
        return _elsewhere(holder or team, asking=asking)
    if asking:
        return _theirs(holder, team, late=late)
    if holder is None:
        return _free(team, providing=viewer_side == Side.PROVIDING, late=late)
    if viewer_side == Side.PROVIDING and personal:
        return f"Your turn, {holder}, and it is late." if late else f"Your turn, {holder}."
    return f"{holder} has it, and it is late." if late else f"{holder} has it."


_ENDED = {
    State.CONFIRMED: "Finished and confirmed.",
    State.DECLINED: "{team} declined it and said why.",
    State.WITHDRAWN: "{asking_team} took it back. Nothing more to do.",
    State.MERGED: "It goes on together with another request.",
}


def _done(by: str, requester: str, *, asking: bool, personal: bool) -> str:
    if asking and personal:
        return f"Done, says {by}. Does it hold?"
    if asking:
        return f"Done, says {by}. {requester} has the last word."
    return f"Done. {requester} has the last word on whether it holds."


def _asked(by: str, requester: str, *, asking: bool, personal: bool) -> str:
    if asking and personal:
        return f"Your turn: {by} asks you something."
    if asking:
        return f"{by} asks {requester} something and waits for the answer."
    return f"Waiting for {requester}’s answer."


def _elsewhere(by: str, *, asking: bool) -> str:
    waits = "is waiting for an answer from somebody else"
    return f"{by} {waits}. Nothing for you to do now." if asking else f"{by} {waits}."


def _theirs(holder: str | None, team: str, *, late: bool) -> str:
    if holder is None:
        untouched = f"{team} has it; nobody has picked it up yet"
        return f"{untouched}, and it is late." if late else f"{untouched}."
    has_it = f"{holder} has it, and it is late" if late else f"{holder} has it"
    return f"{has_it}. Nothing for you to do now."


def _free(team: str, *, providing: bool, late: bool) -> str:
    untouched = (
        "Nobody has picked it up yet" if providing else f"{team} has it; nobody picked it up"
    )
    return f"{untouched}, and it is late." if late else f"{untouched}."
