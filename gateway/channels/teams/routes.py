"""The endpoint that Microsoft posts to. What is not ours, not whole or not allowed is refused before anything is read."""

from __future__ import annotations

import json
import logging
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_decorator
from microsoft_agents.hosting.core import TurnContext

from gateway.channels.teams.access import auth_configuration, connections, ends, host_validator
from gateway.channels.teams.agent import FrontDoorAgent
from gateway.channels.teams.inbound import MalformedActivity, check_envelope
from gateway.channels.teams.settings import TeamsSettings
from gateway.channels.teams.words import TeamsWords

PATH = "/api/messages"
log = logging.getLogger(__name__)


def add_routes(app: web.Application, agent: FrontDoorAgent, settings: TeamsSettings) -> None:
    configuration = auth_configuration(settings)
    app["agent_configuration"] = configuration  # the name under which the SDK's decorator looks it up
    adapter = CloudAdapter(
        connection_manager=connections(settings, configuration), host_validator=host_validator(settings)
    )
    adapter.on_turn_error = _told_without_detail(agent.words)
    quiet_the_sdk()
    guarded: Handler = jwt_authorization_decorator(_endpoint(adapter, agent, settings))  # type: ignore[no-untyped-call]  # the SDK's decorator has no types
    app.router.add_post(PATH, guarded)


def _endpoint(adapter: CloudAdapter, agent: FrontDoorAgent, settings: TeamsSettings) -> Handler:
    async def messages(request: web.Request) -> web.StreamResponse:
        identity = request["claims_identity"]
        if not settings.anonymous and not ends(identity):
            return _refusal(401, "The token has no end.")
        try:
            body = json.loads(await request.read())
            check_envelope(body)
        except (ValueError, RecursionError, MalformedActivity):
            return _refusal(400, "That is not an activity this service can read.")
        if not settings.admits(body["conversation"].get("tenantId")):
            log.warning("teams: an activity from a tenant that is not on the list was refused")
            return _refusal(403, agent.words.not_your_tenant)
        answer = await adapter.process(request, agent)
        return answer or web.Response(status=202)

    return messages


def _refusal(status: int, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)


def _told_without_detail(words: TeamsWords) -> Any:
    async def on_turn_error(context: TurnContext, error: Exception) -> None:
        # the kind of error only: its text may hold what somebody wrote
        log.error("teams: a turn failed (%s)", type(error).__name__)
        await context.send_activity(words.trouble)

    return on_turn_error


def quiet_the_sdk() -> None:
    """The SDK logs whole activities at debug and input values at error: nothing of that reaches our log."""
    logging.getLogger("microsoft_agents").setLevel(logging.WARNING)
    logging.getLogger("microsoft_agents.hosting.core._http_adapter_base").setLevel(logging.CRITICAL)
