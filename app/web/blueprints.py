"""Every blueprint, in one list."""

from app.web import catalogue, door, teams, turnaround, work

BLUEPRINTS = [catalogue.bp, door.bp, teams.bp, turnaround.bp, work.bp]
