"""The action server: `python -m actions.server`, on loopback, for the bot only.

`POST /webhook` is Rasa's own contract (a call with a tracker; events and responses back). `GET /health` says that the
server answers. The SDK's own Sanic server would need twice the memory and a second web framework.
"""

from __future__ import annotations

import hmac
import logging
import os

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action, ActionExecutionRejection, ActionNotFoundException

KEY_HEADER = "X-Frontdoor-Key"
LARGEST_CALL = 4 * 1024 * 1024
EXECUTOR = web.AppKey("executor", ActionExecutor)
KEY = web.AppKey("key", str)

logger = logging.getLogger(__name__)


def make_app(*actions: Action, key: str) -> web.Application:
    """An application that runs these actions for whoever knows the key."""
    app = web.Application(client_max_size=LARGEST_CALL)
    app[EXECUTOR] = ActionExecutor()
    app[KEY] = key
    for action in actions:
        app[EXECUTOR].register_action(action)
    app.add_routes([web.post("/webhook", webhook), web.get("/health", health)])
    return app


def knows(request: web.Request) -> bool:
    return hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), request.app[KEY].encode())


async def health(request: web.Request) -> web.Response:
    """Anybody may ask; somebody who comes with another key took these actions for their own."""
    if KEY_HEADER in request.headers and not knows(request):
        return web.json_response({"error": "These are another front door's actions."}, status=403)
    return web.json_response({"status": "ok"})


async def webhook(request: web.Request) -> web.Response:
    """Run one action. Anything that an action raises is a 500: the bot then says only what needs no action."""
    if not knows(request):
        return web.json_response({"error": "Only the bot may call the actions."}, status=403)
    call = await request.json()
    call["domain"] = call.get("domain") or {}  # the SDK refuses a call without one; no action of ours reads it
    try:
        result = await request.app[EXECUTOR].run(call)
    except ActionExecutionRejection as rejection:
        return web.json_response({"error": rejection.message, "action_name": rejection.action_name}, status=400)
    except ActionNotFoundException as missing:
        return web.json_response({"error": missing.message, "action_name": missing.action_name}, status=404)
    return web.json_response(result.model_dump() if result else None)


def main() -> None:
    """Serve on 127.0.0.1:FRONTDOOR_ACTIONS_PORT with the whole domain wired in."""
    from actions.wiring import action_turn

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    key = os.environ.get("FRONTDOOR_BOT_KEY", "")
    if not key:
        raise SystemExit("FRONTDOOR_BOT_KEY is not set: only the bot may call the actions.")
    port = int(os.environ.get("FRONTDOOR_ACTIONS_PORT", "5055"))
    web.run_app(make_app(action_turn(), key=key), host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()
