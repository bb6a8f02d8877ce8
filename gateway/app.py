"""The one composition root: settings in, a running gateway out. `python -m gateway.app` starts it."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence

import aiohttp
from aiohttp import web
from aiohttp_remotes import XForwardedStrict

from gateway import health
from gateway.api.directory import routes as directory_routes
from gateway.api.routes import routes as api_routes
from gateway.channels.bot_client import Bot
from gateway.channels.webchat.about import problem_page
from gateway.channels.webchat.setup import setup as setup_webchat
from gateway.keys import SERVICES
from gateway.security import headers
from gateway.security.guard import guard
from gateway.settings import Settings
from gateway.wiring import bot_client, build_services
from records.bootstrap import migrate

RETRY_EVERY_S = 5.0
SHUTDOWN_S = 5.0
ROOMS = ("gateway.channels.teams", "gateway.console")  # each offers setup(app, services)

log = logging.getLogger(__name__)
MakeBot = Callable[[Settings, aiohttp.ClientSession], Bot]


async def build_app(
    settings: Settings, make_bot: MakeBot = bot_client, rooms: Sequence[str] = ROOMS
) -> web.Application:
    """Everything put together; nothing listens yet. The database must be migrated."""
    http = aiohttp.ClientSession()
    services = build_services(settings, make_bot(settings, http))
    app = web.Application(client_max_size=settings.body_limit, middlewares=[guard(problem_page)])
    app[SERVICES] = services
    headers.install(app, https=settings.is_https)
    app.add_routes(health.routes)
    app.add_routes(api_routes)
    app.add_routes(directory_routes)
    setup_webchat(app, services)
    for room in rooms:
        importlib.import_module(room).setup(app, services)
    if settings.trusted_proxies:
        one_hop = [list(settings.trusted_proxies)]
        believe = XForwardedStrict(one_hop, white_paths=("/health", "/ready"))
        app.middlewares.insert(0, believe.middleware)  # before anything looks at the address
    app.cleanup_ctx.append(_keep_trying)
    app.on_shutdown.append(_close_streams)
    app.on_cleanup.append(lambda _app: http.close())
    return app


async def _keep_trying(app: web.Application) -> AsyncIterator[None]:
    services = app[SERVICES]
    keeper = asyncio.create_task(services.delivery.keep_trying(services.left_behind, RETRY_EVERY_S))
    yield
    keeper.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeper


async def _close_streams(app: web.Application) -> None:
    app[SERVICES].bell.close()


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(settings.database)
    web.run_app(
        build_app(settings),
        host=settings.host,
        port=settings.port,
        handler_cancellation=True,  # a closed page must not leave its stream behind
        shutdown_timeout=SHUTDOWN_S,
        access_log=None,  # addresses of conversations are nobody's business
        print=lambda text: log.info("%s", text.strip().splitlines()[0]),
    )


if __name__ == "__main__":
    main()
