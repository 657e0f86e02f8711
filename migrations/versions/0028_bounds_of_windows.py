"""Find what came due, was asked or was remarked in a window without walking the archive."""

import sqlalchemy as sa
from alembic import op

revision = "0028_bounds_of_windows"
down_revision = "0026_weeks"

OVER = sa.text("done_at IS NOT NULL OR ended_at IS NOT NULL")
PROMISES = {"ix_request_team_due": "due_at", "ix_request_team_respond": "respond_by"}
INSTANTS = {
    "ix_pause_from_at": ("pause", "from_at"),
    "ix_reply_wait_from_at": ("reply_wait", "from_at"),
    "ix_reply_wait_due_at": ("reply_wait", "due_at"),
    "ix_remark_released_at": ("remark", "released_at"),
}


def upgrade() -> None:
    for name, column in PROMISES.items():
        op.create_index(
            name, "request", ["team_id", column], sqlite_where=OVER, postgresql_where=OVER
        )
    for name, (table, column) in INSTANTS.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, (table, _) in INSTANTS.items():
        op.drop_index(name, table)
    for name in PROMISES:
        op.drop_index(name, "request")
