"""A database put back to how it was, between two trials in one test."""

from sqlalchemy import text

from app.db import db
from tests.support.walking import snapshot


class Rewinding:
    """Remembers every row of the database as it is now; the index over words is left alone."""

    def __init__(self, session):
        session.commit()
        self.session = session
        self._rows = snapshot(session)
        session.rollback()

    def changed(self):
        """Return the names of the tables that hold other rows than they did."""
        now = snapshot(self.session)
        self.session.rollback()
        return [n for n, rows in now.items() if _alike(rows) != _alike(self._rows[n])]

    def grown(self):
        """Return the names of the tables that hold more or fewer rows."""
        now = snapshot(self.session)
        self.session.rollback()
        return [name for name, rows in now.items() if len(rows) != len(self._rows[name])]

    def back(self, changed=None):
        """Put back what changed: those tables, or what is found to have changed."""
        names = self.changed() if changed is None else changed
        if not names:
            return
        tables = [table for table in db.metadata.sorted_tables if table.name in names]
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                if rows := self._rows[table.name]:
                    connection.execute(table.insert(), [row._asdict() for row in rows])
            connection.commit()
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
                connection.exec_driver_sql("BEGIN")


def _alike(rows):
    return sorted(map(repr, rows))  # without an order of their own
