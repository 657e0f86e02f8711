"""Every blueprint, in one list."""

from app.web import (
    acts,
    answers,
    aside,
    catalogue,
    comparing,
    door,
    drafts,
    handoffs,
    lateness,
    notices,
    offers,
    people,
    piece,
    remarks,
    requests,
    teams,
    turnaround,
    unsubscribe,
    work,
)

MODULES = (
    *(door, unsubscribe, people, notices, drafts, work, catalogue, offers, teams),
    *(requests, acts, lateness, piece, comparing, handoffs, aside, answers, remarks, turnaround),
)
BLUEPRINTS = [module.bp for module in MODULES]
