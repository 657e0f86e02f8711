"""What waits on whoever asked has an index of its own, however much of theirs is open."""

import sqlalchemy as sa
from alembic import op

revision = "0034_asked_back"
down_revision = "0033_who_is_thanked"

ROWS = sa.text("turn_side = 'asking' AND ended_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_request_asked_back",
        "request",
        ["requester_id", "state"],
        sqlite_where=ROWS,
        postgresql_where=ROWS,
    )


def downgrade() -> None:
    op.drop_index("ix_request_asked_back", "request")
