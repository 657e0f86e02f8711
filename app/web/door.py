"""Sign in and out."""

import flask

bp = flask.Blueprint("door", __name__)
