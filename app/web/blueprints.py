"""Every blueprint, in one list."""

from app.web import (
    acts,
    catalogue,
    door,
    drafts,
    handoffs,
    people,
    piece,
    requests,
    teams,
    turnaround,
    work,
)

MODULES = (
    *(door, people, drafts, work, catalogue, teams),
    *(requests, acts, piece, handoffs, turnaround),
)
BLUEPRINTS = [module.bp for module in MODULES]
