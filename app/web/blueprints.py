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
    people,
    piece,
    remarks,
    requests,
    teams,
    turnaround,
    work,
)

MODULES = (
    *(door, people, drafts, work, catalogue, teams),
    *(requests, acts, piece, comparing, handoffs, aside, answers, remarks, turnaround),
)
BLUEPRINTS = [module.bp for module in MODULES]
