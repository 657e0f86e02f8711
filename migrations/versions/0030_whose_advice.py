"""Answers and thanks lie by the team whose advice they are about, in the order of time.

Code of before may still write them without it; `flask rebuild` places those.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030_whose_advice"
down_revision = "0029_languages"

TABLES = {"answer": ["team_id", "replaced", "kind", "at"], "helped": ["team_id", "at"]}


def upgrade() -> None:
    replaced = sa.Column("replaced", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("answer", replaced)
    later = "SELECT 1 FROM answer later WHERE later.remark_id = answer.remark_id"
    op.execute(f"UPDATE answer SET replaced = true WHERE EXISTS ({later} AND later.id > answer.id)")
    for table, indexed in TABLES.items():
        op.add_column(table, sa.Column("team_id", sa.Integer(), nullable=True))
        op.execute(
            f"UPDATE {table} SET team_id = (SELECT visit.team_id FROM stage_visit visit "
            "JOIN remark ON visit.request_id = remark.request_id AND visit.seq = remark.visit_seq "
            f"WHERE remark.id = {table}.remark_id)"
        )
        op.drop_index(f"ix_{table}_at", table)
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(f"fk_{table}_team_id_team", "team", ["team_id"], ["id"])
        op.create_index(f"ix_{table}_team_at", table, indexed)


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_team_at", table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_team_id_team", type_="foreignkey")
            batch.drop_column("team_id")
            if table == "answer":
                batch.drop_column("replaced")
        op.create_index(f"ix_{table}_at", table, ["at"])
