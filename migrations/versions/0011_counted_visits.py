"""Visits keep the version of the calendar that counted them; changed days are marked."""

from datetime import UTC, datetime, time, timedelta
from json import loads
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0011_counted_visits"
down_revision = "0009_archive"

VERSIONS = """UPDATE stage_visit SET calendar_version = (
    SELECT calendar.version FROM team JOIN calendar ON calendar.id = team.calendar_id
    WHERE team.id = stage_visit.team_id) WHERE left_at IS NOT NULL"""
OPEN_VISIT = sa.text("left_at IS NULL")
OPEN_REQUEST = sa.text("done_at IS NULL AND ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "changed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_changed_day_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_day")),
    )
    op.create_index("ix_changed_day_team_day", "changed_day", ["team_id", "day", "stage"])
    with op.batch_alter_table("stage_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar_version", sa.Integer(), nullable=True))
    op.execute(VERSIONS)
    with op.batch_alter_table("stage_visit", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_stage_visit_left_has_its_calendar"),
            "(left_at IS NULL) = (calendar_version IS NULL)",
        )
        batch_op.create_index(
            "ix_stage_visit_team_entered", ["team_id", "entered_at", "stage", "round"]
        )
        batch_op.create_index(
            "ix_stage_visit_open",
            ["team_id", "stage"],
            sqlite_where=OPEN_VISIT,
            postgresql_where=OPEN_VISIT,
        )
    op.create_index(
        "ix_request_team_open",
        "request",
        [
            *("team_id", "done_at", "ended_at", "raised_at", "id", "state"),
            *("due_at", "respond_by", "first_response_at", "reopenings"),
        ],
        sqlite_where=OPEN_REQUEST,
        postgresql_where=OPEN_REQUEST,
    )
    op.create_index("ix_answer_at", "answer", ["at"])
    op.create_index("ix_helped_at", "helped", ["at"])
    _mark_everything()


def downgrade() -> None:
    op.drop_index("ix_helped_at", table_name="helped")
    op.drop_index("ix_answer_at", table_name="answer")
    op.drop_index("ix_request_team_open", table_name="request")
    with op.batch_alter_table("stage_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_visit_open")
        batch_op.drop_index("ix_stage_visit_team_entered")
        batch_op.drop_constraint(op.f("ck_stage_visit_left_has_its_calendar"), type_="check")
        batch_op.drop_column("calendar_version")
    op.drop_index("ix_changed_day_team_day", table_name="changed_day")
    op.drop_table("changed_day")


def _mark_everything() -> None:
    """Mark every day on which anything has happened so far: no page of it is written yet."""
    connection = op.get_bind()
    plans = connection.execute(
        sa.text(
            "SELECT team.id, calendar.plan FROM team JOIN calendar ON calendar.id = calendar_id"
        )
    )
    zones = {team: ZoneInfo(_document(plan)["tz"]) for team, plan in plans}
    marked = sa.table(
        "changed_day",
        *(sa.column("team_id"), sa.column("stage"), sa.column("day", sa.Date())),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("begins_at", "ends_at")),
    )
    sqlite = connection.dialect.name == "sqlite"
    rows = [
        {
            "team_id": team,
            "stage": stage,
            "day": day,
            "begins_at": _midnight(day, zones[team], naive=sqlite),
            "ends_at": _midnight(day + timedelta(days=1), zones[team], naive=sqlite),
        }
        for team, stage, day in sorted(_days(connection, zones))
    ]
    if rows:
        op.bulk_insert(marked, rows)


def _days(connection, zones):
    days = set()
    for table, stage, column in (
        ("stage_visit", "stage", "entered_at"),
        ("stage_visit", "stage", "left_at"),
        ("request", "''", "raised_at"),
        ("request", "''", "done_at"),
    ):
        at = sa.literal_column(column, sa.DateTime(timezone=True)).label("at")
        query = sa.select(sa.literal_column("team_id"), sa.literal_column(stage), at)
        rows = connection.execute(
            query.select_from(sa.table(table)).where(sa.text(f"{column} IS NOT NULL"))
        )
        for team, name, instant in rows:
            aware = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
            days.add((team, name, aware.astimezone(zones[team]).date()))
    return days


def _document(plan):
    return loads(plan) if isinstance(plan, str) else plan


def _midnight(day, zone, *, naive):
    at = datetime.combine(day, time(), zone).astimezone(UTC)
    return at.replace(tzinfo=None) if naive else at
