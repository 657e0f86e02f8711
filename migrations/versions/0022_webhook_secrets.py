"""A webhook's older secret, good for a while beside the new one."""

import sqlalchemy as sa
from alembic import op

revision = "0022_webhook_secrets"
down_revision = "0021_log_imports"


def upgrade() -> None:
    op.add_column("webhook", sa.Column("old_secret", sa.String(length=80), nullable=True))
    op.add_column("webhook", sa.Column("old_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("webhook", sa.Column("renewal_key", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("webhook") as batch:
        batch.drop_column("renewal_key")
        batch.drop_column("old_until")
        batch.drop_column("old_secret")
