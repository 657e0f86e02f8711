"""What the command line does: acts that nobody signed in did, and links for a bad day."""

import sqlalchemy as sa
from alembic import op

revision = "0023_from_the_command_line"
down_revision = "0022_webhook_secrets"
BEFORE = "door IN ('password', 'link', 'provider', 'invitation', 'demo')"
AFTER = "door IN ('password', 'link', 'provider', 'invitation', 'command', 'demo')"


def upgrade() -> None:
    with op.batch_alter_table("admin_event", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("from_command", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _only(AFTER)


def downgrade() -> None:
    op.execute("UPDATE login_session SET door = 'link' WHERE door = 'command'")
    _only(BEFORE)
    op.execute(sa.text("DELETE FROM sign_in_link WHERE from_command"))  # opened more than others
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_column("from_command")
    # Written by whoever it is about, since somebody must have been: older code knows no better.
    op.execute("UPDATE admin_event SET by_id = subject_id WHERE by_id IS NULL")
    with op.batch_alter_table("admin_event", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=False)


def _only(doors: str) -> None:
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_login_session_door"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_login_session_door"), doors)
