"""Every table of Palabre, declared once; importing this registers them all in METADATA."""

from storage.tables import contributions, people, trays, workshops
from storage.tables.row import METADATA

__all__ = ["METADATA", "contributions", "people", "trays", "workshops"]
