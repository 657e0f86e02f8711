"""A request says whom it waits for: a third party by name, and who is asked to agree.

Code of before leaves both as they are; the next thing that happens to a request, or
`flask rebuild`, sets them right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036_whom_it_waits_for"
down_revision = "0034_asked_back"

ASKED = sa.text("asked_id IS NOT NULL")
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
    op.create_index(
        "ix_request_asked_to_agree",
        "request",
        ["asked_id"],
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )


def downgrade() -> None:
    op.drop_index("ix_request_asked_to_agree", "request")
    op.drop_column("request", "asked_id")
    op.drop_column("request", "waits_for")
