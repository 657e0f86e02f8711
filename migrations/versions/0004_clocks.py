"""Clocks and what happens by itself: awaited replies, second promises, timers, merged requests.

Timers of requests that are open already come with `flask rebuild`. Going back keeps the wider
checks: rows of the newer kinds may stand there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_clocks"
down_revision = "0003_review"

KINDS = (
    "kind IN ('raised', 'message', 'note', 'claimed', 'taken over', 'given', 'started', "
    "'paused', 'resumed', 'handed', 'declined', 'withdrawn', 'done', 'confirmed', 'reopened', "
    "'thanked', 'version made', 'remark answered', 'remark settled', 'changes answered', "
    "'stepped aside', 'taken back', 'said when', 'promised anew', 'reminded', 'rated', "
    "'unsaid', 'approval asked', 'decided', 'ticked', 'linked', 'unlinked', 'merged', "
    "'unmerged')"
)
STATES = (
    "state IN ('raised', 'accepted', 'in work', 'waiting', 'done', 'confirmed', 'declined', "
    "'withdrawn', 'merged')"
)
ENDED = "(ended_at IS NOT NULL) = (state IN ('confirmed', 'declined', 'withdrawn', 'merged'))"
TYPE_CHECKS = {
    "reply_promise": "reply_promise_s > 0",
    "response_promise_days": "response_promise_days >= 0",
    "done_promise_days": "done_promise_days >= 0",
    "routing": "routing IN ('queue', 'person', 'round robin', 'load')",
    "routed_to_a_person": "(routing = 'person') = (routed_to_id IS NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "reply_wait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("working_s", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_reply_wait_request_id_request")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_reply_wait_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_wait")),
        sa.UniqueConstraint("request_id", "seq", name=op.f("uq_reply_wait_request_id_seq")),
    )
    op.create_table(
        "timer",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_timer_request_id_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "what", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timer_at"), ["at"], unique=False)

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("second_promises", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("unanswered_since", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("reply_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rating", sa.String(length=12), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_request_merged_into_id_request"), "request", ["merged_into_id"], ["id"]
        )
        batch_op.drop_constraint(op.f("ck_request_state"), type_="check")
        batch_op.drop_constraint(op.f("ck_request_ended_has_its_time"), type_="check")
        batch_op.create_check_constraint(op.f("ck_request_state"), STATES)
        batch_op.create_check_constraint(op.f("ck_request_ended_has_its_time"), ENDED)

    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint(op.f("ck_event_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_event_kind"), KINDS)

    with op.batch_alter_table("request_type", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("keywords", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("checklist", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("routing", sa.String(length=12), nullable=False, server_default="queue")
        )
        batch_op.add_column(sa.Column("routed_to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("response_promise_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reply_promise_s", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("done_promise_days", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_request_type_routed_to_id_person"), "person", ["routed_to_id"], ["id"]
        )
        for name, condition in TYPE_CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_request_type_{name}"), condition)


def downgrade() -> None:
    with op.batch_alter_table("request_type", schema=None) as batch_op:
        for name in TYPE_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_request_type_{name}"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_request_type_routed_to_id_person"), type_="foreignkey"
        )
        batch_op.drop_column("done_promise_days")
        batch_op.drop_column("reply_promise_s")
        batch_op.drop_column("response_promise_days")
        batch_op.drop_column("routed_to_id")
        batch_op.drop_column("routing")
        batch_op.drop_column("checklist")
        batch_op.drop_column("keywords")

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_request_merged_into_id_request"), type_="foreignkey"
        )
        batch_op.drop_column("rating")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("reply_by")
        batch_op.drop_column("unanswered_since")
        batch_op.drop_column("second_promises")
        batch_op.drop_column("expected_at")

    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timer_at"))

    op.drop_table("timer")
    op.drop_table("reply_wait")
