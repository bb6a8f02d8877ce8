"""The officers' console at /console: the queue, one request, deciding, and everything after."""

from __future__ import annotations

from aiohttp import web

from gateway.services import Services


def setup(app: web.Application, services: Services) -> None:
    """Add the console to the application."""
    # late: letters and exports use the console's words without bringing all of its pages along
    from gateway.console.mount import setup as mount

    mount(app, services)
