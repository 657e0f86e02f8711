"""The words of requests and the index over them: FTS5 on SQLite, a GIN index on PostgreSQL.

The words of requests that are there already come with `flask rebuild`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_search"
down_revision = "0006_attachments"

# No triggers: an SQLite that trusts no schema refuses virtual tables in them, and Baton's does.
FTS5 = (
    """CREATE VIRTUAL TABLE request_fts USING fts5(
        open_words, inner_words, content='request_text', content_rowid='request_id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
)
GIN = (
    """ALTER TABLE request_text ADD COLUMN open_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', open_words)) STORED""",
    """ALTER TABLE request_text ADD COLUMN all_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', open_words || ' ' || inner_words)) STORED""",
    "CREATE INDEX ix_request_text_open ON request_text USING gin (open_vector)",
    "CREATE INDEX ix_request_text_all ON request_text USING gin (all_vector)",
)


def upgrade() -> None:
    op.create_table(
        "request_text",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("open_words", sa.Text(), nullable=False),
        sa.Column("inner_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_text_request_id_request")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_text")),
    )
    for statement in FTS5 if op.get_bind().dialect.name == "sqlite" else GIN:
        op.execute(statement)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_saved_view_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_person_id"), "saved_view", ["person_id"])
    op.create_index(op.f("ix_saved_view_team_id"), "saved_view", ["team_id"])


def downgrade() -> None:
    op.drop_table("saved_view")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE request_fts")
    op.drop_table("request_text")
