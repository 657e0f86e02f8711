"""Pages of exact figures: a team's day, and thirty days, with every duration."""

import sqlalchemy as sa
from alembic import op

revision = "0012_pages"
down_revision = "0011_counted_visits"


def upgrade() -> None:
    op.create_table(
        "stage_page",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        *_numbers("entered", "finished", "returned"),
        *_sums("waiting_total", "in_hand_total", "paused_total"),
        *_seconds("working", "elapsed", "waiting", "in_hand", "paused"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_stage_page_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "span", "day", "stage", name=op.f("pk_stage_page")),
    )
    op.create_table(
        "team_page",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_numbers("raised", "ended_unanswered", "done", "confirmed", "partly", "unconfirmed"),
        *_numbers("reopened", "reopenings", "returns"),
        *_sums("working_total", "paused_total"),
        *_seconds("done_working", "done_elapsed", "response_working", "response_elapsed"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_page_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "span", "day", name=op.f("pk_team_page")),
    )


def downgrade() -> None:
    op.drop_table("team_page")
    op.drop_table("stage_page")


def _numbers(*names):
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _sums(*names):
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _seconds(*names):
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]
