"""Drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0002_drafts"
down_revision = "0001_first_tables"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "form", name=op.f("pk_draft")),
    )


def downgrade() -> None:
    op.drop_table("draft")
