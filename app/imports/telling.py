"""A case of another tool as events of ours.

Where their states skip steps, the shortest sequence that our flow allows happens at the same
moment: "New" to "Resolved" is done; a state after "Resolved" reopens first. A change of team is a
handover (a wait is ended and begun again around it), a change of person claims or gives. What a
done case's team or person changes to is not told. A log has no words, so nobody's first answer
is known from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.imports.log_lines import Case, Line
from app.requests.life.ledger import Happening
from app.requests.rules import Kind, Side, WaitingOn

WAITS = {
    "waiting on requester": WaitingOn.REQUESTER,
    "waiting on third party": WaitingOn.THIRD_PARTY,
}


@dataclass
class Telling:
    """The events of one case so far, and where it stands: one of the mapping's states."""

    team_of: Callable[[str], int]
    person_of: Callable[[str, str], int]
    at: datetime
    team: str
    state: str = "raised"
    person: str = ""
    happenings: list[Happening] = field(default_factory=list)

    def add(self, kind: Kind, **data: Any) -> None:
        """Let something happen on the providing side."""
        actor = self.person_of(self.person, self.team) if self.person else None
        self.happenings.append(Happening(self.at, kind, actor, Side.PROVIDING, data))


def tell_case(
    case: Case,
    *,
    raised: Mapping[str, Any],
    requester_id: int,
    team_of: Callable[[str], int],
    person_of: Callable[[str, str], int],
    unknown_team: str,
) -> tuple[list[Happening], int]:
    """Return the events of `case` and how many of its lines changed nothing.

    `raised` are the facts of its first event; `team_of` and `person_of` give ids by name.
    """
    first_team = case.lines[0].team or unknown_team
    telling = Telling(team_of, person_of, case.opened_at, first_team)
    telling.happenings.append(
        Happening(case.opened_at, Kind.RAISED, requester_id, Side.ASKING, raised)
    )
    repeating = 0
    for number, line in enumerate(case.lines):
        before = len(telling.happenings)
        telling.at = line.at
        if telling.state != "done":
            _move_to_team(telling, line)
            _move_to_person(telling, line)
        _move_to_state(telling, line.state)
        # The first line of a case says at least that it was raised.
        repeating += len(telling.happenings) == before and number > 0
    return telling.happenings, repeating


def _move_to_team(telling: Telling, line: Line) -> None:
    if not line.team or line.team == telling.team:
        return
    waited = telling.state if telling.state in WAITS else None
    if waited:
        telling.add(Kind.RESUMED, how="moved")
    telling.add(
        Kind.HANDED,
        stage="work",
        team=telling.team_of(line.team),
        holder=None,
        decision="to another team",
    )
    telling.team, telling.person = line.team, ""
    if waited:
        _wait(telling, waited)
    else:
        telling.state = "raised"


def _move_to_person(telling: Telling, line: Line) -> None:
    if not line.person or line.person == telling.person:
        return
    kind = Kind.GIVEN if telling.person else Kind.CLAIMED
    telling.person = line.person
    telling.add(kind, holder=telling.person_of(line.person, telling.team))


def _move_to_state(telling: Telling, target: str) -> None:
    if target == telling.state:
        return
    if telling.state == "done" and target != "confirmed":
        telling.add(Kind.REOPENED)
        telling.state = "raised"
    if target in WAITS:
        if telling.state in WAITS:
            telling.add(Kind.RESUMED, how="moved")
        _wait(telling, target)
    elif target in ("done", "confirmed"):
        if telling.state != "done":
            telling.add(Kind.DONE)
        if target == "confirmed":
            telling.add(Kind.CONFIRMED, outcome=None, automatic=True)
    else:
        _go_on(telling, target)
    telling.state = target


def _go_on(telling: Telling, target: str) -> None:
    if telling.state in WAITS:
        telling.add(Kind.RESUMED, how="moved")
    # A visit is started once; going back to "New" leaves it so.
    begun = [h.kind for h in telling.happenings if h.kind in BEGINNINGS]
    if target == "in work" and begun[-1] is not Kind.STARTED:
        telling.add(Kind.STARTED)


BEGINNINGS = frozenset({Kind.RAISED, Kind.HANDED, Kind.REOPENED, Kind.STARTED})


def _wait(telling: Telling, state: str) -> None:
    telling.add(Kind.PAUSED, waiting_on=WAITS[state].value, who="", until=None)
    telling.state = state
