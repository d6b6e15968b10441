"""The join QR, as a picture that stays sharp on any wall."""

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=256)
def qr_svg(link: str) -> bytes:
    """A QR code of this link: dark on white whatever the page's colours, with the quiet zone phones need."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#14202b", light="#ffffff", xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue()
