"""The errors a Bot API server answers with: code, official description, and the parameters that go with them."""

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`; the description is Telegram's own wording."""

    def __init__(self, code: int, description: str, *, retry_after: int = 0, migrate_to_chat_id: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def payload(self) -> dict[str, Any]:
        """The JSON object a client receives."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to_chat_id:
            answer["parameters"] = {"migrate_to_chat_id": self.migrate_to_chat_id}
        return answer


class ConnectionCut(Exception):
    """The connection was cut on purpose; `after_effect` tells whether the request had already been obeyed."""

    def __init__(self, *, after_effect: bool) -> None:
        super().__init__("connection cut after the effect" if after_effect else "connection cut before the effect")
        self.after_effect = after_effect


class ActionRefused(Exception):
    """What a person tried is something Telegram's own application would not let them do."""


def bad_request(sentence: str) -> ApiError:
    """A 400; the first letter goes to lower case as the official server does, codes in CAPITALS stay."""
    return ApiError(400, "Bad Request: " + _lowered(sentence))


def forbidden(sentence: str) -> ApiError:
    return ApiError(403, "Forbidden: " + _lowered(sentence))


def conflict(sentence: str) -> ApiError:
    return ApiError(409, "Conflict: " + sentence)


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(chat_id: int) -> ApiError:
    return ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat_id)


def _lowered(sentence: str) -> str:
    is_code = len(sentence) > 1 and (sentence[1] == "_" or "A" <= sentence[1] <= "Z")
    return sentence if is_code else sentence[:1].lower() + sentence[1:]
