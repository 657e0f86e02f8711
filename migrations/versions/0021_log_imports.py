"""Logs of other tools, uploaded and brought in by the worker."""

import sqlalchemy as sa
from alembic import op

revision = "0021_log_imports"
down_revision = "0018_webhooks"


def upgrade() -> None:
    op.create_table(
        "log_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("cases_done", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "ending IN ('done', 'dropped', 'stopped')", name=op.f("ck_log_import_ending")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_log_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_import")),
        sa.UniqueConstraint("by_id", "key", name=op.f("uq_log_import_by_id_key")),
        sa.UniqueConstraint("slot", name=op.f("uq_log_import_slot")),
    )


def downgrade() -> None:
    op.drop_table("log_import")
