"""The sentences of Palabre, in every language it speaks; French is the source."""

from i18n.catalog import Catalog, Voice, load_catalog

__all__ = ["Catalog", "Voice", "load_catalog"]
