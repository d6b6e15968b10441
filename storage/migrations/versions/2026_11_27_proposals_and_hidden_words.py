"""What a grouping proposes, ideas shown as one, words that no screen shows."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_proposals"
down_revision = "2026_11_22_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_findings_activity_id")),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_findings")),
    )
    op.add_column("idea", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.add_column("workshop", sa.Column("hidden_words", sa.Text(), nullable=True))


def downgrade() -> None:
    # The code below knows no such correction, and the column that it would take back is gone.
    op.execute("DELETE FROM correction WHERE kind = 'same'")
    with op.batch_alter_table("workshop") as batch_op:
        batch_op.drop_column("hidden_words")
    with op.batch_alter_table("idea") as batch_op:
        batch_op.drop_column("merged_into")
    op.drop_table("findings")
