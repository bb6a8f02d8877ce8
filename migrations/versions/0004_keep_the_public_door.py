"""Keep the public door

Why: a Teams chat goes on after a restart; somebody who must stop can come back with a code, once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams_threads",
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("chat", sa.String(length=400), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_teams_threads_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "chat", name=op.f("pk_teams_threads")),
    )
    op.create_index(op.f("ix_teams_threads_conversation_id"), "teams_threads", ["conversation_id"])
    op.create_table(
        "return_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_return_codes_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_return_codes")),
    )
    op.create_index(op.f("ix_return_codes_conversation_id"), "return_codes", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("return_codes")
    op.drop_table("teams_threads")
