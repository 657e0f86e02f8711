"""How many queries a page takes: counted in this process, on the database that is served."""

import os
from pathlib import Path

from app import create_app
from app.db import db
from app.turnaround.refreshing import refresh, teams_changed
from tests.bench.filling import settings_of
from tests.bench.visiting import hidden
from tests.support.desk import counted_queries


class Counter:
    """Somebody signed in to the application itself, with every statement counted."""

    def __init__(self, database: Path, person_id: int) -> None:
        self._app = create_app(os.environ | settings_of(database))
        self._client = self._app.test_client()
        door = self._client.get("/sign-in").text
        self._client.post(f"/demo/{person_id}", data={"csrf_token": hidden(door, "csrf_token")})

    def count_days(self) -> None:
        """Count the days whose figures changed anew, as the worker does within seconds."""
        with self._app.app_context():
            for team_id in teams_changed(db.session):
                while refresh(db.session, team_id):
                    db.session.commit()
            db.session.rollback()

    def queries(self, address: str) -> int:
        """Return how many statements the page of `address` sends."""
        with self._app.app_context(), counted_queries(db.session) as sent:
            self._client.get(address)
        return len(sent)
