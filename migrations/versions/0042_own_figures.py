"""What somebody held in some days is a stretch of an index, for their own figures."""

import sqlalchemy as sa
from alembic import op

revision = "0042_own_figures"
down_revision = "0041_recounts"

HELD = sa.text("holder_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_stage_visit_holder_left",
        "stage_visit",
        ["holder_id", "left_at"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )


def downgrade() -> None:
    op.drop_index("ix_stage_visit_holder_left", "stage_visit")
