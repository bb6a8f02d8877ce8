"""Microsoft Teams for school staff and other professionals: the same use cases, drawn as Adaptive Cards.

Off until FRONTDOOR_TEAMS_APP_ID is set (docs/how-to/connect-teams.md).
"""

from __future__ import annotations

import logging

from aiohttp import web

from gateway.channels.returning import Returning
from gateway.channels.teams.agent import FrontDoorAgent
from gateway.channels.teams.routes import add_routes
from gateway.channels.teams.settings import TeamsSettings
from gateway.channels.teams.stored_threads import StoredThreads
from gateway.channels.teams.words import TeamsWords
from gateway.services import Services

log = logging.getLogger(__name__)


def setup(app: web.Application, services: Services) -> None:
    """Add the Teams endpoint, if the settings switch it on."""
    settings = TeamsSettings(host=services.settings.host)
    if not settings.is_on:
        return
    agent = FrontDoorAgent(
        services.conversing,
        StoredThreads(services.units),
        Returning(services.units, services.clock),
        settings,
        TeamsWords(),
        _address(services),
        services.rates,
    )
    add_routes(app, agent, settings)
    log.info("teams: open for %d tenants%s", len(settings.tenants), " (anonymous)" if settings.anonymous else "")


def _address(services: Services) -> str:
    known = services.settings
    return known.public_url.rstrip("/") or f"http://{known.host}:{known.port}"
