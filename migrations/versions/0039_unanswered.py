"""Pages also know what was over without an answer, and what came from another tool's log.

`flask rebuild` fills in what is known of earlier days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039_unanswered"
down_revision = "0038_last_in_turn"

SECONDS = ("unanswered_working", "unanswered_elapsed")


def upgrade() -> None:
    nothing = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    for name in SECONDS:
        op.add_column(
            "team_page", sa.Column(name, sa.LargeBinary(), nullable=False, server_default=nothing)
        )
    op.add_column(
        "team_page", sa.Column("imported", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    for name in ("imported", *SECONDS):
        op.drop_column("team_page", name)
