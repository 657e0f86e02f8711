"""Whose turn it was last in a team is the end of a stretch of an index.

It takes the place of one that nothing reads by any more, so that writing costs what it did.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038_last_in_turn"
down_revision = "0037_lists_of_ones_own"

HELD = sa.text("holder_id IS NOT NULL")
BEFORE = ("ix_stage_visit_holder_request", ["holder_id", "request_id"])
NOW = ("ix_stage_visit_holder_entered", ["holder_id", "team_id", "entered_at"])


def upgrade() -> None:
    _replace(BEFORE, NOW)


def downgrade() -> None:
    _replace(NOW, BEFORE)


def _replace(old: tuple[str, list[str]], new: tuple[str, list[str]]) -> None:
    op.drop_index(old[0], "stage_visit")
    op.create_index(new[0], "stage_visit", new[1], sqlite_where=HELD, postgresql_where=HELD)
