"""Room for the longest kind of need, "I see the facts differently": PostgreSQL refused it."""

import sqlalchemy as sa
from alembic import op

revision = "0024_longer_needs"
down_revision = "0023_from_the_command_line"


def upgrade() -> None:
    _length(24, 40)


def downgrade() -> None:
    op.execute("DELETE FROM need WHERE length(kind) > 24")  # older code could not keep it either
    _length(40, 24)


def _length(before: int, after: int) -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=sa.String(before), type_=sa.String(after), existing_nullable=False
        )
