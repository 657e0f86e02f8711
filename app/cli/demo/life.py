"""One request of the demo, lived through in made-up but working time."""

import math
from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from app.catalogue.models import RequestType
from app.cli.demo.organisation import HOUR, WORDS, Organisation
from app.requests.acts.raising import facts
from app.requests.life.ledger import Happening
from app.requests.life.promises import moved_by_wait
from app.requests.record.pasts import Past, Told
from app.requests.rules import Kind, Side


class TimeUp(Exception):
    """The story has reached the present; the request stays as it is."""


class Life:
    """A request being lived; `at` moves on, `told` grows."""

    def __init__(
        self,
        organisation: Organisation,
        rng: Random,
        offered: RequestType,
        *,
        raised_at: datetime,
        now: datetime,
    ) -> None:
        self.organisation, self.rng, self.type = organisation, rng, offered
        self.at, self.now = raised_at, now
        self.team = offered.team_id
        self.told: list[Told] = []
        self.asking_team = rng.choice([t for t in organisation.members if t != offered.team_id])
        self.requester = rng.choice(organisation.members[self.asking_team])
        self.holder = 0
        data = facts(
            offered,
            asking_team_id=self.asking_team,
            at=raised_at,
            clock_of=organisation.clocks.__getitem__,
        )
        self.due, self.visit_due = data["due"], data["visit_due"]
        self.tell(Kind.RAISED, Side.ASKING, self.requester, **data)

    def past(self) -> Past:
        """Return the request with its history."""
        fields = self.type.fields
        return Past(
            title=self.rng.choice(self.organisation.titles[self.type.id]),
            type_id=self.type.id,
            requester_id=self.requester,
            visibility=self.type.visibility,
            details=self.rng.choice(DETAILS),
            answers=[{"label": f["label"], "text": self._field(f)} for f in fields],
            told=self.told,
        )

    def tell(self, kind: Kind, side: Side, actor: int, words: str = "", **data: Any) -> None:
        """Let something happen at this moment."""
        happening = Happening(self.at, kind, actor, side, data)
        self.told.append(Told(happening, words, internal=kind is Kind.NOTE))

    def provide(self, kind: Kind, words: str = "", **data: Any) -> None:
        """Let the holder do something."""
        self.tell(kind, Side.PROVIDING, self.holder, words, **data)

    def ask(self, kind: Kind, words: str = "", **data: Any) -> None:
        """Let the requester do something."""
        self.tell(kind, Side.ASKING, self.requester, words, **data)

    def pass_time(self, hours: float, spread: float = 0.7) -> None:
        """Let about so many working hours pass. :raises TimeUp: beyond the present."""
        seconds = int(HOUR * hours * math.exp(self.rng.gauss(0, spread)))
        later = self.organisation.clocks[self.team].add(self.at, max(60, seconds))
        if later is None or later >= self.now:
            raise TimeUp
        self.at = later

    def say(self, what: str) -> str:
        """Return one of the phrases for an occasion."""
        phrases: Sequence[str] = WORDS[what]
        return self.rng.choice(phrases)

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self.rng.random() < share

    def someone(self) -> int:
        """Return a member of the team that has it."""
        return self.rng.choice(self.organisation.members[self.team])

    def moved(self, since: datetime) -> dict[str, Any]:
        """Return the due times, moved by the working time since `since`."""
        clock = self.organisation.clocks[self.team]
        dues = {"due": self.due, "visit_due": self.visit_due}
        at = {name: datetime.fromisoformat(text) if text else None for name, text in dues.items()}
        data = moved_by_wait(clock, since, self.at, **at)
        self.due, self.visit_due = data["due"], data["visit_due"]
        return data

    def _field(self, spec: dict[str, Any]) -> str:
        if spec["kind"] == "choice":
            return str(self.rng.choice(spec["choices"]))
        if spec["kind"] == "number":
            return str(self.rng.choice([12, 40, 120, 300, 800]))
        if spec["kind"] == "date":
            return self.at.date().isoformat()
        return self.rng.choice(["The usual ones", "East wing", "See below", "Everybody"])


DETAILS = [
    "It would help us a lot to have this before the preview. Ask me anything.",
    "We tried it ourselves first and came half the way; what is missing is your eye.",
    "No hurry, but please tell us when you can look at it.",
    "The lenders come on **Thursday**. Until then a rough version is enough.",
    "As last year, only smaller:\n\n- the same format\n- new colours\n- one line for the sponsors",
]
