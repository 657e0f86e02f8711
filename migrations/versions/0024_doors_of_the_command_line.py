"""Links made on the command line, for the day on which no other door opens."""

import sqlalchemy as sa
from alembic import op

revision = "0024_doors_of_the_command_line"
down_revision = "0023_acts_at_the_command_line"
BEFORE = "door IN ('password', 'link', 'provider', 'invitation', 'demo')"
AFTER = "door IN ('password', 'link', 'provider', 'invitation', 'command', 'demo')"


def upgrade() -> None:
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


def _only(doors: str) -> None:
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_login_session_door"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_login_session_door"), doors)
