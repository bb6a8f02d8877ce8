"""Read the queue from an index

Why: a page of the queue reads fifty rows and not all that wait; what has no clock yet is found at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NO_CLOCK = sa.text("due_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_requests_queue", "requests", ["state", "urgency", "due_at", "sent_at", "created_at", "id"])
    op.create_index(
        "ix_requests_without_clock", "requests", ["state"], sqlite_where=NO_CLOCK, postgresql_where=NO_CLOCK
    )
    op.drop_index("ix_requests_state_urgency_due_at", table_name="requests")


def downgrade() -> None:
    op.create_index("ix_requests_state_urgency_due_at", "requests", ["state", "urgency", "due_at"])
    op.drop_index("ix_requests_without_clock", table_name="requests")
    op.drop_index("ix_requests_queue", table_name="requests")
