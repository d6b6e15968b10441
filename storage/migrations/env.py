"""Runs the migrations on the connection that `storage.upgrade` hands over."""

from alembic import context

from storage.tables import METADATA

connection = context.config.attributes["connection"]
is_embedded = connection.dialect.name == "sqlite"

if is_embedded:
    # A rebuilt table is dropped and recreated: with foreign keys on, that silently deleted every vote (measured).
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")

context.configure(
    connection=connection, target_metadata=METADATA, render_as_batch=True, transactional_ddl=True, compare_type=True
)
connection.exec_driver_sql("BEGIN IMMEDIATE" if is_embedded else "BEGIN")
try:
    with context.begin_transaction():
        context.run_migrations()
    if is_embedded and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone() is not None:
        raise RuntimeError("a migration left rows that point to nothing: it was undone")
except BaseException:
    connection.exec_driver_sql("ROLLBACK")
    raise
connection.exec_driver_sql("COMMIT")

if is_embedded:
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
