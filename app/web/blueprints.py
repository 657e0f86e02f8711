"""Every blueprint, in one list."""

from app.web import door, turnaround

BLUEPRINTS = [door.bp, turnaround.bp]
