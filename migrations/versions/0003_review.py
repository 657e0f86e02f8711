"""Staged review: anchors, verdicts, files, and what the flow needs for them.

Going back keeps the wider checks on event and answer: rows of the newer kinds may stand there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_review"
down_revision = "0002_drafts"

ANSWERS = "kind IN ('taken', 'taken my own way', 'not taken because', 'question', 'thanks')"
KINDS = (
    "kind IN ('raised', 'message', 'note', 'claimed', 'taken over', 'given', 'started', 'paused', "
    "'resumed', 'handed', 'declined', 'withdrawn', 'done', 'confirmed', 'reopened', 'thanked', "
    "'version made', 'remark answered', 'remark settled', 'changes answered', 'stepped aside', "
    "'taken back', 'said when')"
)


def upgrade() -> None:
    op.create_table(
        "nudge_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_nudge_count_team_id_team")),
        sa.PrimaryKeyConstraint("day", "team_id", "rule", name=op.f("pk_nudge_count")),
    )
    op.create_table(
        "look",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_look_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_look_request_id_request")
        ),
        sa.PrimaryKeyConstraint("person_id", "request_id", name=op.f("pk_look")),
    )
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("visit_seq", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('more specific please', 'more on what to keep', 'too much at once', 'the tone stung', 'I see the facts differently')",
            name=op.f("ck_need_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["adviser_id"], ["person.id"], name=op.f("fk_need_adviser_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_need_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_need_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint(
            "request_id",
            "visit_seq",
            "adviser_id",
            "person_id",
            "kind",
            name=op.f("uq_need_request_id_visit_seq_adviser_id_person_id_kind"),
        ),
    )
    op.create_table(
        "changes_answer",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("for_author", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_changes_answer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_changes_answer_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_changes_answer")),
    )
    op.create_table(
        "version_file",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("lost", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_file_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_file")),
    )
    op.create_table(
        "anchor",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("suffix", sa.String(length=32), nullable=False),
        sa.CheckConstraint('0 <= "start" AND "start" < "end"', name=op.f("ck_anchor_span")),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name=op.f("fk_anchor_remark_id_remark")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_anchor_version_id_version")
        ),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_anchor")),
    )
    op.create_table(
        "helped",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_helped_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name=op.f("fk_helped_remark_id_remark")
        ),
        sa.PrimaryKeyConstraint("remark_id", "person_id", name=op.f("pk_helped")),
    )
    op.create_table(
        "taken_suggestion",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name=op.f("fk_taken_suggestion_remark_id_remark")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_taken_suggestion_version_id_version")
        ),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_taken_suggestion")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("as_lead", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_verdict_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name=op.f("fk_verdict_remark_id_remark")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_remark_id"), ["remark_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Float(), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('same', 'moved with changes', 'perhaps here', 'gone')",
            name=op.f("ck_placement_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome = 'gone') = (\"start\" IS NULL)", name=op.f("ck_placement_gone_has_no_place")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_placement_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["anchor.remark_id"], name=op.f("fk_placement_remark_id_anchor")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_placement_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "remark_id", "version_id", name=op.f("uq_placement_remark_id_version_id")
        ),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_version_id"), ["version_id"], unique=False)

    with op.batch_alter_table("remark") as batch_op:
        batch_op.add_column(sa.Column("replacement", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE remark SET released_at = created_at")
    with op.batch_alter_table("remark") as batch_op:
        batch_op.alter_column(
            "released_at", existing_type=sa.DateTime(timezone=True), nullable=False
        )
    with op.batch_alter_table("request") as batch_op:
        batch_op.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("request_type") as batch_op:
        batch_op.add_column(
            sa.Column("open_review", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("version") as batch_op:
        batch_op.add_column(
            sa.Column("origin", sa.String(20), nullable=False, server_default="written")
        )
        batch_op.add_column(
            sa.Column("base_number", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.create_check_constraint(
            op.f("ck_version_origin"),
            "origin IN ('written', 'file', 'restored', 'small changes', 'suggestions taken')",
        )
    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_reason_given"), type_="check")
        batch_op.drop_constraint(op.f("ck_answer_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_answer_kind"), ANSWERS)
        batch_op.create_check_constraint(
            op.f("ck_answer_reason_given"), "kind IN ('taken', 'thanks') OR words <> ''"
        )
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint(op.f("ck_event_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_event_kind"), KINDS)


def downgrade() -> None:
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_version_origin"), type_="check")
        batch_op.drop_column("base_number")
        batch_op.drop_column("origin")

    with op.batch_alter_table("request_type", schema=None) as batch_op:
        batch_op.drop_column("open_review")

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("released_at")

    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("released_at")
        batch_op.drop_column("replacement")

    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_version_id"))

    op.drop_table("placement")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verdict_remark_id"))

    op.drop_table("verdict")
    op.drop_table("taken_suggestion")
    op.drop_table("helped")
    op.drop_table("anchor")
    op.drop_table("version_file")
    op.drop_table("changes_answer")
    op.drop_table("need")
    op.drop_table("look")
    op.drop_table("nudge_count")
