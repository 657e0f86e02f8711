"""The week of a team by mail: who wants it, and who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0026_weeks"
down_revision = "0025_found_in_order"


def upgrade() -> None:
    weekly = sa.Column("weekly", sa.Boolean(), server_default=sa.true(), nullable=False)
    op.add_column("membership", weekly)
    op.create_table(
        "week_told",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_week_told_person_id_person")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_week_told_team_id_team")),
        sa.PrimaryKeyConstraint("person_id", "team_id", "week", name=op.f("pk_week_told")),
    )


def downgrade() -> None:
    op.drop_table("week_told")
    op.drop_column("membership", "weekly")
