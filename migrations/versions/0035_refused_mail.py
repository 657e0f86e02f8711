"""A mail that was refused is known by its key, as one that was taken is."""

import sqlalchemy as sa
from alembic import op

revision = "0035_refused_mail"
down_revision = "0034_asked_back"


def upgrade() -> None:
    op.create_table(
        "refused_mail",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_refused_mail_person_id_person"
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_refused_mail"),
    )


def downgrade() -> None:
    op.drop_table("refused_mail")
