"""Names are kept folded, too, so that both engines find them whatever letters they have.

Code of before names people, teams and offers without it; such a name is found once it is saved anew.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0036_folded_names"
down_revision = "0035_refused_mail"

TABLES = ("person", "team", "request_type")


def upgrade() -> None:
    for name in TABLES:
        column = sa.Column("folded_name", sa.Text(), server_default="", nullable=False)
        op.add_column(name, column)
        table = sa.table(name, sa.column("id"), sa.column("name"), sa.column("folded_name"))
        rows = op.get_bind().execute(sa.select(table.c.id, table.c.name)).all()
        for number, called in rows:
            value = unicodedata.normalize("NFC", called).strip().casefold()
            op.execute(table.update().where(table.c.id == number).values(folded_name=value))


def downgrade() -> None:
    for name in TABLES:
        op.drop_column(name, "folded_name")
