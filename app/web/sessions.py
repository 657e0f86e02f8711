"""Signed-in browsers: our own revocable session rows behind Flask-Login."""

import flask
from flask_login import LoginManager


def init_app(app: flask.Flask) -> None:
    """Set up who is signed in."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
