"""Alembic's entry: runs on the connection that shared.storage.migrate hands over, one transaction a migration."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="leadmill",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
