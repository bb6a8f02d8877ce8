"""One engine for SQLite (the default, one machine) or PostgreSQL (one setting)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_TIMEOUT_MS = 10_000


def make_engine(url: str) -> Engine:
    """`sqlite:////path/frontdoor.db` or `postgresql+psycopg://…`."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)


def for_reading(connection: Connection) -> Connection:
    """One moment of the records, whatever is written meanwhile: no writer waits for it, it waits for none."""
    snapshot = {"isolation_level": "REPEATABLE READ"} if connection.dialect.name == "postgresql" else {}
    return connection.execution_options(reading=True, **snapshot)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # the driver must not begin transactions by itself: we begin them, as writers, in `_begin`
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # a message is durable before it is answered
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Any) -> None:
    """A transaction that may write takes its turn at once; one that only reads holds up nobody and waits for nobody."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
