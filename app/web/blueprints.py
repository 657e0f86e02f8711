"""Every blueprint, in one list."""

from app.web import catalogue, door, people, teams, turnaround, work

BLUEPRINTS = [door.bp, people.bp, work.bp, catalogue.bp, teams.bp, turnaround.bp]
