"""The floor: the least that Flask does for a list of 50 rows, and for one committed POST.

One compiled template and one indexed ORM query; no session, no forms, nobody signed in.
"""

from typing import Any

import flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ROWS, TEAMS, SHOWN = 2000, 8, 50
PAGE = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><h1>Floor</h1>
<table>{% for row in rows %}<tr>
<td><a href="/pieces/{{ row.id }}">{{ row.title }}</a></td><td>{{ row.state }}</td>
<td>{{ row.holder }}</td><td><time datetime="{{ row.changed_at }}">{{ row.changed_at }}</time></td>
</tr>{% endfor %}</table></body></html>"""


class Base(DeclarativeBase):
    """Base of the one table."""


class Piece(Base):
    """A row of the list."""

    __tablename__ = "piece"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12))
    holder: Mapped[str] = mapped_column(String(80))
    changed_at: Mapped[str] = mapped_column(String(32))


def create_app(url: str) -> flask.Flask:
    """Build the floor in a database, its table made anew; on SQLite WAL and FULL as Baton's own."""
    app = flask.Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db = SQLAlchemy(app, model_class=Base)
    template = app.jinja_env.from_string(PAGE)
    with app.app_context():
        if url.startswith("sqlite"):
            event.listen(db.engine, "connect", _open_well)
        db.drop_all()
        db.create_all()
        db.session.add_all(map(_piece, range(ROWS)))
        db.session.commit()
        db.engine.dispose()

    @app.get("/")
    def rows() -> str:
        query = select(Piece).where(Piece.team_id == 3).order_by(Piece.id).limit(SHOWN)
        return template.render(rows=db.session.scalars(query))

    @app.post("/")
    def create() -> Any:
        piece = _piece(len(flask.request.form["words"]))
        db.session.add(piece)
        db.session.commit()
        return flask.redirect("/", 303)

    return app


def _piece(number: int) -> Piece:
    title = f"Piece {number} of what the floor has to show"
    changed = "2026-03-02 09:00:00"
    holder = f"Person {number % 60}"
    return Piece(
        team_id=number % TEAMS, title=title, state="in work", holder=holder, changed_at=changed
    )


def _open_well(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
