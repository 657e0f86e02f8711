"""What is forgotten after a while is found by an index, and so are refusals to one address."""

import sqlalchemy as sa
from alembic import op

revision = "0040_forgetting"
down_revision = "0039_unanswered"

LETTERS = {
    "ix_letter_with_words": (["created_at"], sa.text("body <> ''")),
    "ix_letter_outside": (["to", "created_at"], sa.text("person_id IS NULL")),
}


def upgrade() -> None:
    op.create_index("ix_act_key_at", "act_key", ["at"])
    for name, (columns, which) in LETTERS.items():
        op.create_index(name, "letter", columns, sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    for name in LETTERS:
        op.drop_index(name, "letter")
    op.drop_index("ix_act_key_at", "act_key")
