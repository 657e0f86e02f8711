"""How times and spans read on a page."""

import flask


def init_app(app: flask.Flask) -> None:
    """Give the templates their words for times."""
