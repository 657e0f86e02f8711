"""Indexes for searches by who holds it, who asked and what for, in the order of asking."""

from alembic import op

revision = "0025_found_in_order"
down_revision = "0024_longer_needs"

COLUMNS = {"holder": "holder_id", "type": "type_id", "asking": "asking_team_id"}


def upgrade() -> None:
    for name, column in COLUMNS.items():
        op.create_index(f"ix_request_{name}_raised", "request", [column, "raised_at", "id"])
    op.drop_index("ix_request_asking_team_id", table_name="request")


def downgrade() -> None:
    op.create_index("ix_request_asking_team_id", "request", ["asking_team_id"])
    for name in COLUMNS:
        op.drop_index(f"ix_request_{name}_raised", table_name="request")
