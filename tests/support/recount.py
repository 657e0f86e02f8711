"""The figures counted once more, from nothing but the events, and written differently.

No ledger, no stored interval: every question walks the raw events of each request.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.requests.models import Event, Request

OVER = ("done", "declined", "withdrawn", "merged")
STEPS = {"raised": "begin", "handed": "begin", "reopened": "begin", "started": "hand"}
BANDS = {**STEPS, "done": "confirm", "confirmed": None, "declined": None}


@dataclass
class Story:
    """One request as its events tell it: (kind, at, data, side)."""

    id: int
    type_id: int
    events: list[tuple[str, datetime, dict[str, Any], str]]

    @property
    def raised(self):
        return self.events[0][1]

    @property
    def asking(self):
        return self.events[0][2]["asking_team"]

    def until(self, at):
        """Return the events up to an instant, those at it too."""
        return [event for event in self.events if event[1] <= at]

    def team(self, at=None):
        """Return the team that has it, or had it last."""
        moved = [data["team"] for _, t, data, _ in self.events if "team" in data and _ok(t, at)]
        return moved[-1]

    def said(self, side):
        """Return when somebody on that side said something."""
        return [at for kind, at, _, on in self.events if kind == "message" and on == side]

    def end(self):
        """Return (what, when) it ended with: "done", "ended" or None while it is open."""
        for kind, at, _, _ in reversed(self.events):
            if kind == "reopened":
                return None, None
            if kind == "done":
                return "done", at
            if kind in OVER:
                return "ended", at
        return None, None

    def band(self, at):
        """Say what was happening to it just before an instant, as the flow figure calls it."""
        band = under = None
        for kind, moment, data, _ in self.events:
            if moment >= at:
                break
            asked = "requester" if data.get("waiting_on") == "requester" else "elsewhere"
            band = {"resumed": under, "paused": asked, **BANDS}.get(kind, band)
            under = band if kind in STEPS else under
        return band

    def stays(self):
        """Return [from team, to team, entered, started, left, the pauses] of each stay."""
        found, giver = [], self.asking
        for kind, at, data, _ in self.events:
            if kind in ("raised", "handed", "reopened"):
                self._close(found, at)
                team = data.get("team") or found[-1][1]
                found.append([giver, team, at, None, None, []])
                giver = team
            elif kind == "started":
                found[-1][3] = at
            elif kind == "paused":
                found[-1][5].append([at, None, data["waiting_on"]])
            elif kind == "resumed":
                found[-1][5][-1][1] = at
            elif kind in OVER:
                self._close(found, at)
        return found

    @staticmethod
    def _close(found, at):
        if found and found[-1][4] is None:
            found[-1][4] = at

    def away(self, now):
        """Return the stretches in which no team was to work: pauses, and after a "done"."""
        holes, since = [], None
        for kind, at, _, _ in self.events:
            if kind in ("paused", "done"):
                holes += [(since, at)] if since else []
                since = at
            elif kind in ("resumed", "reopened"):
                holes.append((since, at))
                since = None
        return holes + ([(since, now)] if since else [])


def _ok(moment, at):
    return at is None or moment <= at


def stories(session):
    """Return the story of every request."""
    lives = defaultdict(list)
    for event in session.scalars(select(Event).order_by(Event.request_id, Event.seq)):
        lives[event.request_id].append((event.kind, event.at, event.data, event.side))
    types = dict(session.execute(select(Request.id, Request.type_id)).all())
    return [Story(number, types[number], events) for number, events in lives.items()]


def working(story, clock, now):
    """Return the working seconds of its turnaround so far, by one clock for all teams."""
    end = story.end()[1] or now
    return clock.between_excluding(story.raised, end, story.away(end))


def least_by_kaplan_meier(finished, still_open, percent):
    """Return the least time by which `percent` are done, from the product written out; or None."""
    alive = 1.0
    for at in sorted(set(finished)):
        watched = sum(t >= at for t in finished) + sum(t >= at for t in still_open)
        alive *= 1 - finished.count(at) / watched
        if alive <= 1 - percent / 100 + 1e-9:
            return at
    return None
