"""A week in which IT Help does all that it was asked for: forty laptops, by a seed.

Everything is raised, comes due and is done in the week from 2 March 2026, so that “raised in these
days”, “done in these days” and “came due in these days” are the same requests, and a figure that
counts the open ones says what one over the finished says.
"""

from datetime import timedelta
from random import Random

from app.requests.acts.raising import facts
from app.requests.life.ledger import Happening
from app.requests.record.pasts import Past, Told, record_pasts
from app.requests.record.storing import clocks
from app.requests.rules import Kind, Side
from tests.support.it_desk import FRI, MON, TUE, at

HOW_MANY = 40
US, YOU = Side.PROVIDING, Side.ASKING


def calm_week(session, cast, *, unanswered=0):
    """Record the week; some of it is done later than promised, some after a pause.

    Beside it so many are `unanswered`: every third is declined without a word, the others lie.
    """
    rng, clock_of = Random(7), clocks(session)
    pasts = [_past(cast, rng, clock_of) for _ in range(HOW_MANY)]
    pasts += [_silent(cast, rng, clock_of, declined=n % 3 == 0) for n in range(unanswered)]
    record_pasts(session, pasts, clock_of)
    session.commit()


def _past(cast, rng, clock_of):
    asked, raised = _asked(cast, rng, clock_of)
    course = [(Kind.MESSAGE, US, {}), (Kind.STARTED, US, {})]
    if rng.random() < 0.3:
        paused = {"waiting_on": "third party", "who": "The printers"}
        course += [(Kind.PAUSED, US, paused), (Kind.RESUMED, US, {"how": "by hand"})]
    course += [(Kind.DONE, US, {})]
    left = at(FRI, "18:00") - asked
    moments = sorted(rng.randrange(60, int(left.total_seconds())) for _ in course)
    told = [raised]
    for (kind, side, more), seconds in zip(course, moments, strict=True):
        happening = Happening(asked + timedelta(seconds=seconds), kind, cast.ivo.id, side, more)
        told.append(Told(happening, "Hello" if kind is Kind.MESSAGE else ""))
    return _laptop(cast, rng, told)


def _silent(cast, rng, clock_of, *, declined):
    asked, raised = _asked(cast, rng, clock_of)
    end = Happening(asked + timedelta(hours=rng.randrange(1, 60)), Kind.DECLINED, cast.ivo.id, US)
    return _laptop(cast, rng, [raised, Told(end)] if declined else [raised])


def _asked(cast, rng, clock_of):
    asked = at(rng.choice([MON, TUE]), f"{rng.randrange(7, 18):02}:{rng.randrange(60):02}")
    data = facts(cast.laptop, asking_team_id=cast.field_office.id, at=asked, clock_of=clock_of)
    return asked, Told(Happening(asked, Kind.RAISED, cast.kim.id, YOU, data))


def _laptop(cast, rng, told):
    return Past(f"Laptop {rng.random()}", cast.laptop.id, cast.kim.id, told)
