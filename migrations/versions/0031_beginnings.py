"""The index over words on SQLite reads beginnings of two to twelve letters from its end.

Without an index for their length, all that begin so are collected before the first one is shown.
"""

from alembic import op

revision = "0031_beginnings"
down_revision = "0030_whose_advice"

TABLE = """CREATE VIRTUAL TABLE request_fts USING fts5(
    open_words, inner_words, content='request_text', content_rowid='request_id',
    tokenize='unicode61 remove_diacritics 2', prefix='{lengths}')"""
SHORT, LONG = "2 3", " ".join(str(length) for length in range(2, 13))


def upgrade() -> None:
    _make_anew(LONG)


def downgrade() -> None:
    _make_anew(SHORT)


def _make_anew(lengths: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE request_fts")
    op.execute(TABLE.format(lengths=lengths))
    op.execute("INSERT INTO request_fts(request_fts) VALUES ('rebuild')")
