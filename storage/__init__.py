"""Where everything is kept: SQLModel tables, one writer that shares commits, on SQLite or PostgreSQL."""

from storage.backup import back_up
from storage.opening import open_store
from storage.problems import StoreUnavailable, Unusable
from storage.restoring import restore
from storage.store import SqlStore
from storage.upgrade import upgrade_schema

__all__ = ["SqlStore", "StoreUnavailable", "Unusable", "back_up", "open_store", "restore", "upgrade_schema"]
