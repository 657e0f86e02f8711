"""What waits on somebody who is asked to agree, and what of one's own was merged, are found at once.

A request says whom it waits for: a third party by name, and who is asked to agree. Code of before
leaves both as they are; the next thing that happens to a request, or `flask rebuild`, sets them
right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_lists_of_ones_own"
down_revision = "0036_folded_names"

INDEXES = {
    "ix_request_asked_to_agree": (["asked_id"], "asked_id IS NOT NULL"),
    "ix_request_requester_merged": (
        ["requester_id", "raised_at", "id"],
        "merged_into_id IS NOT NULL",
    ),
}
# Not by batch, which would build the table anew: it may be long, and has indexes over expressions.
COLUMNS = (
    "waits_for VARCHAR(80)",
    "asked_id INTEGER CONSTRAINT fk_request_asked_id_person REFERENCES person (id)",
)
PAUSED = "FROM pause WHERE pause.request_id = request.id AND pause.to_at IS NULL"


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE request ADD COLUMN {column}")
    op.execute(
        "UPDATE request SET waits_for = (SELECT CASE pause.waiting_on WHEN 'children' THEN '' "
        f"ELSE nullif(pause.who, '') END {PAUSED}), "
        "asked_id = (SELECT approval.person_id FROM approval JOIN pause "
        "ON pause.request_id = approval.request_id AND pause.from_at = approval.asked_at "
        "WHERE pause.request_id = request.id AND pause.to_at IS NULL) "
        f"WHERE state = 'waiting' AND EXISTS (SELECT 1 {PAUSED})"
    )
    for name, (columns, given) in INDEXES.items():
        rows = sa.text(given)
        op.create_index(name, "request", columns, sqlite_where=rows, postgresql_where=rows)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "request")
    op.drop_column("request", "asked_id")
    op.drop_column("request", "waits_for")
