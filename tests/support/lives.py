"""Many requests with whole lives, made by a seed, for figures to be counted over."""

from datetime import UTC, datetime, timedelta
from random import Random

from app.requests.acts.raising import facts
from app.requests.life.ledger import Happening
from app.requests.record.pasts import Past, Told, record_pasts
from app.requests.record.storing import clocks
from app.requests.rules import Kind, Side
from tests.support.crowds import crowd

FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)  # a Monday
NOW = datetime(2026, 4, 8, 13, 30, tzinfo=UTC)


def live(session, cast, count, *, seed=1):
    """Record `count` requests to IT Help and Content from January to April; return their ids.

    All teams get enough people for their times to be told.
    """
    crowd(session, cast)
    rng, clock_of = Random(seed), clocks(session)
    ids = record_pasts(session, [_past(cast, rng, clock_of) for _ in range(count)], clock_of)
    session.commit()
    return ids


def _past(cast, rng, clock_of):
    article = rng.random() < 0.4
    offered, team = (cast.article, cast.content) if article else (cast.laptop, cast.it_help)
    worker = rng.choice([cast.ada, cast.bea] if article else [cast.ivo, cast.ida])
    asker, asking = rng.choice([(cast.kim, cast.field_office), (cast.eve, cast.finance)])
    at = FIRST + timedelta(seconds=rng.randrange(int((NOW - FIRST).total_seconds())))
    data = facts(offered, asking_team_id=asking.id, at=at, clock_of=clock_of)
    told = [Told(Happening(at, Kind.RAISED, asker.id, Side.ASKING, data))]
    for kind, side, more in _course(rng, article, worker, team):
        at += timedelta(seconds=int(rng.lognormvariate(10.2, 1.3)))
        if at >= NOW:
            break
        actor = worker if side is Side.PROVIDING else asker
        words = "Hello" if kind is Kind.MESSAGE else ""
        told.append(Told(Happening(at, kind, actor.id, side, more), words))
    return Past(f"=Request {rng.random()}", offered.id, asker.id, told)


def _course(rng, article, worker, team):
    us, you = Side.PROVIDING, Side.ASKING
    if rng.random() < 0.08:
        return [(Kind.DECLINED, us, {})]
    course = [(Kind.MESSAGE, us, {})] if rng.random() < 0.9 else []
    course += [(Kind.STARTED, us, {})]
    if rng.random() < 0.3:
        course += [(Kind.PAUSED, us, {"waiting_on": "requester"}), (Kind.RESUMED, you, {})]
    for stage in ("editor", "proofreader") if article else ():
        handed = {"stage": stage, "team": team.id, "holder": worker.id, "decision": "passed on"}
        course += [(Kind.HANDED, us, handed), (Kind.STARTED, us, {})]
    course += [(Kind.DONE, us, {})]
    if rng.random() < 0.15:
        course += [(Kind.REOPENED, you, {}), (Kind.DONE, us, {})]
    if rng.random() < 0.8:
        course += [(Kind.CONFIRMED, you, {"outcome": rng.choice(["yes", "yes", "partly"])})]
    return course
