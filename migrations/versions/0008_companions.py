"""What stands beside requests: links, approvals, on which side a team stands; also who is away,
prepared answers, and who has a request open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_companions"
down_revision = "0007_search"

ASKING = """UPDATE party SET asks = true WHERE EXISTS (
    SELECT 1 FROM request WHERE request.id = party.request_id
    AND request.asking_team_id = party.team_id AND request.team_id <> party.team_id)"""


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absence_days_in_order")),
        sa.CheckConstraint("substitute_id <> person_id", name=op.f("ck_absence_somebody_else")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_absence_substitute_id"), ["substitute_id"], unique=False
        )

    op.create_table(
        "prepared_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_prepared_answer_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_answer")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_prepared_answer_team_id_name")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_approval_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approval_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_approval_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("request_id", "seq", name=op.f("uq_approval_request_id_seq")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_person_id"), ["person_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_link_request_id_request")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["request.id"], name=op.f("fk_link_to_id_request")),
        sa.PrimaryKeyConstraint("request_id", "kind", "to_id", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_to_id"), ["to_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_presence_request_id_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(ASKING)


def downgrade() -> None:
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_column("asks")

    op.drop_table("presence")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_to_id"))

    op.drop_table("link")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_person_id"))

    op.drop_table("approval")
    op.drop_table("prepared_answer")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_substitute_id"))
        batch_op.drop_index(batch_op.f("ix_absence_person_id"))

    op.drop_table("absence")
