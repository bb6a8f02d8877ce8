"""Put the room together: one engine, one factory of units of work, the schema brought up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from records.engine import make_engine
from records.unit_of_work import SqlUnitOfWork

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class Units:
    """A factory of transactions on one shared engine. Opens nothing until the first one is entered."""

    def __init__(self, database_url: str) -> None:
        self._engine = make_engine(database_url)

    def __call__(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._engine)

    def reading(self) -> SqlUnitOfWork:
        """Only for looking: it neither waits for a writer nor holds one up. Nothing is written in it."""
        return SqlUnitOfWork(self._engine, reading=True)


def unit_of_work_factory(database_url: str) -> Units:
    return Units(database_url)


def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the schema to `revision` (Alembic). Safe to run again."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    command.upgrade(config, revision)
