"""Every blueprint, in one list."""

from app.web import door

BLUEPRINTS = [door.bp]
