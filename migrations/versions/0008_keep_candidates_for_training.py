"""Keep candidates for training

Why: an officer marks what the computer read wrongly; a second person reads the masked words before they are used.
While nobody has read them they go with their request; afterwards nothing leads back to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "training_candidates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("authority", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("speaker", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("heard", sa.String(length=30), nullable=False),
        sa.Column("heard_categories", sa.JSON(), nullable=False),
        sa.Column("fact", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.String(length=80), nullable=True),
        sa.Column("marked_at", MOMENT, nullable=True),
        sa.Column("label", sa.String(length=30), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=True),
        sa.Column("reviewed_by", sa.String(length=80), nullable=True),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_training_candidates_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_candidates")),
    )
    op.create_index(op.f("ix_training_candidates_request_id"), "training_candidates", ["request_id"])
    op.create_index(op.f("ix_training_candidates_state"), "training_candidates", ["state"])


def downgrade() -> None:
    op.drop_table("training_candidates")
