"""Thanks lie by whom they are for, so that nobody's list reads those of the whole house.

Of thanks said before, those are taken to be meant who held a leg that had begun by then. Code of
before may still say thanks without them; `flask rebuild` sets both right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_who_is_thanked"
down_revision = "0032_order_of_queues"


def upgrade() -> None:
    op.create_table(
        "thanked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_thanked_person_id_person"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name="fk_thanked_request_id_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_thanked"),
        sa.UniqueConstraint("request_id", "seq", name="uq_thanked_request_id_seq"),
    )
    op.create_index("ix_thanked_person_at", "thanked", ["person_id", "at"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    to = "json_extract(event.data, '$.to')" if sqlite else "CAST(event.data ->> 'to' AS integer)"
    op.execute(
        "INSERT INTO thanked (request_id, seq, event_seq, person_id, at) "
        "SELECT request_id, row_number() OVER (PARTITION BY request_id ORDER BY seq, person_id), "
        "seq, person_id, at FROM ("
        f"SELECT DISTINCT event.request_id, event.seq, event.at, "
        f"coalesce({to}, stage_visit.holder_id) AS person_id, event.actor_id "
        "FROM event JOIN stage_visit ON stage_visit.request_id = event.request_id "
        "AND stage_visit.entered_at <= event.at WHERE event.kind = 'thanked') said "
        "WHERE person_id IS NOT NULL AND person_id <> coalesce(actor_id, 0)"
    )


def downgrade() -> None:
    op.drop_table("thanked")
