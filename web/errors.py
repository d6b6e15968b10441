"""What goes wrong on the web, said in one place: a polite refusal, « later », or an apology with a number to quote."""

import logging

from aiohttp import web
from aiohttp.typedefs import Middleware

from participation.errors import NotAllowed, NotFound, Refusal, SpentCode, WrongMoment
from participation.model.access import new_secret
from web.entrances import Handler, is_mounted
from web.gate import SignInNeeded, voice
from web.live import TooManyViewers
from web.sessions import Forged
from web.showing import data, page, wants_data
from web.streaming import BEGUN

log = logging.getLogger(__name__)

STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (SignInNeeded, 401),
    (NotFound, 404),
    (NotAllowed, 403),
    (WrongMoment, 409),
    (SpentCode, 410),
    (Refusal, 422),
)
SAID = {404: "web-error-not-found", 405: "web-error-method", 413: "web-error-too-big", 503: "web-error-later"}


def errors(unavailable: tuple[type[Exception], ...] = ()) -> Middleware:
    """The middleware around everything else. `unavailable` is what the store raises when it cannot read or commit."""

    @web.middleware
    async def stand(request: web.Request, handler: Handler) -> web.StreamResponse:
        if is_mounted(request):
            return await handler(request)
        try:
            return await handler(request)
        except Refusal as refusal:
            return _refused(request, refusal)
        except web.HTTPException as known:
            if known.status < 400:
                raise
            return _say(request, known.status, voice(request)(SAID.get(known.status, "web-error-request")))
        except Forged:
            return _say(request, 403, voice(request)("web-error-form"))
        except TimeoutError:
            return _say(request, 408, voice(request)("web-error-slow"))
        except TooManyViewers:
            return _later(request)
        except unavailable as trouble:
            log.error("the store does not answer: %s", trouble)
            return _later(request)
        except Exception:
            incident = new_secret(4)
            log.exception("incident %s: %s %s", incident, request.method, request.match_info.route.resource)
            return _say(request, 500, voice(request)("web-error-incident", incident=incident))

    return stand


def _refused(request: web.Request, refusal: Refusal) -> web.StreamResponse:
    status = next(status for kind, status in STATUSES if isinstance(refusal, kind))
    return _say(request, status, voice(request).refusal(refusal))


def _later(request: web.Request) -> web.StreamResponse:
    answer = _say(request, 503, voice(request)("web-error-later"))
    if not answer.prepared:
        answer.headers["Retry-After"] = "5"
    return answer


def _say(request: web.Request, status: int, sentence: str) -> web.StreamResponse:
    if BEGUN in request:
        return request[BEGUN]
    if wants_data(request):
        return data({"sentence": sentence}, status)
    return page(request, "error.html", status, sentence=sentence, is_signed_out=status == 401)
