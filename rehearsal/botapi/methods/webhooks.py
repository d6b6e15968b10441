"""Setting, removing and describing the bot's webhook."""

import re
from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.errors import bad_request, too_many_requests
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.webhook import Webhook

_SECONDS_BETWEEN: Final = 1.0
"""A webhook may be set once a second."""


async def set_webhook(call: Call) -> bool:
    """http and any port are accepted, as by the official server in its local mode; nothing is called yet."""
    parameters = call.parameters
    url = parameters.text("url")
    if not url:
        return await delete_webhook(call)
    if not re.fullmatch(r"(?i)https?://[^\s/?#]+\S*", url):
        raise bad_request("invalid webhook URL specified")
    secret = parameters.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if call.api.clock.now() < call.bot.next_webhook_at:
        raise too_many_requests(1)
    call.bot.next_webhook_at = call.api.clock.now() + _SECONDS_BETWEEN
    connections = parameters.bounded("max_connections", 40, 1, 100)
    call.bot.queue.allow(parameters.json("allowed_updates", "allowed_updates"))
    if _is_set_already(call, url, secret, connections):
        return True
    await _remove(call)
    call.bot.webhook = Webhook(call.api, call.bot, url, secret, connections)
    call.bot.webhook.start()
    call.bot.end_poll("setWebhook request")
    return True


def _is_set_already(call: Call, url: str, secret: str, connections: int) -> bool:
    """The same webhook again changes nothing: what is being delivered goes on, as at Telegram."""
    webhook = call.bot.webhook
    if webhook is None or call.parameters.boolean("drop_pending_updates"):
        return False
    return (webhook.url, webhook.secret, webhook.max_connections) == (url, secret, connections)


async def delete_webhook(call: Call) -> bool:
    await _remove(call)
    return True


async def _remove(call: Call) -> None:
    if call.parameters.boolean("drop_pending_updates"):
        call.bot.queue.clear()
    webhook, call.bot.webhook = call.bot.webhook, None
    if webhook is not None:
        await webhook.stop()


def get_webhook_info(call: Call) -> dict[str, Any]:
    info: dict[str, Any] = {
        "url": "", "has_custom_certificate": False, "pending_update_count": len(call.bot.queue)
    }  # fmt: skip
    allowed = call.bot.queue.allowed_list()
    if call.bot.webhook is not None:
        info |= call.bot.webhook.info()
    return info | ({"allowed_updates": allowed} if allowed else {})


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
