"""What storage says when it cannot: one sentence at the opening, one exception for a commit that failed."""


class Unusable(Exception):
    """This database cannot be opened as asked. `str()` is one plain French sentence to show, with the remedy."""


class StoreUnavailable(Exception):
    """The commit failed: disk full, lock held too long, connection lost. Nothing of the unit stays; try again later."""
