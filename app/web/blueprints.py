"""Every blueprint, in one list."""

from app.web import acts, catalogue, door, people, requests, teams, turnaround, work

BLUEPRINTS = [
    door.bp,
    people.bp,
    requests.bp,
    acts.bp,
    work.bp,
    catalogue.bp,
    teams.bp,
    turnaround.bp,
]
