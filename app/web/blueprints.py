"""Every blueprint, in one list."""

from app.web import (
    acts,
    catalogue,
    door,
    handoffs,
    people,
    piece,
    requests,
    teams,
    turnaround,
    work,
)

MODULES = (door, people, work, catalogue, teams, requests, acts, piece, handoffs, turnaround)
BLUEPRINTS = [module.bp for module in MODULES]
