"""Open work stands in indexes in the order of the queue, and by what is promised.

A request knows when its stage is due, so that no list looks for its visit. Code of before may move
requests without saying so; `flask rebuild` sets it right. Indexes that only list what is done,
left or held leave out all else, which makes asking for something cheaper.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032_order_of_queues"
down_revision = "0031_beginnings"

MOVING = "state IN ('accepted', 'in work', 'raised')"
EXPECTED = "coalesce(expected_at, stage_due_at, due_at)"
RANK = f"(CASE WHEN (first_response_at IS NULL) THEN 0 WHEN ({EXPECTED} IS NULL) THEN 2 ELSE 1 END)"
MOMENT = (
    "(CASE WHEN (first_response_at IS NULL) THEN raised_at "
    "ELSE coalesce(expected_at, stage_due_at, due_at, raised_at) END)"
)
IN_ORDER = {
    "ix_request_queue": (["team_id", sa.text(RANK), sa.text(MOMENT), "id"], MOVING),
    "ix_request_promised": (
        ["team_id", sa.text("coalesce(expected_at, due_at)"), "id"],
        f"{MOVING} AND turn_side = 'providing'",
    ),
}
NARROWER = {
    "ix_request_team_done": ("request", ["team_id", "done_at"], "done_at"),
    "ix_request_type_done": ("request", ["type_id", "done_at"], "done_at"),
    "ix_request_holder_state": ("request", ["holder_id", "state", "turn_since"], "holder_id"),
    "ix_request_holder_raised": ("request", ["holder_id", "raised_at", "id"], "holder_id"),
    "ix_stage_visit_team_left": ("stage_visit", ["team_id", "left_at", "stage"], "left_at"),
    "ix_stage_visit_holder_request": ("stage_visit", ["holder_id", "request_id"], "holder_id"),
}


def upgrade() -> None:
    op.add_column("request", sa.Column("stage_due_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE request SET stage_due_at = (SELECT visit.due_at FROM stage_visit visit "
        "WHERE visit.request_id = request.id AND visit.left_at IS NULL) "
        "WHERE EXISTS (SELECT 1 FROM stage_visit visit "
        "WHERE visit.request_id = request.id AND visit.left_at IS NULL)"
    )
    for name, (columns, rows) in IN_ORDER.items():
        _index(name, "request", columns, rows)
    for name, (table, columns, given) in NARROWER.items():
        op.drop_index(name, table)
        _index(name, table, columns, f"{given} IS NOT NULL")


def downgrade() -> None:
    for name, (table, columns, _) in NARROWER.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    for name in IN_ORDER:
        op.drop_index(name, "request")
    op.drop_column("request", "stage_due_at")


def _index(name, table, columns, rows):
    where = sa.text(rows)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
