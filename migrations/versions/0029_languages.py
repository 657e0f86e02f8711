"""The language somebody has chosen to be spoken to in."""

import sqlalchemy as sa
from alembic import op

revision = "0029_languages"
down_revision = "0028_bounds_of_windows"


def upgrade() -> None:
    op.add_column("person", sa.Column("language", sa.String(length=8), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "language")
