"""Keep optional equality answers

Why: a council must see whether some groups wait longer. The answers stand apart from the requests, and go with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "equality_answers",
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_equality_answers_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "question", name=op.f("pk_equality_answers")),
    )


def downgrade() -> None:
    op.drop_table("equality_answers")
