"""A room over real storage, in memory."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from participation.model.policy import Policy
from storage import SqlStore, open_store
from tests.unit.bot.room import Room

# A busy machine must not make a true claim false: no stopwatch.
settings.register_profile("palabre", deadline=None, max_examples=60)
settings.load_profile("palabre")


@pytest.fixture
def store() -> Iterator[SqlStore]:
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def room(store: SqlStore) -> Room:
    return Room(store)


@pytest.fixture
def make_room(store: SqlStore) -> Callable[[Policy], Room]:
    return lambda policy: Room(store, policy)
