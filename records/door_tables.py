"""The tables of the public door: which Teams chat is about which conversation, and codes to come back with."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from records.tables import UtcDateTime, metadata


def _of_conversation() -> Column[str]:
    return Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True)


teams_threads = Table(
    "teams_threads",
    metadata,
    Column("tenant", String(100), primary_key=True),
    Column("chat", String(400), primary_key=True),
    Column("user", String(200), nullable=False),
    _of_conversation(),
    Column("token", String(64), nullable=False),
)

return_codes = Table(
    "return_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    _of_conversation(),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
