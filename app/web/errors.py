"""Error pages that say what happened and what to do, and keep every typed word."""

import flask


def init_app(app: flask.Flask) -> None:
    """Register the answers to what goes wrong."""
