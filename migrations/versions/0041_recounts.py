"""After a change of hours, requests of long ago follow a stretch at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0041_recounts"
down_revision = "0040_forgetting"


def upgrade() -> None:
    op.create_table(
        "recount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("below", sa.Integer(), nullable=True),
        sa.Column("behind", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recount"),
    )


def downgrade() -> None:
    op.drop_table("recount")
