"""Alembic's entry: run the migrations on the engine that the service itself uses."""

from alembic import context

from records import desk_tables, door_tables  # noqa: F401  (registers their tables)
from records.engine import make_engine
from records.tables import metadata

url = context.config.get_main_option("sqlalchemy.url")
assert url is not None, "records.bootstrap.migrate sets the address of the database"

with make_engine(url).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
