"""Requests that go back and forth between all teams of the cast, made by a seed.

Every team gets enough members for its times to be shown; all work the same hours in Berlin.
"""

from datetime import timedelta
from random import Random

from app.catalogue.models import RequestType
from app.requests.acts.raising import facts
from app.requests.life.ledger import Happening
from app.requests.record.pasts import Past, Told, record_pasts
from app.requests.record.storing import clocks
from app.requests.rules import Kind, Side
from tests.support.crowds import crowd, teams_of
from tests.support.lives import FIRST, NOW

US, YOU = Side.PROVIDING, Side.ASKING
HOUR = 3600


def traffic(session, cast, count=400, *, seed=1):
    """Record `count` requests between all teams from January to NOW; return their ids."""
    crowd(session, cast)
    errand = RequestType(
        team=cast.field_office,
        name="Errand",
        stages=[{"stage": "work", "team_id": cast.field_office.id}],
        response_promise_s=8 * HOUR,
        done_promise_s=40 * HOUR,
        reply_promise_s=8 * HOUR,
    )
    cast.laptop.reply_promise_s = 4 * HOUR
    session.add(errand)
    session.flush()
    rng, clock_of = Random(seed), clocks(session)
    offers = [cast.article, cast.laptop, cast.laptop, errand]
    pasts = [_past(cast, rng, clock_of, rng.choice(offers)) for _ in range(count)]
    ids = record_pasts(session, pasts, clock_of)
    session.commit()
    return ids


def _past(cast, rng, clock_of, offered):
    asker, asking = rng.choice(
        [
            (person, team)
            for person, team in (
                (cast.ada, cast.content),
                (cast.kim, cast.field_office),
                (cast.ivo, cast.it_help),
                (cast.eve, cast.finance),
            )
            if team.id != offered.team_id
        ]
    )
    at = FIRST + timedelta(seconds=rng.randrange(int((NOW - FIRST).total_seconds())))
    data = facts(offered, asking_team_id=asking.id, at=at, clock_of=clock_of)
    told = [Told(Happening(at, Kind.RAISED, asker.id, YOU, data))]
    worker, slow = cast.bea, 12 if rng.random() < 0.15 else 1
    for kind, side, more in _course(cast, rng, offered):
        at += timedelta(seconds=slow * int(rng.lognormvariate(9.6, 1.4)))
        if at >= NOW:
            break
        more = dict(more)
        if more.pop("asks", False):
            more["reply_by"] = (at + timedelta(hours=30)).isoformat()
        actor = worker if side is US else asker
        words = "Hello" if kind in (Kind.MESSAGE, Kind.THANKED) else ""
        told.append(Told(Happening(at, kind, actor.id, side, more), words))
    return Past(f"Errand {rng.random()}", offered.id, asker.id, told)


def _course(cast, rng, offered):
    course = [(Kind.MESSAGE, US, {})] if rng.random() < 0.9 else []
    if rng.random() < 0.4:
        course += [(Kind.MESSAGE, YOU, {"asks": True}), (Kind.MESSAGE, US, {})]
    if rng.random() < 0.15:
        course += _pause(rng)
    course += [(Kind.STARTED, US, {})]
    if rng.random() < 0.5:
        course += _pause(rng)
    course += _journey(cast, rng, offered.team_id)
    return course + ([(Kind.DECLINED, US, {})] if rng.random() < 0.1 else _ending(rng))


def _journey(cast, rng, here):
    """Go on to other teams, and sometimes back."""
    course = []
    for _ in range(rng.choice([0, 0, 1, 2])):
        there = rng.choice([team.id for team in teams_of(cast) if team.id != here])
        course += [_handed(there, "to another team"), (Kind.STARTED, US, {})]
        if rng.random() < 0.5:
            course += [_handed(here, "to another team"), (Kind.STARTED, US, {})]
        else:
            here = there
    return course


def _ending(rng):
    course = [(Kind.DONE, US, {})]
    if rng.random() < 0.2:
        course += [(Kind.REOPENED, YOU, {}), (Kind.STARTED, US, {}), (Kind.DONE, US, {})]
    if rng.random() < 0.8:
        course += [(Kind.CONFIRMED, YOU, {"outcome": "yes"})]
    return course + ([(Kind.THANKED, YOU, {})] if rng.random() < 0.4 else [])


def _handed(team, decision):
    return (Kind.HANDED, US, {"stage": "work", "team": team, "decision": decision})


def _pause(rng):
    if rng.random() < 0.6:
        asked = {"waiting_on": "requester"}
        return [(Kind.PAUSED, US, asked), (Kind.RESUMED, YOU, {"how": "answered"})]
    return [
        (Kind.PAUSED, US, {"waiting_on": "third party", "who": "The printers"}),
        (Kind.RESUMED, US, {"how": "by hand"}),
    ]
