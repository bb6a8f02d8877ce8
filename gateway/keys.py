"""Typed keys of what the application holds."""

from __future__ import annotations

import asyncio

from aiohttp import web

from gateway.services import Services

SERVICES = web.AppKey("services", Services)
KEEPER: web.AppKey[asyncio.Task[None]] = web.AppKey("keeper", asyncio.Task)
