"""Indexes with which the pages take the same time however long the archive grows."""

import sqlalchemy as sa
from alembic import op

revision = "0009_archive"
down_revision = "0008_companions"

NEW = (
    ("ix_event_kind_at", "event", ["kind", "at"]),
    ("ix_request_team_ended", "request", ["team_id", "ended_at", "id"]),
    ("ix_request_requester_raised", "request", ["requester_id", "raised_at", "id"]),
    ("ix_request_raised", "request", ["raised_at", "id"]),
    ("ix_stage_visit_holder_request", "stage_visit", ["holder_id", "request_id"]),
    ("ix_approval_person_request", "approval", ["person_id", "request_id"]),
    ("ix_notice_person_newest", "notice", ["person_id", "id"]),
)
OPEN_ONLY = (
    ("ix_request_open", ["raised_at", "id"]),
    ("ix_request_requester_open", ["requester_id", "raised_at", "id"]),
)
# The new ones begin with the same columns, or hold what these were asked for.
OLD = (
    ("ix_request_requester_state", "request", ["requester_id", "state", "raised_at"]),
    ("ix_stage_visit_holder_id", "stage_visit", ["holder_id"]),
    ("ix_approval_person_id", "approval", ["person_id"]),
)


def upgrade() -> None:
    for name, table, columns in NEW:
        op.create_index(name, table, columns)
    where = sa.text("ended_at IS NULL")
    for name, columns in OPEN_ONLY:
        op.create_index(name, "request", columns, sqlite_where=where, postgresql_where=where)
    for name, table, _ in OLD:
        op.drop_index(name, table)


def downgrade() -> None:
    for name, table, columns in OLD:
        op.create_index(name, table, columns)
    for name, _ in OPEN_ONLY:
        op.drop_index(name, "request")
    for name, table, _ in reversed(NEW):
        op.drop_index(name, table)
