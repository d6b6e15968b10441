"""One compression serves every viewer, whenever each of them came."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.packing import HEAD, packed, takes_packed

EVENTS = st.lists(st.binary(max_size=300) | st.binary(max_size=8).map(lambda piece: piece * 500), max_size=8)


@given(EVENTS, st.integers(0, 8))
def test_who_joins_at_any_piece_reads_every_event_at_once_from_there(events: list[bytes], joined: int) -> None:
    pieces = [packed(event) for event in events]
    reader = zlib.decompressobj(wbits=31)
    assert reader.decompress(HEAD) == b""
    for event, piece in list(zip(events, pieces, strict=True))[joined:]:
        assert reader.decompress(piece) == event, "nothing is held back until the next one"


def test_a_state_of_many_post_its_is_much_smaller() -> None:
    event = b"".join(b'{"id":%d,"text":"Plus de bus le soir"},' % number for number in range(1000))
    assert len(packed(event)) < len(event) / 5


@pytest.mark.parametrize(
    ("accepted", "does"),
    [
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("br, gzip;q=0", False),
        ("gzipped", False),
    ],
)
def test_only_who_reads_gzip_is_sent_it(accepted: str, does: bool) -> None:
    assert takes_packed(accepted) is does
