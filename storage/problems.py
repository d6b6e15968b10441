"""What storage says when it cannot: one sentence at the opening, one exception for work that failed later."""

import sqlite3

import psycopg

DRIVER_PROBLEMS = (sqlite3.Error, psycopg.Error)
"""Everything the two drivers raise."""


class Unusable(Exception):
    """This database cannot be opened as asked. `str()` is one plain French sentence to show, with the remedy."""


class StoreUnavailable(Exception):
    """The world's fault: disk full, lock held too long, connection lost. Nothing of the unit stays; try again later.

    One case cannot be told from the others: a connection to PostgreSQL lost during the commit itself, which may have
    been made. The keys of the tables (one answer per member, one idea per message) make trying again harmless.
    """
