"""The headers of every answer: what a browser may load, where it may be framed, what it may remember."""

from aiohttp import web

from web.entrances import is_mounted
from web.site import SITE

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add what the answer does not say itself; an application mounted inside ours has its own."""
    if is_mounted(request):
        return
    wanted = {**ALWAYS, **HTTPS_ONLY} if request.config_dict[SITE].is_https else ALWAYS
    for name, value in wanted.items():
        response.headers.setdefault(name, value)
    response.headers.popall("Server", None)
