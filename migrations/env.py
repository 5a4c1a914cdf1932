"""Runs migrations on the connection that kac opened; the whole upgrade is one transaction."""

from __future__ import annotations

from alembic import context

from kac.schema import whole_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_metadata(),
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=False,
)
context.run_migrations()
