"""Acts of looking after the organisation that nobody signed in did: on the command line."""

import sqlalchemy as sa
from alembic import op

revision = "0023_acts_at_the_command_line"
down_revision = "0018_webhooks"


def upgrade() -> None:
    with op.batch_alter_table("admin_event", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    # Written by whoever it is about, since somebody must have been: older code knows no better.
    op.execute("UPDATE admin_event SET by_id = subject_id WHERE by_id IS NULL")
    with op.batch_alter_table("admin_event", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=False)
